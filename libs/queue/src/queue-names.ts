/** Ticks of the job schedulers; consumed by scheduler instances. */
export const TICKS_QUEUE = 'ticks';

/** Job scheduler on the queue of ticks that lasts as long as the queue's memory; it stands for no job. */
export const MEMORY_MARK = 'takt-memory-mark';

/**
 * Payload of a tick. Ids only: whatever it says, the planner looks for itself. It has to stay below 64 bytes as JSON: beyond that
 * Redis keeps each job scheduler as a table instead of a list, which costs some 400 bytes more.
 */
export interface TickPayload {
  readonly jobId: string;
}

/** Payload of an attempt. Ids only: the ledger has the rest. */
export interface AttemptPayload {
  readonly executionId: string;
  readonly attempt: number;
}
