/** Jobs and waiting executions made by SQL, as many as wanted, of the task function that does nothing. */
import { until } from './stats.mjs';

const FUNCTION = 'bench_noop';

/** Schedules as the product stores them. */
export const cronAt = (expression) => ({ kind: 'cron', expression, timeZone: 'UTC' });
export const everySecond = () => ({ kind: 'interval', everyMs: 1_000, anchorAt: '2026-01-01T00:00:00.000Z', timeZone: 'UTC' });

/** The function is registered by the worker when it starts; without one it is made here. */
export async function ensureFunction({ pool }) {
  await pool.query(
    `insert into task_function (id, name, display_name, handler_path, handler_type, queue, default_timeout_ms)
     select max(id) + 1, $1, $1, $1, 'async_function', 'bench', 60000 from task_function on conflict (name) do nothing`,
    [FUNCTION],
  );
}

/** Inserts enabled jobs that are due next at `nextFireAt`, and tells the scheduler. @param nextFireAt Date or null */
export async function insertJobs({ pool }, { count, schedule, nextFireAt, enabled = true }) {
  await pool.query(
    `insert into scheduled_job (id, name, task_function_id, job_type_id, schedule_config, schedule, timeout_ms, retry_count,
                                retry_delay_ms, is_enabled, next_fire_at)
     select gen_random_uuid(), 'bench ' || n, (select id from task_function where name = $1), (select min(id) from job_type),
            '{}', $2::jsonb, 60000, 0, 1000, $5, $3::timestamptz
       from generate_series(1, $4) n`,
    [FUNCTION, JSON.stringify(schedule), nextFireAt, count, enabled],
  );
  await pool.query('analyze scheduled_job');
  await pool.query(`select pg_notify('takt_jobs', '')`);
}

/** Waits until the queue has a job scheduler for each of them. @returns milliseconds that it took */
export async function waitForRegistration({ pool }, count) {
  const from = performance.now();
  await until(async () => (await one(pool, 'select count(*)::int as n from schedule_registration where schedule_version > 0')).n >= count, {
    withinMs: 120_000,
    everyMs: 200,
    what: 'the registration of all jobs',
  });
  return performance.now() - from;
}

/** Inserts waiting executions, spread over all jobs, and returns what goes to the queue for them. */
export async function insertWaiting({ pool }, count) {
  const { rows } = await pool.query(
    `with jobs as (select id, row_number() over (order by id) - 1 as place, count(*) over () as of_all from scheduled_job)
     insert into execution (id, job_id, scheduled_for, sort_at, trigger, schedule_version, status, task_function, queue, priority,
                            timeout_ms, enqueued_at)
     select uuidv7(), jobs.id, clock_timestamp(), clock_timestamp(), 'api', 1, 'pending', $2, 'bench', 0, 60000, clock_timestamp()
       from generate_series(1, $1) n join jobs on jobs.place = n % jobs.of_all
     returning id`,
    [count, FUNCTION],
  );
  return rows.map(({ id }) => ({ executionId: id, attempt: 1, queue: 'bench', taskFunction: FUNCTION, priority: 0, delayMs: 0 }));
}

export async function one(pool, text, values = []) {
  return (await pool.query(text, values)).rows[0];
}
