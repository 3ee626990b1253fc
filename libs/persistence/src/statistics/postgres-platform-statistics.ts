/**
 * Numbers over all jobs: the rollup, and from the ledger only what ended after it (a minute or two of ends while a leader
 * rolls up). A worker's part of the rollup is one range of the primary key, some 1,700 rows of the last eight days.
 */
import { PlatformStatistics, type SystemStatistics, type WorkerStatistics } from '#application/statistics/platform-statistics.js';
import { WORKER_DOWN_MS } from '#application/workers/worker-registry.js';
import type { WorkerId } from '#domain/ids.js';
import type { Database, Statement } from '../database.js';
import type { BigIntText } from '../rows.js';

/**
 * Ends after the rollup, in the rollup's columns. The second bound changes no result: a range that is open on one side is
 * taken for a third of the table by the planner, which may then read all of it.
 */
const TAIL = `
  select e.worker_id, e.finished_at as bucket, (e.status = 'success')::int as succeeded, (e.status <> 'success')::int as failed,
         (e.status = 'cancelled')::int as cancelled, (e.duration_ms is not null)::int as timed,
         coalesce(e.duration_ms, 0)::bigint as sum_ms, e.finished_at as last_at
    from execution e
   where e.finished_at is not null and e.status <> 'skipped'
     and e.finished_at > (select until from worker_rollup_progress where id = 1)
     and e.finished_at < now() + interval '1 day'`;

const OF_WORKER: Statement = {
  name: 'statistics-of-worker',
  text: `
    with parts as (
      select bucket, succeeded, failed, cancelled, timed, sum_ms, last_at from worker_rollup where worker_id = $1
       union all
      select bucket, succeeded, failed, cancelled, timed, sum_ms, last_at from (${TAIL}) t where t.worker_id = $1
    )
    select coalesce(sum(succeeded), 0)::bigint as succeeded, coalesce(sum(failed - cancelled), 0)::bigint as failed,
           coalesce(sum(cancelled), 0)::bigint as cancelled,
           sum(sum_ms)::float8 / nullif(sum(timed), 0)::float8 as average_ms, max(last_at) as last_finished_at,
           coalesce(sum(succeeded + failed) filter (where bucket > now() - interval '24 hours'), 0)::bigint as last_24_hours,
           coalesce(sum(succeeded + failed) filter (where bucket > now() - interval '7 days'), 0)::bigint as last_7_days
      from parts`,
};

const COUNTS: Statement = {
  name: 'statistics-of-system',
  text: `
    select (select count(*)::int from scheduled_job) as total_jobs,
           (select count(*)::int from scheduled_job where is_enabled) as enabled_jobs,
           (select count(*)::int from execution where status = 'running') as running,
           w.total as total_workers, w.alive as alive_workers
      from (select count(*)::int as total,
                   count(*) filter (where status in ('alive', 'draining', 'clock_skew')
                     and last_heartbeat_at >= clock_timestamp() - $1 * interval '1 millisecond')::int as alive
              from worker) w`,
};

const ENDS: Statement = {
  name: 'statistics-of-ends',
  text: `
    with parts as (
      select bucket, succeeded, failed from worker_rollup
       union all
      select bucket, succeeded, failed from (${TAIL}) t
    )
    select coalesce(sum(succeeded), 0)::bigint as succeeded, coalesce(sum(failed), 0)::bigint as failed,
           coalesce(sum(succeeded) filter (where bucket >= date_trunc('day', now(), 'UTC')), 0)::bigint as succeeded_today,
           coalesce(sum(failed) filter (where bucket >= date_trunc('day', now(), 'UTC')), 0)::bigint as failed_today
      from parts`,
};

interface WorkerRow {
  succeeded: BigIntText;
  failed: BigIntText;
  cancelled: BigIntText;
  average_ms: number | null;
  last_finished_at: Date | null;
  last_24_hours: BigIntText;
  last_7_days: BigIntText;
}

interface CountRow {
  total_jobs: number;
  enabled_jobs: number;
  running: number;
  total_workers: number;
  alive_workers: number;
}

type EndRow = Record<'succeeded' | 'failed' | 'succeeded_today' | 'failed_today', BigIntText>;

export class PostgresPlatformStatistics extends PlatformStatistics {
  constructor(private readonly database: Database) {
    super();
  }

  async ofWorker(id: WorkerId): Promise<WorkerStatistics> {
    const [row] = await this.database.query<WorkerRow>(OF_WORKER, [id]);
    return {
      succeeded: Number(row?.succeeded ?? 0),
      failed: Number(row?.failed ?? 0),
      cancelled: Number(row?.cancelled ?? 0),
      averageDurationMs: row?.average_ms ?? null,
      last24Hours: Number(row?.last_24_hours ?? 0),
      last7Days: Number(row?.last_7_days ?? 0),
      lastFinishedAt: row?.last_finished_at ?? null,
    };
  }

  async ofSystem(): Promise<SystemStatistics> {
    const [[counts], [ends]] = await Promise.all([
      this.database.query<CountRow>(COUNTS, [WORKER_DOWN_MS]),
      this.database.query<EndRow>(ENDS),
    ]);
    return {
      totalJobs: counts?.total_jobs ?? 0,
      enabledJobs: counts?.enabled_jobs ?? 0,
      totalWorkers: counts?.total_workers ?? 0,
      aliveWorkers: counts?.alive_workers ?? 0,
      runningExecutions: counts?.running ?? 0,
      succeededToday: Number(ends?.succeeded_today ?? 0),
      failedToday: Number(ends?.failed_today ?? 0),
      succeededEver: Number(ends?.succeeded ?? 0),
      failedEver: Number(ends?.failed ?? 0),
    };
  }
}
