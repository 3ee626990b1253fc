import type { Statement } from '../database.js';

/** Columns of `scheduled_job` in the order of `jobValues`. */
const WRITTEN = [
  ['name', 'text'],
  ['description', 'text'],
  ['task_function_id', 'int'],
  ['job_type_id', 'int'],
  ['schedule_config', 'jsonb'],
  ['schedule', 'jsonb'],
  ['start_at', 'timestamptz'],
  ['end_at', 'timestamptz'],
  ['task_args', 'jsonb'],
  ['max_instances', 'smallint'],
  ['timeout_ms', 'int'],
  ['retry_count', 'smallint'],
  ['retry_delay_ms', 'int'],
  ['retry_backoff', 'text'],
  ['retry_factor', 'real'],
  ['retry_max_delay_ms', 'int'],
  ['retry_jitter', 'real'],
  ['overlap_policy', 'text'],
  ['catch_up_mode', 'text'],
  ['catch_up_window_ms', 'bigint'],
  ['on_worker_lost', 'text'],
  ['priority', 'smallint'],
  ['is_enabled', 'bool'],
  ['is_paused', 'bool'],
  ['schedule_version', 'int'],
  ['next_fire_at', 'timestamptz'],
  ['updated_by', 'uuid'],
] as const;

const placeholders = WRITTEN.map(([, type], index) => `$${String(index + 2)}::${type}`);
const names = WRITTEN.map(([name]) => name);

export const INSERT_JOB: Statement = {
  name: 'job-insert',
  text: `
    insert into scheduled_job (id, ${names.join(', ')}, created_by)
    values ($1::uuid, ${placeholders.join(', ')}, $${String(WRITTEN.length + 1)}::uuid)
    returning *`,
};

/** A schedule that cannot be read is handed back as null and stays as it is. */
function assignment(name: string, value: string): string {
  return name === 'schedule' ? `schedule = coalesce(${value}, schedule)` : `${name} = ${value}`;
}

export const UPDATE_JOB: Statement = {
  name: 'job-update',
  text: `
    update scheduled_job set ${names.map((name, index) => assignment(name, placeholders[index] ?? '')).join(', ')},
           set_aside_until = null, updated_at = clock_timestamp()
     where id = $1::uuid returning *`,
};

/** Numbers of the jobs that job `j` depends on, ascending. */
export const DEPENDS_ON = `
  array(select p.number from job_dependency d join scheduled_job p on p.id = d.depends_on_id
         where d.job_id = j.id order by p.number) as depends_on`;

export const LOCK_JOB: Statement = {
  name: 'job-lock',
  text: `select j.*, clock_timestamp() as now, ${DEPENDS_ON} from scheduled_job j where j.id = $1 for no key update of j`,
};

/** Stronger than `LOCK_JOB`: nobody can make the job a dependency of another one meanwhile. */
export const LOCK_FOR_DELETE: Statement = { name: 'job-lock-for-delete', text: 'select id from scheduled_job where id = $1 for update' };

export const DATABASE_TIME: Statement = { name: 'job-database-time', text: 'select clock_timestamp() as now' };

/** `valid_from` is the instant that the definition's first fire was computed from, so that the history says what was due. */
export const INSERT_HISTORY: Statement = {
  name: 'job-insert-history',
  text: `
    insert into job_schedule_history (job_id, schedule_version, valid_from, schedule, start_at, end_at, is_active)
    select id, schedule_version, $2, schedule, start_at, end_at, is_enabled and not is_paused
      from scheduled_job where id = $1`,
};

/**
 * Taken under the job's lock and before the statements below, in the order that claims and records take: otherwise a change
 * and a claim of several executions could block each other for ever. Nothing starts to wait meanwhile; that needs the job.
 */
export const LOCK_LIVE: Statement = {
  name: 'job-lock-live',
  text: `
    select id from execution
     where job_id = $1 and status in ('pending', 'dispatched', 'running') order by id for update`,
};

/** Occurrences that the old schedule made and nobody started: they will not start. */
export const SUPERSEDE_WAITING: Statement = {
  name: 'job-supersede-waiting',
  text: `
    update execution set status = 'skipped', reason = $2, finished_at = clock_timestamp(), hold = null
     where job_id = $1 and status = 'pending' and trigger = 'scheduler' and attempt = 0`,
};

/** A disabled job starts nothing at all: manual triggers and further attempts that wait are cancelled. */
export const CANCEL_WAITING: Statement = {
  name: 'job-cancel-waiting',
  text: `
    update execution set status = 'cancelled', error = 'the job was disabled before it started', hold = null,
           finished_at = clock_timestamp()
     where job_id = $1 and status in ('pending', 'dispatched')`,
};

/** What still waits starts under the definition of now. */
export const REFRESH_WAITING: Statement = {
  name: 'job-refresh-waiting',
  text: `
    update execution e set task_function = f.name, timeout_ms = j.timeout_ms, priority = j.priority,
           args = case when e.args is not distinct from $2::jsonb then j.task_args else e.args end,
           schedule_version = j.schedule_version, queue = f.queue,
           enqueued_at = case when e.queue = f.queue then e.enqueued_at end
      from scheduled_job j join task_function f on f.id = j.task_function_id
     where j.id = $1 and e.job_id = j.id and e.status = 'pending'`,
};

/** Newest waiting ones give their slot back when `max_instances` shrank. */
export const HOLD_EXCESS: Statement = {
  name: 'job-hold-excess',
  text: `
    with ranked as (
      select e.id, e.status, row_number() over (order by (e.status = 'pending'), e.scheduled_for, e.id) as place
        from execution e where e.job_id = $1 and e.status in ('pending', 'dispatched', 'running') and e.hold is distinct from 'slot')
    update execution e set hold = 'slot', enqueued_at = null
      from ranked where e.id = ranked.id and ranked.place > $2 and e.status = 'pending'`,
};

/**
 * What waits or runs ends here, and its workers are fenced off; they are bounded in number, as the history is not, which is
 * deleted in portions afterwards (`deleted-jobs.ts`) and shown to nobody from now on.
 */
export const DELETE_JOB: Statement = {
  name: 'job-delete',
  text: `
    with live as (
      select id, status from execution where job_id = $1 and status in ('pending', 'dispatched', 'running')
    ), ended as (
      update execution e set status = 'cancelled', error = 'its job was deleted', finished_at = clock_timestamp(), hold = null,
             lease_until = null, token = e.token + 1
        from live where e.id = live.id
    ), gone as (
      delete from scheduled_job where id = $1 returning 1)
    select (select count(*)::int from gone) as deleted,
           array(select id::text from live where status = 'running') as running`,
};

export const JOB_ID_OF: Statement = { name: 'job-id-of', text: 'select id from scheduled_job where number = $1' };

export const COUNT_ACTIVE: Statement = {
  name: 'job-count-active',
  text: `
    select count(*)::int as active from execution
     where job_id = $1 and status in ('pending', 'dispatched', 'running')`,
};
