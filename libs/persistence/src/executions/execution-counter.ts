import { EXECUTION_STATUSES, type ExecutionStatus } from '#domain/execution/status.js';
import type { JobId } from '#domain/ids.js';
import type { ExecutionFilter } from '#application/executions/execution.repository.js';
import { EXACT_COUNT_LIMIT, type Total } from '#application/page.js';
import { BoundedCache } from '#domain/schedule/bounded-cache.js';
import type { Database, Statement } from '../database.js';
import { FilteredStatements, type Scope } from './execution-filter.js';

/** Counts up to one more than the limit and no further. */
const COUNTS = new FilteredStatements(
  'execution-count',
  (condition) =>
    `select count(*)::int as count from (select 1 from execution where ${condition} limit ${String(EXACT_COUNT_LIMIT + 1)}) c`,
);

/** The statistics' view of how many rows there are, and of how they divide. */
const ESTIMATE: Statement = {
  name: 'execution-estimate',
  text: `
    select greatest(c.reltuples, 0)::float8 as rows,
           coalesce((select s.most_common_freqs[array_position(s.most_common_vals::text::text[], $1)]
                       from pg_stats s where s.tablename = 'execution' and s.attname = 'job_id'), 0)::float8 as job_share,
           coalesce((select sum(s.most_common_freqs[array_position(s.most_common_vals::text::text[], wanted)])
                       from pg_stats s, unnest($2::text[]) as wanted
                      where s.tablename = 'execution' and s.attname = 'status'), 0)::float8 as status_share,
           coalesce((select sum(s.most_common_freqs[array_position(s.most_common_vals::text::text[], d.id::text)])
                       from pg_stats s, deleted_job d
                      where s.tablename = 'execution' and s.attname = 'job_id'), 0)::float8 as deleted_share
      from pg_class c where c.oid = 'execution'::regclass`,
};

interface EstimateRow {
  readonly rows: number;
  readonly job_share: number;
  readonly status_share: number;
  /** Of deleted jobs whose history is still there. */
  readonly deleted_share: number;
}

/** An estimate is good for this long, milliseconds: counting to the limit is most of what the first page of a list costs. */
const ESTIMATE_KEPT_MS = 10_000;
const ESTIMATES_KEPT = 1_000;

/**
 * Counts what a filter matches: exactly up to `EXACT_COUNT_LIMIT`, above it by the planner's statistics, never less than
 * what was counted.
 */
export class ExecutionCounter {
  private readonly estimates = new BoundedCache<string, { readonly total: Total; readonly untilMs: number }>(ESTIMATES_KEPT);

  constructor(private readonly database: Database) {}

  async count(filter: ExecutionFilter, scope: Scope): Promise<Total> {
    const statuses = filter.status === undefined ? filter.statuses : [filter.status];
    const key = `${scope} ${filter.jobId ?? ''} ${statuses?.join(',') ?? ''}`;
    const kept = this.estimates.get(key);
    if (kept !== undefined && kept.untilMs > performance.now()) return kept.total;
    const [row] = await this.database.query<{ count: number }>(COUNTS.for(filter, scope), [filter.jobId ?? null]);
    const count = row?.count ?? 0;
    if (count <= EXACT_COUNT_LIMIT) return { count, isEstimate: false };
    const total = { count: Math.max(count, await this.estimate(filter.jobId, statuses)), isEstimate: true };
    this.estimates.set(key, { total, untilMs: performance.now() + ESTIMATE_KEPT_MS });
    return total;
  }

  private async estimate(jobId: JobId | undefined, statuses: readonly ExecutionStatus[] | undefined): Promise<number> {
    const [row] = await this.database.query<EstimateRow>(ESTIMATE, [
      jobId ?? null,
      statuses ?? [],
    ]);
    if (row === undefined) return 0;
    const share = (jobId === undefined ? 1 - row.deleted_share : row.job_share) * (statuses === undefined ? 1 : row.status_share);
    return Math.round(row.rows * share);
  }
}

/** Costs an index scan over the executions of these jobs, not over all. */
const BY_STATUS: Statement = {
  name: 'execution-count-by-status',
  text: `
    select e.status, count(*)::int as count
      from scheduled_job j join execution e on e.job_id = j.id
     where j.task_function_id = any ($1::int[]) group by e.status`,
};

/** Counts the executions of jobs with these task functions, exactly; a status without any is 0. */
export async function countByStatus(database: Database, taskFunctionIds: readonly number[]): Promise<Record<ExecutionStatus, number>> {
  const rows = await database.query<{ status: ExecutionStatus; count: number }>(BY_STATUS, [taskFunctionIds]);
  const counts = Object.fromEntries(EXECUTION_STATUSES.map((status) => [status, 0])) as Record<ExecutionStatus, number>;
  for (const { status, count } of rows) counts[status] = count;
  return counts;
}
