import type { Statement } from '../database.js';

/**
 * Due jobs under their lock. `NO KEY` so that inserts of executions, which check the foreign key, do not wait. Here, as wherever an
 * index is to find rows by an instant, the present is `statement_timestamp()`: `clock_timestamp()` may change from row to row, so
 * that Postgres reads the whole index and asks of each row.
 */
export const LOCK_DUE_JOBS: Statement = {
  name: 'plan-lock-due',
  text: `
    select j.id, j.schedule, j.start_at, j.end_at, j.next_fire_at, j.max_instances, j.overlap_policy, j.catch_up_mode,
           j.catch_up_window_ms, j.schedule_version, j.task_args, j.timeout_ms, j.priority, f.name as task_function, f.queue,
           exists (select 1 from job_dependency d where d.job_id = j.id) as has_dependencies
      from scheduled_job j join task_function f on f.id = j.task_function_id
     where j.next_fire_at <= statement_timestamp() and (j.set_aside_until is null or j.set_aside_until <= clock_timestamp())
     order by j.next_fire_at
     limit $1
       for no key update of j skip locked`,
};

/** A statement of its own after the lock: it must see what the lock may have waited for. */
export const COUNT_LIVE: Statement = {
  name: 'plan-count-live',
  text: `
    select job_id, count(*) filter (where hold is distinct from 'slot')::int as admitted,
           count(*) filter (where hold = 'slot')::int as waiting
      from execution
     where job_id = any($1::uuid[]) and status in ('pending', 'dispatched', 'running')
     group by job_id`,
};

export const DATABASE_NOW: Statement = { name: 'database-now', text: 'select clock_timestamp() as now' };

/** Inserts occurrences as of the instant at which they were decided ($13); one that is in the ledger already is left alone. */
export const INSERT_OCCURRENCES: Statement = {
  name: 'plan-insert-occurrences',
  text: `
    insert into execution (id, job_id, scheduled_for, sort_at, trigger, schedule_version, status, reason, hold,
                           task_function, queue, priority, args, timeout_ms, created_at, finished_at)
    select o.id, o.job_id, o.scheduled_for, o.scheduled_for, 'scheduler', o.schedule_version, o.status, o.reason, o.hold,
           o.task_function, o.queue, o.priority, o.args, o.timeout_ms, $13::timestamptz,
           case when o.status = 'skipped' then clock_timestamp() end
      from unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::int[], $5::text[], $6::text[], $7::text[], $8::text[],
                  $9::text[], $10::smallint[], $11::jsonb[], $12::int[])
           as o(id, job_id, scheduled_for, schedule_version, status, reason, hold, task_function, queue, priority, args,
                timeout_ms)
    on conflict (job_id, scheduled_for) where trigger = 'scheduler' do nothing
    returning id`,
};

export const INSERT_GAPS: Statement = {
  name: 'plan-insert-gaps',
  text: `
    insert into execution_gap (id, job_id, from_at, to_at, count, reason, schedule_version)
    select * from unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::timestamptz[], $5::int[], $6::text[], $7::int[])`,
};

export const MOVE_CURSORS: Statement = {
  name: 'plan-move-cursors',
  text: `
    update scheduled_job j set next_fire_at = c.next_fire_at, set_aside_until = null
      from unnest($1::uuid[], $2::timestamptz[]) as c(id, next_fire_at)
     where j.id = c.id`,
};

/** `cancel-running`: what waits for its first start is over at once, what runs is asked to stop. */
export const CANCEL_LIVE: Statement = {
  name: 'plan-cancel-live',
  text: `
    with live as (
      select id from execution
       where job_id = any($1::uuid[]) and status in ('pending', 'dispatched', 'running') and hold is distinct from 'slot'
       order by id for update)
    update execution e set
           status = case when e.status = 'running' then e.status else 'cancelled' end,
           error = case when e.status = 'running' then e.error else 'cancelled by the next occurrence' end,
           finished_at = case when e.status = 'running' then e.finished_at else clock_timestamp() end,
           hold = null,
           cancel_requested_at = coalesce(e.cancel_requested_at, clock_timestamp())
      from live where e.id = live.id
    returning e.id, e.status`,
};

/**
 * Jobs that this release cannot plan make room for the others for a minute. Their cursor stays: a release that can read them
 * goes on where they were left.
 */
export const SET_ASIDE: Statement = {
  name: 'plan-set-aside',
  text: `update scheduled_job set set_aside_until = clock_timestamp() + interval '1 minute' where id = any($1::uuid[])`,
};

export const NEXT_FIRE: Statement = {
  name: 'plan-next-fire',
  text: `
    select extract(epoch from min(next_fire_at) - clock_timestamp()) * 1000 as ms
      from scheduled_job where next_fire_at is not null and set_aside_until is null`,
};

export const JOBS_WITH_HELD: Statement = {
  name: 'held-jobs',
  text: `select distinct job_id from execution where hold = 'slot' and status = 'pending' limit 1000`,
};

export const LOCK_JOBS: Statement = {
  name: 'held-lock-jobs',
  text: `
    select id from scheduled_job
     where id = any($1::uuid[])
       and exists (select 1 from execution e where e.job_id = scheduled_job.id and e.hold = 'slot' and e.status = 'pending')
     order by id for no key update`,
};

/** Oldest first, as many as there are free slots. First attempts of the schedule wait for the job's dependencies next. */
export const RELEASE_HELD: Statement = {
  name: 'held-release',
  text: `
    with room as (
      select j.id, j.max_instances - (select count(*) from execution e
               where e.job_id = j.id and e.status in ('pending', 'dispatched', 'running') and e.hold is distinct from 'slot') as free
        from scheduled_job j where j.id = any($1::uuid[])
    ), chosen as (
      select w.id from room, lateral (
        select e.id from execution e
         where e.job_id = room.id and e.hold = 'slot' and e.status = 'pending'
         order by e.scheduled_for, e.id limit greatest(room.free, 0)
      ) w
    )
    update execution e set hold = case
             when e.attempt = 0 and e.trigger = 'scheduler'
                  and exists (select 1 from job_dependency d where d.job_id = e.job_id) then 'dependency' end
      from chosen where e.id = chosen.id
    returning e.id, e.attempt, e.queue, e.task_function, e.priority, e.hold`,
};
