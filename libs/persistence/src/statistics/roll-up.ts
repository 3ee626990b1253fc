import type { Reign } from '#application/scheduling/leadership.js';
import type { Queryable, Statement } from '../database.js';

/**
 * How long execution `e` took. Of one attempt what its worker measured, as every list of executions has it; with retries from the
 * first start to the end, between the milliseconds that readers of the two instants see.
 */
export const DURATION_MS = `
  (case when e.attempt <= 1 and e.duration_ms is not null and e.started_at is not null then e.duration_ms
        else extract(epoch from date_trunc('milliseconds', e.finished_at) - date_trunc('milliseconds', e.started_at)) * 1000 end)::bigint`;

/**
 * An end is written with the time of its statement and becomes visible when its transaction commits. No transaction of ours
 * lasts this long (statements end after 10 s, idle transactions after 12 s), so an hour that is over for longer is complete.
 */
const SETTLED_AFTER = "interval '2 minutes'";

/** The next hour to add, under a lock that keeps other leaders away; no row while there is none that is complete. */
const NEXT_HOUR: Statement = {
  name: 'rollup-next-hour',
  text: `
    select until from execution_rollup_progress
     where name = 'hourly' and until + interval '1 hour' <= clock_timestamp() - ${SETTLED_AFTER}
       and exists (select 1 from leader_lease
                    where name = 'scheduler' and holder = $1 and term = $2 and expires_at > clock_timestamp())
       for update`,
};

/** One range of the index a job. */
const ADD_HOUR: Statement = {
  name: 'rollup-add-hour',
  text: `
    insert into execution_rollup (job_id, hour, status, count, timed, sum_ms, min_ms, max_ms, last_at)
    select j.id, $1::timestamptz, s.*
      from scheduled_job j, lateral (
        select e.status, count(*), count(d.ms), coalesce(sum(d.ms), 0), min(d.ms), max(d.ms), max(e.finished_at)
          from execution e, lateral (select ${DURATION_MS}) as d(ms)
         where e.job_id = j.id and e.status <> 'skipped'
           and e.finished_at >= $1::timestamptz and e.finished_at < $1::timestamptz + interval '1 hour'
         group by e.status) s
    on conflict do nothing`,
};

const ADVANCE: Statement = {
  name: 'rollup-advance',
  text: "update execution_rollup_progress set until = until + interval '1 hour' where name = 'hourly'",
};

/** Adds one whole hour, in the caller's transaction. @returns false when there is none to add */
export async function rollUpHour(tx: Queryable, { holder, term }: Reign): Promise<boolean> {
  const [next] = await tx.query<{ until: Date }>(NEXT_HOUR, [holder, term]);
  if (next === undefined) return false;
  await tx.query(ADD_HOUR, [next.until]);
  await tx.query(ADVANCE);
  return true;
}
