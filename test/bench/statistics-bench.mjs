/**
 * Statistics of one job (ADR 8), of one worker and of the system (ADR 11) beside the size of the ledger. Needs `npm run build`.
 *
 *   node test/bench/statistics-bench.mjs [executions, default 1000000]
 *
 * Fills a database of its own with executions of 1,000 jobs on four workers over 30 days, the k-th job with 1/k of the first
 * one's, lets the leader's code sum them up, and prints the median of 15 calls: from the ledger alone, and as the API asks.
 */
import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { startTestStores } from '../../scripts/stores/test-stores.mjs';

const ROUNDS = 15;
const CHUNK = 250_000;
const JOBS = 1_000;
const WORKERS = Array.from({ length: 4 }, () => randomUUID());
const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const executions = Number(process.argv[2] ?? 1_000_000);

const { migrateDatabase } = await import('#persistence/migrate.js');
const { Database } = await import('#persistence/database.js');
const { PostgresMaintenanceStore } = await import('#persistence/scheduling/postgres-maintenance-store.js');
const { PostgresPlatformStatistics } = await import('#persistence/statistics/postgres-platform-statistics.js');
const { PostgresStatisticsRepository } = await import('#persistence/statistics/postgres-statistics.repository.js');

const JOBS_SQL = `
  insert into scheduled_job (id, name, task_function_id, job_type_id, schedule_config, schedule, timeout_ms, retry_count, retry_delay_ms, is_enabled)
  select gen_random_uuid(), 'bench ' || n, 7, 1, '{}', '{}', 1000, 0, 0, false from generate_series(1, $1::int) n`;

const FILL_SQL = `
  with jobs as materialized (select array_agg(id order by number) as ids from scheduled_job where name like 'bench %')
  insert into execution (id, job_id, scheduled_for, sort_at, trigger, schedule_version, status, task_function, queue, priority,
                         timeout_ms, started_at, finished_at, worker_id, duration_ms)
  select gen_random_uuid(), ids[least(power($2::float8, random())::int, $2)], at, at, 'manual', 1,
         case when random() < 0.05 then 'failed' else 'success' end, 'shell', 'default', 0, 1000, at,
         at + took * interval '1 millisecond', ($3::uuid[])[1 + floor(random() * 4)::int], took
    from jobs, (select now() - interval '30 days' * random() as at, floor(random() * 2000)::int as took
                  from generate_series(1, $1::int)) s`;

const FROM_LEDGER_SQL = `
  select count(*), count(*) filter (where status = 'success'), avg(finished_at - started_at), min(finished_at - started_at),
         max(finished_at - started_at), max(finished_at) filter (where status = 'success'),
         count(*) filter (where finished_at >= now() - interval '24 hours')
    from execution where job_id = $1 and status <> 'skipped'`;

const WORKER_FROM_LEDGER_SQL = `
  select count(*), count(*) filter (where status = 'success'), avg(duration_ms), max(finished_at),
         count(*) filter (where finished_at >= now() - interval '24 hours'), count(*) filter (where finished_at >= now() - interval '7 days')
    from execution where worker_id = $1 and status <> 'skipped' and finished_at is not null`;

const SYSTEM_FROM_LEDGER_SQL = `
  select count(*) filter (where status = 'success'), count(*) filter (where status <> 'success'),
         count(*) filter (where finished_at >= date_trunc('day', now(), 'UTC'))
    from execution where status <> 'skipped' and finished_at is not null`;

async function median(ask) {
  const times = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const startedAt = performance.now();
    await ask();
    times.push(performance.now() - startedAt);
  }
  return times.sort((left, right) => left - right)[Math.floor(ROUNDS / 2)];
}

async function fill(client) {
  await client.query(JOBS_SQL, [JOBS]);
  for (let filled = 0; filled < executions; filled += CHUNK) await client.query(FILL_SQL, [Math.min(CHUNK, executions - filled), JOBS, WORKERS]);
  await client.query("update execution_rollup_progress set until = date_trunc('hour', now(), 'UTC') - interval '31 days'");
  await client.query("update worker_rollup_progress set until = '-infinity'");
  await client.query('vacuum analyze execution');
}

