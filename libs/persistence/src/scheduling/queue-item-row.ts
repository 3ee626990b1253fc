import type { QueueItem } from '#application/scheduling/queue-item.js';
import type { ExecutionId } from '#domain/ids.js';

/** The columns of `execution` that make a queue item for its next attempt. */
export interface QueueItemRow {
  id: string;
  /** Attempts so far. */
  attempt: number;
  queue: string;
  task_function: string;
  priority: number;
  /** Milliseconds until it may run, if it must wait. */
  delay_ms?: number | null;
}

export function toQueueItem(row: QueueItemRow): QueueItem {
  return {
    executionId: row.id as ExecutionId,
    attempt: row.attempt + 1,
    queue: row.queue,
    taskFunction: row.task_function,
    priority: row.priority,
    delayMs: Math.max(0, Math.ceil(row.delay_ms ?? 0)),
  };
}
