/** Executions of one queue that could start now. */
export interface QueueBacklog {
  readonly queue: string;
  readonly depth: number;
  /** How long the one that has waited longest could have started, milliseconds. */
  readonly oldestWaitMs: number;
}

/** What waits for a worker. */
export abstract class Backlog {
  /** What could start now, by queue; queues without any are left out. */
  abstract waiting(): Promise<QueueBacklog[]>;

  /** Queues of those that no live worker consumes, by name. */
  abstract unserved(): Promise<string[]>;
}
