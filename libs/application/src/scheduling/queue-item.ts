import type { ExecutionId } from '#domain/ids.js';

/** What goes through the queue for one attempt: ids only; the ledger has the rest. */
export interface QueueItem {
  readonly executionId: ExecutionId;
  /** The attempt that the item is for, from 1. */
  readonly attempt: number;
  readonly queue: string;
  /** Shown as the queue job's name. */
  readonly taskFunction: string;
  /** 0 first. */
  readonly priority: number;
  /** Wait before it may be taken, milliseconds; 0 = at once. */
  readonly delayMs: number;
}
