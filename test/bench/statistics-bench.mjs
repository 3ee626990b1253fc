/**
 * Statistics of one job beside the size of the ledger (ADR 8). Needs `npm run build`.
 *
 *   node test/bench/statistics-bench.mjs [executions, default 1000000]
 *
 * Fills a database of its own with executions of 1,000 jobs over 30 days, the k-th job with 1/k of the first one's, lets the
 * leader's code sum up the hours, and prints the median of 15 calls: from the ledger alone, and as the API asks.
 */
import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { startTestStores } from '../../scripts/stores/test-stores.mjs';

const ROUNDS = 15;
const CHUNK = 250_000;
const JOBS = 1_000;
const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const executions = Number(process.argv[2] ?? 1_000_000);

const { migrateDatabase } = await import('#persistence/migrate.js');
const { Database } = await import('#persistence/database.js');
const { PostgresMaintenanceStore } = await import('#persistence/scheduling/postgres-maintenance-store.js');
const { PostgresStatisticsRepository } = await import('#persistence/statistics/postgres-statistics.repository.js');

const JOBS_SQL = `
  insert into scheduled_job (id, name, task_function_id, job_type_id, schedule_config, schedule, timeout_ms, retry_count, retry_delay_ms, is_enabled)
  select gen_random_uuid(), 'bench ' || n, 7, 1, '{}', '{}', 1000, 0, 0, false from generate_series(1, $1::int) n`;

const FILL_SQL = `
  with jobs as materialized (select array_agg(id order by number) as ids from scheduled_job where name like 'bench %')
  insert into execution (id, job_id, scheduled_for, sort_at, trigger, schedule_version, status, task_function, queue, priority,
                         timeout_ms, started_at, finished_at)
  select gen_random_uuid(), ids[least(power($2::float8, random())::int, $2)], at, at, 'manual', 1,
         case when random() < 0.05 then 'failed' else 'success' end, 'shell', 'default', 0, 1000, at, at + random() * interval '2 seconds'
    from jobs, (select now() - interval '30 days' * random() as at from generate_series(1, $1::int)) s`;

const FROM_LEDGER_SQL = `
  select count(*), count(*) filter (where status = 'success'), avg(finished_at - started_at), min(finished_at - started_at),
         max(finished_at - started_at), max(finished_at) filter (where status = 'success'),
         count(*) filter (where finished_at >= now() - interval '24 hours')
    from execution where job_id = $1 and status <> 'skipped'`;

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
  for (let filled = 0; filled < executions; filled += CHUNK) await client.query(FILL_SQL, [Math.min(CHUNK, executions - filled), JOBS]);
  await client.query("update execution_rollup_progress set until = date_trunc('hour', now(), 'UTC') - interval '31 days'");
  await client.query('vacuum analyze execution');
}

async function rollUp(client, database) {
  const reign = { holder: randomUUID(), term: 1 };
  await client.query("update leader_lease set holder = $1, term = 1, expires_at = now() + interval '1 day'", [reign.holder]);
  const startedAt = performance.now();
  let hours = 0;
  for (let added = 1; added > 0; hours += added) added = await new PostgresMaintenanceStore(database).rollUp(reign, 24);
  await client.query('vacuum analyze execution_rollup');
  return { hours, msPerHour: (performance.now() - startedAt) / Math.max(1, hours) };
}

async function measure(client, statistics, title, id) {
  const { rows } = await client.query('select count(*)::int as count from execution where job_id = $1', [id]);
  const ledgerMs = await median(() => client.query({ name: 'ledger', text: FROM_LEDGER_SQL, values: [id] }));
  const statisticsMs = await median(() => statistics.ofJob(id));
  console.log(`${title.padEnd(14)} ${String(rows[0].count).padStart(9)} runs   ledger ${ledgerMs.toFixed(1).padStart(8)} ms   statistics ${statisticsMs.toFixed(1).padStart(6)} ms`);
}

async function bench(url) {
  await migrateDatabase(url);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const database = new Database({ url, poolSize: 2, applicationName: 'takt-bench', statementTimeoutMs: 600_000 });
  try {
    await fill(client);
    console.log(`${executions} executions of ${JOBS} jobs`);
    const { hours, msPerHour } = await rollUp(client, database);
    console.log(`summed up ${hours} hours, ${msPerHour.toFixed(1)} ms each`);
    const { rows } = await client.query("select id from scheduled_job where name in ('bench 1', 'bench 10', 'bench 1000') order by number");
    const statistics = new PostgresStatisticsRepository(database);
    for (const [index, title] of ['hottest job', '10th job', 'coldest job'].entries()) await measure(client, statistics, title, rows[index].id);
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
