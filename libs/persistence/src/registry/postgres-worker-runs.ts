import type { Execution } from '#application/executions/execution.js';
import { WorkerRuns } from '#application/workers/worker-runs.js';
import type { WorkerId } from '#domain/ids.js';
import type { Database, Statement } from '../database.js';
import { EXECUTION_JOINS, SELECTED_EXECUTION, toExecution, type ExecutionRow } from '../executions/execution-row.js';

/** A worker has its concurrency of them at most; nobody looks through more on one page. */
const SHOWN = 200;

const RUNNING: Statement = {
  name: 'worker-running-executions',
  text: `
    select ${SELECTED_EXECUTION} from execution e ${EXECUTION_JOINS}
     where e.worker_id = $1 and e.status in ('dispatched', 'running')
     order by e.attempt_started_at nulls last, e.id limit ${String(SHOWN)}`,
};

export class PostgresWorkerRuns extends WorkerRuns {
  constructor(private readonly database: Database) {
    super();
  }

  async runningOf(id: WorkerId): Promise<Execution[]> {
    return (await this.database.query<ExecutionRow>(RUNNING, [id])).map(toExecution);
  }
}
