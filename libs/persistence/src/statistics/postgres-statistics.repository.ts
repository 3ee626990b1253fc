/**
 * Statistics of one job: whole hours from the rollup, and from the ledger only what ended after those, plus, for the
 * windows that begin within an hour, the rest of that hour. Both are ranges of an index that begins with the job, so the
 * cost grows with the hours in which the job ran and with its rate, not with the ledger (ADR 8).
 */
import { StatisticsRepository, type DurationSpread, type JobStatistics } from '#application/statistics/statistics.repository.js';
import type { JobId } from '#domain/ids.js';
import type { Database, Statement } from '../database.js';
import { toNumber, type BigIntText } from '../rows.js';
import { DURATION_MS } from './roll-up.js';

/** Ends of one job, within a range of time. */
const ENDED = "e.job_id = $1 and e.status <> 'skipped' and e.finished_at is not null";

const OF_JOB: Statement = {
  name: 'statistics-of-job',
  text: `
    with progress as materialized (
      select until from execution_rollup_progress where name = 'hourly'
    ), ended as materialized (
      select e.status, e.finished_at, ${DURATION_MS} as ms
        from execution e where ${ENDED} and e.finished_at >= (select until from progress)
    ), parts as materialized (
      select status, count, timed, sum_ms, min_ms, max_ms, last_at, hour
        from execution_rollup where job_id = $1 and hour < (select until from progress)
       union all
      select status, count(*), count(ms), coalesce(sum(ms), 0), min(ms), max(ms), max(finished_at), null
        from ended group by status
    ), live as (
      select count(*)::int as count from execution e
       where e.job_id = $1 and e.status in ('pending', 'dispatched', 'running')
    ), windows as (
      select w.days,
             coalesce((select sum(p.count) from parts p where p.hour >= b.full_from), 0)
             + (select count(*) from ended where finished_at >= b.begins)
             + (select count(*) from execution e
                 where ${ENDED} and e.finished_at >= b.begins
                   and e.finished_at < least(b.full_from, (select until from progress))) as runs
        from (values (1), (7), (30)) as w(days),
             lateral (select clock_timestamp() - w.days * interval '24 hours' as begins) s,
             lateral (select s.begins, date_trunc('hour', s.begins, 'UTC') + interval '1 hour' as full_from) b
    )
    select (select count from live) as live,
           coalesce(sum(count), 0)::bigint as ended,
           coalesce(sum(count) filter (where status = 'success'), 0)::bigint as succeeded,
           coalesce(sum(count) filter (where status = 'cancelled'), 0)::bigint as cancelled,
           sum(sum_ms)::float8 / nullif(sum(timed), 0)::float8 as average_ms, min(min_ms) as min_ms, max(max_ms) as max_ms,
           max(last_at) filter (where status = 'success') as last_success_at,
           max(last_at) filter (where status in ('failed', 'timeout')) as last_failure_at,
           max(last_at) filter (where status = 'cancelled') as last_cancelled_at,
           (select json_object_agg(days, runs) from windows) as windows
      from parts`,
};

/** The index over what ended has the newest first. */
const DURATIONS: Statement = {
  name: 'statistics-durations',
  text: `
    select percentile_cont(0.5) within group (order by ms) as median, percentile_cont(0.95) within group (order by ms) as p95
      from (select ${DURATION_MS} as ms from execution e
             where ${ENDED} and e.started_at is not null order by e.finished_at desc limit $2) newest`,
};

interface StatisticsRow {
  live: number;
  ended: BigIntText;
  succeeded: BigIntText;
  cancelled: BigIntText;
  average_ms: number | null;
  min_ms: BigIntText | null;
  max_ms: BigIntText | null;
  last_success_at: Date | null;
  last_failure_at: Date | null;
  last_cancelled_at: Date | null;
  windows: Record<'1' | '7' | '30', number>;
}

export class PostgresStatisticsRepository extends StatisticsRepository {
  constructor(private readonly database: Database) {
    super();
  }

  async ofJob(jobId: JobId): Promise<JobStatistics> {
    const [row] = await this.database.query<StatisticsRow>(OF_JOB, [jobId]);
    if (row === undefined) throw new Error('An aggregate returned no row');
    return toStatistics(row);
  }

  async recentDurations(jobId: JobId, runs: number): Promise<DurationSpread | null> {
    const [row] = await this.database.query<{ median: number | null; p95: number | null }>(DURATIONS, [jobId, runs]);
    const { median = null, p95 = null } = row ?? {};
    return median === null || p95 === null ? null : { median, p95 };
  }
}

function toStatistics(row: StatisticsRow): JobStatistics {
  const [ended, succeeded, cancelled] = [Number(row.ended), Number(row.succeeded), Number(row.cancelled)];
  const [min, max] = [toNumber(row.min_ms), toNumber(row.max_ms)];
  const { average_ms: average } = row;
  return {
    total: ended + row.live,
    succeeded,
    failed: ended - succeeded - cancelled,
    cancelled,
    durationMs: average === null || min === null || max === null ? null : { average, min, max },
    lastSuccessAt: row.last_success_at,
    lastFailureAt: row.last_failure_at,
    lastCancelledAt: row.last_cancelled_at,
    last24Hours: row.windows[1] + row.live,
    last7Days: row.windows[7] + row.live,
    last30Days: row.windows[30] + row.live,
  };
}
