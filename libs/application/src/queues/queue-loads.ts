/** What the platform's own records say of a queue. */
export interface QueueLoad {
  readonly name: string;
  /** Names of the task functions whose executions go there. */
  readonly taskFunctions: readonly string[];
  /** Live workers that consume it. */
  readonly workers: number;
  /** Executions that could start now. */
  readonly waiting: number;
  /** Executions that a worker holds. */
  readonly running: number;
  /** Since when the longest waiting one could have started, milliseconds; null while none waits. */
  readonly oldestWaitingMs: number | null;
}

/** Load of the queues by the ledger and the registry of workers. */
export abstract class QueueLoads {
  /** By name: queues of task functions, and all others that workers consume or executions wait in. */
  abstract list(): Promise<QueueLoad[]>;
}
