/**
 * What ended within the last two days, by hour and status. Whole hours come from the rollup, which has them by hour and job; the
 * hours that a window of 24 h cuts in two, and what is not rolled up yet, come from the ledger. Skipped occurrences are in no
 * rollup: they are counted in the index that has them.
 */
import type { EndCounts } from '#application/overview/overview.repository.js';
import type { Queryable, Statement } from '../database.js';

const ENDS: Statement = {
  name: 'overview-ends',
  text: `
    with clock as materialized (
      select now() as at, now() - interval '24 hours' as day_ago, now() - interval '48 hours' as two_days_ago,
             date_trunc('hour', now() - interval '24 hours', 'UTC') as day_hour,
             date_trunc('hour', now() - interval '48 hours', 'UTC') as two_days_hour
    ), progress as materialized (
      select greatest(p.until, c.two_days_hour + interval '1 hour') as until
        from execution_rollup_progress p, clock c where p.name = 'hourly'
    ), parts as (
      select r.hour, r.hour > c.day_hour as is_last, r.status, sum(r.count)::int as count
        from clock c, execution_rollup r
       where r.hour > c.two_days_hour and r.hour <> c.day_hour and r.hour < (select until from progress) group by 1, 2, 3
      union all
      select date_trunc('hour', e.finished_at, 'UTC'), e.finished_at >= c.day_ago, e.status, count(*)::int
        from clock c, lateral (
               select c.two_days_ago as starts, c.two_days_hour + interval '1 hour' as ends
               union all select c.day_hour, c.day_hour + interval '1 hour' where c.day_hour < (select until from progress)
               union all select (select until from progress), c.at + interval '1 day') range,
             lateral (
               select e.finished_at, e.status from execution e
                where e.finished_at is not null and e.status <> 'skipped'
                  and e.finished_at >= range.starts and e.finished_at < range.ends) e
       group by 1, 2, 3
      union all
      select date_trunc('hour', e.sort_at, 'UTC'), e.sort_at >= c.day_ago, 'skipped', count(*)::int
        from clock c, execution e
       where e.status = 'skipped' and e.sort_at >= c.two_days_ago and e.sort_at <= c.at group by 1, 2
    )
    select hour, is_last, status, sum(count)::int as count, (select at from clock) as now from parts group by 1, 2, 3
     union all select null, null, null, 0, at from clock`,
};

interface EndRow {
  hour: Date | null;
  is_last: boolean;
  status: keyof EndCounts;
  count: number;
  now: Date;
}

const HOUR_MS = 3_600_000;
const HOURS = 24;

export interface RecentEnds {
  readonly at: Date;
  readonly last24Hours: EndCounts;
  readonly previous24Hours: EndCounts;
  readonly hourly: readonly { readonly at: Date; readonly counts: EndCounts }[];
}

export async function recentEnds(database: Queryable): Promise<RecentEnds> {
  const rows = await database.query<EndRow>(ENDS);
  const at = rows.at(-1)?.now;
  if (at === undefined) throw new Error('A row without a condition is missing');
  const firstMs = Math.floor(at.getTime() / HOUR_MS) * HOUR_MS - (HOURS - 1) * HOUR_MS;
  const [last, previous] = [noEnds(), noEnds()];
  const hourly = Array.from({ length: HOURS }, (_, index) => ({ at: new Date(firstMs + index * HOUR_MS), counts: noEnds() }));
  for (const { hour, is_last: isLast, status, count } of rows) {
    if (hour === null) continue;
    (isLast ? last : previous)[status] += count;
    const bucket = hourly[(hour.getTime() - firstMs) / HOUR_MS];
    if (bucket !== undefined) bucket.counts[status] += count;
  }
  return { at, last24Hours: last, previous24Hours: previous, hourly };
}

function noEnds(): { -readonly [Status in keyof EndCounts]: number } {
  return { success: 0, failed: 0, timeout: 0, cancelled: 0, skipped: 0 };
}
