import type { QueueItem } from './queue-item.js';

/** The executions that wait for their queue job: an outbox within the ledger. */
export abstract class Outbox {
  /** Pending attempts without a queue job, oldest first. Held ones and those younger than `minAgeMs` are left out. */
  abstract unsent(limit: number, minAgeMs: number): Promise<QueueItem[]>;
  /** Notes that these attempts have their queue job. */
  abstract markSent(items: readonly QueueItem[]): Promise<void>;
  /** Attempts that have a queue job for longer than `olderThanMs` and could run but nobody claimed, oldest first. */
  abstract unclaimed(limit: number, olderThanMs: number): Promise<QueueItem[]>;
  /** Forgets that any pending attempt has a queue job. @returns how many */
  abstract forgetSent(): Promise<number>;
}
