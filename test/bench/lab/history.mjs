/** A ledger with a past, made by SQL: four weeks, skewed over the jobs, a few per cent not successful. */

/** Less than executions are kept by default, so that none is pruned meanwhile. */
const DAYS = 28;

/** Adds finished executions until there are `count`. Indexes are dropped and built again, which is ten times faster. */
export async function growHistory({ pool }, count) {
  const client = await pool.connect();
  try {
    await client.query('set session_replication_role = replica');
    await client.query(`set maintenance_work_mem = '1GB'`);
    const { rows: indexes } = await client.query(
      `select indexname, indexdef from pg_indexes where tablename = 'execution' and indexname <> 'execution_pkey'`,
    );
    for (const { indexname } of indexes) await client.query(`drop index ${indexname}`);
    await client.query(INSERT, [count]);
    for (const { indexdef } of indexes) await client.query(indexdef);
    await client.query('vacuum analyze execution');
  } finally {
    client.release(true);
  }
}

/** Job n has a share that falls with n; instants are spread evenly, so that ids grow with time. */
const INSERT = `
  with jobs as (select array_agg(id order by created_at, id) as ids from scheduled_job),
       made as (
         select n, now() - interval '${String(DAYS)} days' * (1 - (n % 1000003) / 1000003.0) - interval '1 minute' as at,
                1 + floor(power(random(), 3) * 1000)::int as job, random() as luck
           from generate_series((select count(*) from execution) + 1, $1) n)
  insert into execution (id, job_id, scheduled_for, sort_at, trigger, schedule_version, status, reason, task_function, queue, priority,
                         args, timeout_ms, attempt, token, enqueued_at, started_at, attempt_started_at, finished_at, duration_ms, result, error)
  select uuidv7(made.at - now()), jobs.ids[job], at + n * interval '1 microsecond', at + interval '20 milliseconds', 'scheduler', 1, status,
         case when status = 'skipped' then 'overlap' end, 'bench_noop', 'bench', 0, '{"command": "true"}', 60000,
         1, 1, at, at + interval '20 milliseconds', at + interval '20 milliseconds', at + interval '1 second', 980,
         '{"exitCode": 0, "output": "done"}', case when status = 'failed' then 'exit code 1' end
    from made, jobs,
         lateral (select case when luck < 0.93 then 'success' when luck < 0.97 then 'failed' when luck < 0.98 then 'timeout'
                              when luck < 0.985 then 'cancelled' else 'skipped' end as status) s`;
