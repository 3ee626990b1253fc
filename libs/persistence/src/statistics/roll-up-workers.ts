/**
 * Sums the ledger up by worker and time, in portions, by the leader alone: every statement carries the reign and locks
 * the row that says how far it is, so that each end is added exactly once.
 */
import type { Database, Statement } from '../database.js';

/**
 * An end is written with the time of its statement and becomes visible when its transaction commits. Statements end after
 * 10 s and idle transactions after 12 s, so what is older than this is complete.
 */
const SETTLED_AFTER = "interval '1 minute'";

/** The nil UUID stands for "no worker": columns of a primary key cannot be null. */
export const NO_WORKER = '00000000-0000-0000-0000-000000000000';

/** Ends at the same microsecond stay together: the portion ends at an instant, not at a row. */
const ADD: Statement = {
  name: 'worker-rollup-add',
  text: `
    with progress as materialized (
      select until from worker_rollup_progress
       where id = 1 and exists (select 1 from leader_lease
                                 where name = 'scheduler' and holder = $1 and term = $2 and expires_at > clock_timestamp())
         for update
    ), portion as materialized (
      select max(p.finished_at) as until
        from (select e.finished_at from execution e
               where e.finished_at is not null and e.status <> 'skipped' and e.finished_at > (select until from progress)
                 and e.finished_at <= statement_timestamp() - ${SETTLED_AFTER}
               order by e.finished_at limit $3) p
    ), ended as (
      select coalesce(e.worker_id, '${NO_WORKER}'::uuid) as worker_id, date_trunc('minute', e.finished_at) as bucket,
             e.status, e.duration_ms, e.finished_at
        from execution e
       where e.finished_at is not null and e.status <> 'skipped'
         and e.finished_at > (select until from progress) and e.finished_at <= (select until from portion)
    ), added as (
      insert into worker_rollup as r (worker_id, bucket, succeeded, failed, cancelled, timed, sum_ms, last_at)
      select worker_id, bucket, count(*) filter (where status = 'success'), count(*) filter (where status <> 'success'),
             count(*) filter (where status = 'cancelled'), count(duration_ms), coalesce(sum(duration_ms), 0), max(finished_at)
        from ended group by worker_id, bucket
      on conflict (worker_id, bucket) do update set
             succeeded = r.succeeded + excluded.succeeded, failed = r.failed + excluded.failed, cancelled = r.cancelled + excluded.cancelled,
             timed = r.timed + excluded.timed, sum_ms = r.sum_ms + excluded.sum_ms,
             last_at = greatest(r.last_at, excluded.last_at)
    ), advanced as (
      update worker_rollup_progress w set until = portion.until
        from portion where w.id = 1 and portion.until is not null and exists (select 1 from progress)
    )
    select count(*)::int as count from ended`,
};

/**
 * Minutes that are older than a day become hours, hours that are older than the longest window become days, so that a
 * worker has some 1,700 rows and one more a day, however much it runs.
 */
const COMPACT: Statement = {
  name: 'worker-rollup-compact',
  text: `
    with bounds as materialized (
      select date_trunc('hour', now(), 'UTC') - interval '25 hours' as hours_before,
             date_trunc('day', now(), 'UTC') - interval '8 days' as days_before
       where exists (select 1 from leader_lease
                      where name = 'scheduler' and holder = $1 and term = $2 and expires_at > clock_timestamp())
    ), old as (
      delete from worker_rollup w using bounds
       where (w.bucket < bounds.hours_before and w.bucket <> date_trunc('hour', w.bucket, 'UTC'))
          or (w.bucket < bounds.days_before and w.bucket <> date_trunc('day', w.bucket, 'UTC'))
      returning w.*, date_trunc(case when w.bucket < bounds.days_before then 'day' else 'hour' end, w.bucket, 'UTC') as wider
    )
    insert into worker_rollup as r (worker_id, bucket, succeeded, failed, cancelled, timed, sum_ms, last_at)
    select worker_id, wider, sum(succeeded), sum(failed), sum(cancelled), sum(timed), sum(sum_ms), max(last_at) from old group by worker_id, wider
    on conflict (worker_id, bucket) do update set
           succeeded = r.succeeded + excluded.succeeded, failed = r.failed + excluded.failed, cancelled = r.cancelled + excluded.cancelled,
           timed = r.timed + excluded.timed, sum_ms = r.sum_ms + excluded.sum_ms,
           last_at = greatest(r.last_at, excluded.last_at)`,
};

/** Executions in one statement; it takes a fraction of a second. */
const PORTION = 50_000;

/** Adds what ended since the last time, at most `portions` times `PORTION`. @returns how many executions */
export async function rollUpWorkers(database: Database, reign: { holder: string; term: number }, portions: number): Promise<number> {
  const of = [reign.holder, reign.term];
  let added = 0;
  for (let turn = 0; turn < portions; turn += 1) {
    const [row] = await database.query<{ count: number }>(ADD, [...of, PORTION]);
    const count = row?.count ?? 0;
    added += count;
    if (count < PORTION) break;
  }
  await database.query(COMPACT, of);
  return added;
}
