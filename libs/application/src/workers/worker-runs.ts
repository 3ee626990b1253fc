import type { WorkerId } from '#domain/ids.js';
import type { Execution } from '../executions/execution.js';

/** What workers are doing now, as the ledger knows it. */
export abstract class WorkerRuns {
  /** Executions that the worker holds, longest running first; at most 200. */
  abstract runningOf(id: WorkerId): Promise<Execution[]>;
}
