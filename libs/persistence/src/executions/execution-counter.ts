import type { ExecutionFilter } from '#application/executions/execution.repository.js';
import { EXACT_COUNT_LIMIT, type Total } from '#application/page.js';
import { EXECUTION_STATUSES, type ExecutionStatus } from '#domain/execution/status.js';
import type { Database, Statement } from '../database.js';

/** Counts up to one more than the limit and no further. */
function cappedCount(name: string, condition: string): Statement {
  return {
    name,
    text: `select count(*)::int as count from (select 1 from execution where ${condition} limit ${String(EXACT_COUNT_LIMIT + 1)}) c`,
  };
}

const COUNTS = {
  all: cappedCount('execution-count', '$1::uuid is null and $2::text is null'),
  ofJob: cappedCount('execution-count-job', 'job_id = $1::uuid and $2::text is null'),
  ofStatus: cappedCount('execution-count-status', '$1::uuid is null and status = $2::text'),
  both: cappedCount('execution-count-job-status', 'job_id = $1::uuid and status = $2::text'),
};

/** The statistics' view of how many rows there are, and of how they divide. */
const ESTIMATE: Statement = {
  name: 'execution-estimate',
  text: `
    select greatest(c.reltuples, 0)::float8 as rows,
           coalesce((select s.most_common_freqs[array_position(s.most_common_vals::text::text[], $1)]
                       from pg_stats s where s.tablename = 'execution' and s.attname = 'job_id'), 0)::float8 as job_share,
           coalesce((select s.most_common_freqs[array_position(s.most_common_vals::text::text[], $2)]
                       from pg_stats s where s.tablename = 'execution' and s.attname = 'status'), 0)::float8 as status_share
      from pg_class c where c.oid = 'execution'::regclass`,
};

/**
 * Counts what a filter matches: exactly up to `EXACT_COUNT_LIMIT`, above it by the planner's statistics, never less than
 * what was counted.
 */
export async function countExecutions(database: Database, filter: ExecutionFilter): Promise<Total> {
  const values = [filter.jobId ?? null, filter.status ?? null];
  const [row] = await database.query<{ count: number }>(statementFor(filter), values);
  const count = row?.count ?? 0;
  if (count <= EXACT_COUNT_LIMIT) return { count, isEstimate: false };
  const [estimate] = await database.query<{ rows: number; job_share: number; status_share: number }>(ESTIMATE, values);
  if (estimate === undefined) return { count, isEstimate: true };
  const share =
    (filter.jobId === undefined ? 1 : estimate.job_share) * (filter.status === undefined ? 1 : estimate.status_share);
  return { count: Math.max(count, Math.round(estimate.rows * share)), isEstimate: true };
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

function statementFor(filter: ExecutionFilter): Statement {
  if (filter.jobId === undefined) return filter.status === undefined ? COUNTS.all : COUNTS.ofStatus;
  return filter.status === undefined ? COUNTS.ofJob : COUNTS.both;
}
