import type { ExecutionFilter } from '#application/executions/execution.repository.js';
import { EXACT_COUNT_LIMIT, type Total } from '#application/page.js';
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
  anyOf: cappedCount('execution-count-job-statuses', 'job_id = $1::uuid and status = any($2::text[])'),
};

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
  const statuses = filter.status === undefined ? filter.statuses : [filter.status];
  const [row] = await database.query<{ count: number }>(statementFor(filter), [
    filter.jobId ?? null,
    filter.status ?? filter.statuses ?? null,
  ]);
  const count = row?.count ?? 0;
  if (count <= EXACT_COUNT_LIMIT) return { count, isEstimate: false };
  const [estimate] = await database.query<{ rows: number; job_share: number; status_share: number }>(ESTIMATE, [
    filter.jobId ?? null,
    statuses ?? [],
  ]);
  if (estimate === undefined) return { count, isEstimate: true };
  const share =
    (filter.jobId === undefined ? 1 : estimate.job_share) * (statuses === undefined ? 1 : estimate.status_share);
  return { count: Math.max(count, Math.round(estimate.rows * share)), isEstimate: true };
}

function statementFor(filter: ExecutionFilter): Statement {
  if (filter.jobId === undefined) return filter.status === undefined ? COUNTS.all : COUNTS.ofStatus;
  if (filter.status !== undefined) return COUNTS.both;
  return filter.statuses === undefined ? COUNTS.ofJob : COUNTS.anyOf;
}
