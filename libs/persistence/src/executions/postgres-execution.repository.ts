import type { ExecutionStatus } from '#domain/execution/status.js';
import type { ExecutionId, JobId } from '#domain/ids.js';
import type { Attempt, Execution, LogEntry } from '#application/executions/execution.js';
import { ExecutionRepository, type ExecutionFilter } from '#application/executions/execution.repository.js';
import type { PageRequest, Total } from '#application/page.js';
import type { Database, Statement } from '../database.js';
import { announceCancels } from '../notifications.js';
import { countByStatus, countExecutions } from './execution-counter.js';
import {
  EXECUTION_COLUMNS,
  toAttempt,
  toExecution,
  unlistedAttempt,
  type AttemptRow,
  type ExecutionRow,
} from './execution-row.js';

const SELECTED = EXECUTION_COLUMNS.map((column) => `e.${column}`).join(', ');

/** The ids of a page come from an index alone, however far it is; whole rows are read for that page only. */
function pageOf(name: string, condition: string): Statement {
  return {
    name,
    text: `
      select ${SELECTED}
        from (select id, sort_at from execution where ${condition}
               order by sort_at desc, id desc limit $3 offset $4) page
        join execution e on e.id = page.id
       order by page.sort_at desc, page.id desc`,
  };
}

const PAGES = {
  all: pageOf('execution-page', '$1::uuid is null and $2::text is null'),
  ofJob: pageOf('execution-page-job', 'job_id = $1::uuid and $2::text is null'),
  both: pageOf('execution-page-job-status', 'job_id = $1::uuid and status = $2::text'),
};

/** One statement a status: with the constant in its text the partial index of what did not succeed can serve. */
const STATUS_PAGES = new Map<string, Statement>();

const FIND: Statement = { name: 'execution-find', text: `select ${SELECTED} from execution e where e.id = $1` };

const ATTEMPTS: Statement = {
  name: 'execution-attempts',
  text: `
    select attempt, status, worker_id, started_at, finished_at, duration_ms, error, result, exit_code
      from execution_attempt where execution_id = $1 order by attempt`,
};

const LOGS: Statement = {
  name: 'execution-logs',
  text: `
    select seq, attempt, at, stream, message
      from execution_log where execution_id = $1 and seq > $2 order by seq limit $3`,
};

const CANCEL: Statement = {
  name: 'execution-cancel',
  text: `
    update execution set
           status = case when status = 'running' then status else 'cancelled' end,
           error = case when status = 'running' then error else 'cancelled before it started' end,
           finished_at = case when status = 'running' then finished_at else clock_timestamp() end,
           held = false,
           cancel_requested_at = coalesce(cancel_requested_at, clock_timestamp())
     where id = $1 and status in ('pending', 'dispatched', 'running')
    returning status`,
};

export class PostgresExecutionRepository extends ExecutionRepository {
  constructor(private readonly database: Database) {
    super();
  }

  async list(filter: ExecutionFilter, page: PageRequest): Promise<{ items: Execution[]; total: Total }> {
    const [rows, total] = await Promise.all([
      this.database.query<ExecutionRow>(pageFor(filter), [
        filter.jobId ?? null,
        filter.status ?? null,
        page.perPage,
        (page.page - 1) * page.perPage,
      ]),
      countExecutions(this.database, filter),
    ]);
    return { items: rows.map(toExecution), total };
  }

  async latestOfJob(jobId: JobId, limit: number): Promise<Execution[]> {
    const rows = await this.database.query<ExecutionRow>(PAGES.ofJob, [jobId, null, limit, 0]);
    return rows.map(toExecution);
  }

  async countByStatus(taskFunctionIds: readonly number[]): Promise<Record<ExecutionStatus, number>> {
    return countByStatus(this.database, taskFunctionIds);
  }

  async find(id: ExecutionId): Promise<Execution | null> {
    const [row] = await this.database.query<ExecutionRow>(FIND, [id]);
    return row === undefined ? null : toExecution(row);
  }

  async attempts(id: ExecutionId): Promise<Attempt[]> {
    const [[row], listed] = await Promise.all([
      this.database.query<ExecutionRow>(FIND, [id]),
      this.database.query<AttemptRow>(ATTEMPTS, [id]),
    ]);
    const unlisted = row === undefined ? null : unlistedAttempt(row, listed);
    return (unlisted === null ? listed : [...listed, unlisted]).map(toAttempt);
  }

  async logs(id: ExecutionId, afterSeq: number, limit: number): Promise<LogEntry[]> {
    return this.database.query<LogEntry>(LOGS, [id, afterSeq, limit]);
  }

  async requestCancel(id: ExecutionId): Promise<'cancelled' | 'requested' | 'finished' | null> {
    return this.database.transaction(async (tx) => {
      const [row] = await tx.query<{ status: string }>(CANCEL, [id]);
      if (row?.status === 'cancelled') return 'cancelled';
      if (row !== undefined) {
        await announceCancels(tx, [id]);
        return 'requested';
      }
      const [existing] = await tx.query<ExecutionRow>(FIND, [id]);
      return existing === undefined ? null : 'finished';
    });
  }
}

function pageFor(filter: ExecutionFilter): Statement {
  if (filter.jobId !== undefined) return filter.status === undefined ? PAGES.ofJob : PAGES.both;
  if (filter.status === undefined) return PAGES.all;
  return statusPage(filter.status);
}

function statusPage(status: NonNullable<ExecutionFilter['status']>): Statement {
  const known = STATUS_PAGES.get(status);
  if (known !== undefined) return known;
  const statement = pageOf(
    `execution-page-${status}`,
    `$1::uuid is null and status = '${status}' and $2::text is not null`,
  );
  STATUS_PAGES.set(status, statement);
  return statement;
}
