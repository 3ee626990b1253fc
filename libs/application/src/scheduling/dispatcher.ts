import type { QueueItem } from './queue-item.js';

/** Hands attempts to the queues. */
export abstract class Dispatcher {
  /**
   * Adds queue jobs, many in one call. Idempotent: the queue job's id is made of execution and attempt, and an id that is
   * already there is left alone.
   *
   * @throws DomainError `QUEUE_UNAVAILABLE` when the queue does not answer in time; the outbox keeps what was not added
   */
  abstract dispatch(items: readonly QueueItem[]): Promise<void>;
  /**
   * Tells which of these attempts, all of which may run now, the queue does not hold (any more): lost, dropped or already
   * completed there. Finished leftovers under the same id are removed so that they can be dispatched again; those that the
   * queue holds back are handed out at once.
   */
  abstract missing(items: readonly QueueItem[]): Promise<QueueItem[]>;
  /**
   * Tells whether the queue still knows what it was told since the last `remember`. False after a flush, a replacement or
   * a change of backend, and on a queue that was never used.
   */
  abstract hasMemory(): Promise<boolean>;
  /** Leaves a mark in the queue that lasts as long as its memory. */
  abstract remember(): Promise<void>;
}
