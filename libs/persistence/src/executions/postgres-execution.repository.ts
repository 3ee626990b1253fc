import type { ExecutionStatus } from '#domain/execution/status.js';
import type { ExecutionId, JobId } from '#domain/ids.js';
import type { Attempt, Execution, LogEntry } from '#application/executions/execution.js';
import {
  ExecutionRepository,
  type ExecutionCursor,
  type ExecutionFacets,
  type ExecutionFilter,
  type ExecutionPage,
  type LogFilter,
  type RunRow,
  type RunsAt,
} from '#application/executions/execution.repository.js';
import type { PageRequest, Total } from '#application/page.js';
import type { Database, Statement } from '../database.js';
import { namePattern } from '../jobs/job-lists.js';
import { announceCancels } from '../notifications.js';
import { countByStatus, ExecutionCounter } from './execution-counter.js';
import type { Scope } from './execution-filter.js';
import { isFar, pageQuery, sliceOf, type Slice } from './execution-pages.js';
import { ExecutionWalks } from './execution-walks.js';
import { LedgerScopes } from './ledger-scope.js';
import { readFacets } from './read-facets.js';
import { readRuns } from './run-rows.js';
import { cursorOf, isPlain } from './walk.js';
import {
  EXECUTION_JOINS,
  SELECTED_EXECUTION,
  toAttempt,
  toExecution,
  unlistedAttempt,
  type AttemptRow,
  type ExecutionRow,
} from './execution-row.js';

const FIND_BY_NUMBER: Statement = {
  name: 'execution-find-by-number',
  text: `select ${SELECTED_EXECUTION} from execution e ${EXECUTION_JOINS} where e.number = $1`,
};

const FIND: Statement = {
  name: 'execution-find',
  text: `select ${SELECTED_EXECUTION} from execution e ${EXECUTION_JOINS} where e.id = $1`,
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
      from execution_log
     where execution_id = $1 and seq > $2 and ($4::text is null or message ilike $4) and ($5::int is null or attempt = $5)
     order by seq limit $3`,
};

const LOGS_BEFORE: Statement = {
  name: 'execution-logs-before',
  text: `
    select seq, attempt, at, stream, message
      from execution_log
     where execution_id = $1 and ($2::int is null or seq < $2) and ($4::text is null or message ilike $4) and ($5::int is null or attempt = $5)
     order by seq desc limit $3`,
};

const COUNT_LOG_LINES: Statement = {
  name: 'execution-log-lines',
  text: `
    with matching as not materialized (
      select seq, message from execution_log
       where execution_id = $1 and ($2::text is null or message ilike $2) and ($3::int is null or attempt = $3))
    select coalesce(sum(length(message) - length(replace(message, E'\\n', ''))), 0)::int
           + coalesce((select (right(message, 1) <> E'\\n')::int from matching order by seq desc limit 1), 0) as lines
      from matching`,
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
  private readonly scopes: LedgerScopes;
  private readonly counter: ExecutionCounter;
  private readonly walks: ExecutionWalks;

  constructor(private readonly database: Database) {
    super();
    this.scopes = new LedgerScopes(database);
    this.counter = new ExecutionCounter(database);
    this.walks = new ExecutionWalks(database, this.counter, this.scopes);
  }

  async list(filter: ExecutionFilter, page: PageRequest, after?: ExecutionCursor): Promise<ExecutionPage> {
    if (after !== undefined || !isPlain(filter)) return this.walks.page(filter, page, after);
    const scope = await this.scopes.of(filter);
    if (scope === 'nothing') return pageOf([], page, { count: 0, isEstimate: false });
    if (isFar(page)) {
      const total = await this.counter.count(filter, scope);
      return pageOf(await this.read(filter, scope, sliceOf(page, total)), page, total);
    }
    const [rows, total] = await Promise.all([this.read(filter, scope, sliceOf(page, null)), this.counter.count(filter, scope)]);
    return pageOf(rows, page, total);
  }

  async part(filter: ExecutionFilter, limit: number, after?: ExecutionCursor): Promise<Pick<ExecutionPage, 'items' | 'next'>> {
    return this.walks.part(filter, limit, after);
  }

  async facets(filter: ExecutionFilter & { readonly from: Date }, bucketMs: number): Promise<ExecutionFacets> {
    return readFacets(this.database, filter, bucketMs);
  }

  async runsOf(jobId: JobId, at: RunsAt, limit: number): Promise<RunRow | null> {
    return readRuns(this.database, jobId, at, limit);
  }

  async latestOfJob(jobId: JobId, limit: number): Promise<Execution[]> {
    const scope = await this.scopes.of({ jobId });
    if (scope === 'nothing') return [];
    return (await this.read({ jobId }, scope, { from: 'newest', limit, offset: 0 })).map(toExecution);
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

  async logs(id: ExecutionId, afterSeq: number, limit: number, filter: LogFilter = {}): Promise<LogEntry[]> {
    return this.database.query<LogEntry>(LOGS, [id, afterSeq, limit, namePattern(filter.text), filter.attempt ?? null]);
  }

  async logsBefore(id: ExecutionId, beforeSeq: number | null, limit: number, filter: LogFilter = {}): Promise<LogEntry[]> {
    const found = await this.database.query<LogEntry>(LOGS_BEFORE, [id, beforeSeq, limit, namePattern(filter.text), filter.attempt ?? null]);
    return found.reverse();
  }

  async countLogLines(id: ExecutionId, filter: LogFilter = {}): Promise<number> {
    const [row] = await this.database.query<{ lines: number }>(COUNT_LOG_LINES, [id, namePattern(filter.text), filter.attempt ?? null]);
    return row?.lines ?? 0;
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

  private async read(filter: ExecutionFilter, scope: Scope, slice: Slice | null): Promise<ExecutionRow[]> {
    if (slice === null) return [];
    const { statement, values } = pageQuery(filter, scope, slice);
    return this.database.query<ExecutionRow>(statement, values);
  }
}

function pageOf(rows: readonly ExecutionRow[], page: PageRequest, total: Total): ExecutionPage {
  const isLast = rows.length < page.perPage || (!total.isEstimate && page.page * page.perPage >= total.count);
  return { items: rows.map(toExecution), total, next: isLast ? null : cursorOf(rows.at(-1)) };
}
