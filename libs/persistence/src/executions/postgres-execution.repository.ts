import type { ExecutionStatus } from '#domain/execution/status.js';
import type { ExecutionId, JobId } from '#domain/ids.js';
import type { Attempt, Execution, LogEntry } from '#application/executions/execution.js';
import { ExecutionRepository, type ExecutionFilter } from '#application/executions/execution.repository.js';
import type { PageRequest, Total } from '#application/page.js';
import type { Database, Statement } from '../database.js';
import { announceCancels } from '../notifications.js';
import { countByStatus, ExecutionCounter } from './execution-counter.js';
import type { Scope } from './execution-filter.js';
import { isFar, PAGES, SELECTED_EXECUTION as SELECTED, sliceOf, type Slice } from './execution-pages.js';
import {
  toAttempt,
  toExecution,
  unlistedAttempt,
  type AttemptRow,
  type ExecutionRow,
} from './execution-row.js';

/** What a deleted job left in the ledger is not there for anybody, until it is gone (ADR 12). */
const HAS_JOB = 'exists (select 1 from scheduled_job j where j.id = e.job_id)';

/** What a list has to leave out: usually nothing. */
const SCOPE: Statement = {
  name: 'execution-scope',
  text: `
    select exists (select 1 from deleted_job) as has_deleted,
           $1::uuid is null or exists (select 1 from scheduled_job where id = $1::uuid) as has_job`,
};

const FIND_BY_NUMBER: Statement = {
  name: 'execution-find-by-number',
  text: `select ${SELECTED} from execution e where e.number = $1 and ${HAS_JOB}`,
};

const FIND: Statement = {
  name: 'execution-find',
  text: `select ${SELECTED} from execution e where e.id = $1 and ${HAS_JOB}`,
};

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
           hold = null,
           cancel_requested_at = coalesce(cancel_requested_at, clock_timestamp())
     where id = $1 and status in ('pending', 'dispatched', 'running')
    returning status`,
};

export class PostgresExecutionRepository extends ExecutionRepository {
  private readonly counter: ExecutionCounter;

  constructor(private readonly database: Database) {
    super();
    this.counter = new ExecutionCounter(database);
  }

  async list(filter: ExecutionFilter, page: PageRequest): Promise<{ items: Execution[]; total: Total }> {
    const scope = await this.scopeOf(filter);
    if (scope === 'nothing') return { items: [], total: { count: 0, isEstimate: false } };
    if (isFar(page)) {
      const total = await this.counter.count(filter, scope);
      return { items: await this.read(filter, scope, sliceOf(page, total)), total };
    }
    const [items, total] = await Promise.all([this.read(filter, scope, sliceOf(page, null)), this.counter.count(filter, scope)]);
    return { items, total };
  }

  async latestOfJob(jobId: JobId, limit: number): Promise<Execution[]> {
    const scope = await this.scopeOf({ jobId });
    return scope === 'nothing' ? [] : this.read({ jobId }, scope, { from: 'newest', limit, offset: 0 });
  }

  async countByStatus(taskFunctionIds: readonly number[]): Promise<Record<ExecutionStatus, number>> {
    return countByStatus(this.database, taskFunctionIds);
  }

  async find(id: ExecutionId): Promise<Execution | null> {
    const [row] = await this.database.query<ExecutionRow>(FIND, [id]);
    return row === undefined ? null : toExecution(row);
  }

  async findByNumber(number: number): Promise<Execution | null> {
    const [row] = await this.database.query<ExecutionRow>(FIND_BY_NUMBER, [number]);
    return row === undefined ? null : toExecution(row);
  }

  async attempts(id: ExecutionId): Promise<Attempt[]> {
    const [[row], listed] = await Promise.all([
      this.database.query<ExecutionRow>(FIND, [id]),
      this.database.query<AttemptRow>(ATTEMPTS, [id]),
    ]);
    if (row === undefined) return [];
    const unlisted = unlistedAttempt(row, listed);
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

  private async scopeOf({ jobId }: ExecutionFilter): Promise<Scope | 'nothing'> {
    const [scope] = await this.database.query<{ has_deleted: boolean; has_job: boolean }>(SCOPE, [jobId ?? null]);
    if (scope?.has_job !== true) return 'nothing';
    return jobId === undefined && scope.has_deleted ? 'of-jobs' : 'all';
  }

  private async read(filter: ExecutionFilter, scope: Scope, slice: Slice | null): Promise<Execution[]> {
    if (slice === null) return [];
    const statement = PAGES[slice.from].for(filter, scope);
    const rows = await this.database.query<ExecutionRow>(statement, [filter.jobId ?? null, slice.limit, slice.offset]);
    return rows.map(toExecution);
  }
}
