import type { ExecutionFilter } from '#application/executions/execution.repository.js';
import { EXACT_COUNT_LIMIT, type Total } from '#application/page.js';
import type { Database, Statement } from '../database.js';
import { FilteredStatements } from './execution-filter.js';

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
                      where s.tablename = 'execution' and s.attname = 'status'), 0)::float8 as status_share
      from pg_class c where c.oid = 'execution'::regclass`,
};

/**
 * Counts what a filter matches: exactly up to `EXACT_COUNT_LIMIT`, above it by the planner's statistics, never less than
 * what was counted.
 */
export async function countExecutions(database: Database, filter: ExecutionFilter): Promise<Total> {
  const jobId = filter.jobId ?? null;
  const statuses = filter.status === undefined ? filter.statuses : [filter.status];
  const [row] = await database.query<{ count: number }>(COUNTS.for(filter), [jobId]);
  const count = row?.count ?? 0;
  if (count <= EXACT_COUNT_LIMIT) return { count, isEstimate: false };
  const [estimate] = await database.query<{ rows: number; job_share: number; status_share: number }>(ESTIMATE, [
    jobId,
    statuses ?? [],
  ]);
  if (estimate === undefined) return { count, isEstimate: true };
  const share =
    (filter.jobId === undefined ? 1 : estimate.job_share) * (statuses === undefined ? 1 : estimate.status_share);
  return { count: Math.max(count, Math.round(estimate.rows * share)), isEstimate: true };
}