async function rollUp(client, database) {
  const reign = { holder: randomUUID(), term: 1 };
  await client.query("update leader_lease set holder = $1, term = 1, expires_at = now() + interval '1 day'", [reign.holder]);
  const startedAt = performance.now();
  let hours = 0;
  for (let added = 1; added > 0; hours += added) added = await new PostgresMaintenanceStore(database).rollUp(reign, 24);
  await client.query('vacuum analyze execution_rollup');
  console.log(`summed up ${hours} hours of jobs, ${((performance.now() - startedAt) / Math.max(1, hours)).toFixed(1)} ms each`);
  return reign;
}

async function rollUpWorkers(client, database, reign) {
  const startedAt = performance.now();
  let ends = 0;
  for (let added = 1; added > 0; ends += added) added = await new PostgresMaintenanceStore(database).rollUpWorkers(reign, 10);
  await client.query('vacuum analyze worker_rollup');
  const { rows } = await client.query('select count(*)::int as count from worker_rollup');
  const msPerPortion = (performance.now() - startedAt) / Math.max(1, ends / 50_000);
  console.log(`summed up ${ends} ends of ${WORKERS.length} workers in ${rows[0].count} rows, ${msPerPortion.toFixed(0)} ms for 50,000`);
}

/** @param ledger a statement and its values: the same numbers from the ledger alone */
async function measure(client, { title, runs, ledger, ask }) {
  const ledgerMs = await median(() => client.query({ name: title, ...ledger }));
  const statisticsMs = await median(ask);
  console.log(`${title.padEnd(14)} ${String(runs).padStart(9)} runs   ledger ${ledgerMs.toFixed(1).padStart(8)} ms   statistics ${statisticsMs.toFixed(1).padStart(6)} ms`);
}

async function measureAll(client, database) {
  const [jobs, platform] = [new PostgresStatisticsRepository(database), new PostgresPlatformStatistics(database)];
  const countOf = async (column, id) => (await client.query(`select count(*)::int as count from execution where ${column} = $1`, [id])).rows[0].count;
  const { rows } = await client.query("select id from scheduled_job where name in ('bench 1', 'bench 10', 'bench 1000') order by number");
  for (const [index, title] of ['hottest job', '10th job', 'coldest job'].entries()) {
    const { id } = rows[index];
    await measure(client, { title, runs: await countOf('job_id', id), ledger: { text: FROM_LEDGER_SQL, values: [id] }, ask: () => jobs.ofJob(id) });
  }
  const worker = WORKERS[0];
  await measure(client, { title: 'a worker', runs: await countOf('worker_id', worker), ledger: { text: WORKER_FROM_LEDGER_SQL, values: [worker] }, ask: () => platform.ofWorker(worker) });
  await measure(client, { title: 'the system', runs: executions, ledger: { text: SYSTEM_FROM_LEDGER_SQL, values: [] }, ask: () => platform.ofSystem() });
}

async function bench(url) {
  await migrateDatabase(url);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const database = new Database({ url, poolSize: 2, applicationName: 'takt-bench', statementTimeoutMs: 600_000 });
  try {
    await fill(client);
    console.log(`${executions} executions of ${JOBS} jobs`);
    await rollUpWorkers(client, database, await rollUp(client, database));
    await measureAll(client, database);
  } finally {
    await database.close();
    await client.end();
  }
}

const stores = await startTestStores({ root, download: false });
const name = `takt_bench_${process.pid}`;
const admin = new pg.Client({ connectionString: stores.databaseUrl });
await admin.connect();
try {
  await admin.query(`create database ${name}`);
  const url = new URL(stores.databaseUrl);
  url.pathname = `/${name}`;
  await bench(url.href);
} finally {
  await admin.query(`drop database if exists ${name} with (force)`);
  await admin.end();
  await stores.stop();
}
