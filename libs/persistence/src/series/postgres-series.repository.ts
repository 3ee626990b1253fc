import type { JobId } from '#domain/ids.js';
import type { EndCounts } from '#application/overview/overview.repository.js';
import { SeriesRepository, type SeriesBucket, type SeriesRequest } from '#application/series/series.repository.js';
import type { Database, Statement } from '../database.js';
import { DURATION_MS } from '../statistics/roll-up.js';
import type { BigIntText } from '../rows.js';

const HOUR_MS = 3_600_000;

/** Parameters: from, to, bucket in seconds, whether hours may be taken from the rollup, the job where there is one. */
function ends(name: string, ofJob: 'one job' | 'all jobs'): Statement {
  const [job, rolled] = ofJob === 'one job' ? ['e.job_id = $5::uuid and', 'r.job_id = $5::uuid and'] : ['', ''];
  return {
    name,
    text: `
    with rolled_up as materialized (
      select case when $4::bool then least(greatest(p.until, $1::timestamptz), $2::timestamptz) else $1::timestamptz end as until
        from execution_rollup_progress p where p.name = 'hourly'
    ), parts as (
      select r.hour as at, r.status, r.count, r.timed, r.sum_ms, r.max_ms
        from execution_rollup r where ${rolled} r.hour >= $1 and r.hour < (select until from rolled_up)
      union all
      select e.finished_at, e.status, 1, (d.ms is not null)::int, d.ms, d.ms
        from execution e, lateral (select ${DURATION_MS}) as d(ms)
       where ${job} e.finished_at is not null and e.status <> 'skipped'
         and e.finished_at >= (select until from rolled_up) and e.finished_at < $2
      union all
      select e.sort_at, 'skipped', 1, 0, null, null from execution e
       where ${job} e.status = 'skipped' and e.sort_at >= $1 and e.sort_at < $2
    )
    select floor(extract(epoch from at - $1) / $3::float8)::int as bucket, status, sum(count)::int as count, sum(timed)::int as timed,
           coalesce(sum(sum_ms), 0)::bigint as sum_ms, max(max_ms) as max_ms
      from parts group by 1, 2`,
  };
}

const OF_JOB = ends('series-of-job', 'one job');
const OF_ALL = ends('series-of-all', 'all jobs');

interface EndRow {
  bucket: number;
  status: keyof EndCounts;
  count: number;
  timed: number;
  sum_ms: BigIntText;
  max_ms: BigIntText | null;
}

interface Sums {
  readonly counts: { -readonly [Status in keyof EndCounts]: number };
  timed: number;
  sumMs: number;
  maxMs: number;
}

export class PostgresSeriesRepository extends SeriesRepository {
  constructor(private readonly database: Database) {
    super();
  }

  async read({ jobId, from, to, bucketMs }: SeriesRequest): Promise<SeriesBucket[]> {
    const buckets = Array.from({ length: Math.ceil((to.getTime() - from.getTime()) / bucketMs) }, noSums);
    for (const row of await this.rows(jobId, [from, to, bucketMs / 1000, bucketMs % HOUR_MS === 0])) {
      const sums = buckets[row.bucket];
      if (sums !== undefined) add(sums, row);
    }
    return buckets.map(({ counts, timed, sumMs, maxMs }, index) => ({
      at: new Date(from.getTime() + index * bucketMs),
      counts,
      durationMs: timed === 0 ? null : { average: sumMs / timed, max: maxMs },
    }));
  }

  private async rows(jobId: JobId | null, values: readonly unknown[]): Promise<EndRow[]> {
    return jobId === null ? this.database.query<EndRow>(OF_ALL, values) : this.database.query<EndRow>(OF_JOB, [...values, jobId]);
  }
}

function noSums(): Sums {
  return { counts: { success: 0, failed: 0, timeout: 0, cancelled: 0, skipped: 0 }, timed: 0, sumMs: 0, maxMs: 0 };
}

function add(sums: Sums, row: EndRow): void {
  sums.counts[row.status] += row.count;
  sums.timed += row.timed;
  sums.sumMs += Number(row.sum_ms);
  sums.maxMs = Math.max(sums.maxMs, Number(row.max_ms ?? 0));
}
