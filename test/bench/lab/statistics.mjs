/** Statistics of one job over the history that is there (ADR 8): from the ledger alone, and as the API asks. */
import { randomUUID } from 'node:crypto';
import { Database } from '#persistence/database.js';
import { PostgresMaintenanceStore } from '#persistence/scheduling/postgres-maintenance-store.js';
import { PostgresStatisticsRepository } from '#persistence/statistics/postgres-statistics.repository.js';
import { one } from './jobs.mjs';
import { median } from './stats.mjs';

const CALLS = 15;
const PLACES = { 'hottest job': 1, '10th job': 10, 'coldest job': 1_000 };

const FROM_LEDGER = `
  select count(*), count(*) filter (where status = 'success'), avg(finished_at - started_at), min(finished_at - started_at),
         max(finished_at - started_at), max(finished_at) filter (where status = 'success'),
         count(*) filter (where finished_at >= now() - interval '24 hours')
    from execution where job_id = $1 and status <> 'skipped'`;

const A_DAY_AGO = `date_trunc('hour', now(), 'UTC') - interval '24 hours'`;

const FILL = `
  insert into execution_rollup (job_id, hour, status, count, timed, sum_ms, min_ms, max_ms, last_at)
  select job_id, date_trunc('hour', finished_at, 'UTC'), status, count(*), count(ms), coalesce(sum(ms), 0), min(ms), max(ms),
         max(finished_at)
    from execution, lateral (select (extract(epoch from date_trunc('milliseconds', finished_at) - date_trunc('milliseconds', started_at)) * 1000)::bigint) as d(ms)
   where finished_at < ${A_DAY_AGO} and status <> 'skipped'
   group by 1, 2, 3`;

/** Sums up the hours, then asks. @returns by job: runs, and ms in either way (medians of 15) */
export async function measureStatistics({ pool, url }) {
  const database = new Database({ url, poolSize: 2, applicationName: 'takt-bench', statementTimeoutMs: 600_000 });
  try {
    await rollUp(pool, database);
    const statistics = new PostgresStatisticsRepository(database);
    const results = {};
    for (const [title, place] of Object.entries(PLACES)) {
      const { id, runs } = await jobAt(pool, place);
      const ledgerMs = await medianOf(() => pool.query({ name: 'from-ledger', text: FROM_LEDGER, values: [id] }));
      results[title] = { runs, ledgerMs, statisticsMs: await medianOf(() => statistics.ofJob(id)) };
    }
    return results;
  } finally {
    await database.close();
  }
}

/** Most hours as the migration does it, all at once, and the last day hour by hour by the leader's code. */
async function rollUp(pool, database) {
  const reign = { holder: randomUUID(), term: 1_000 };
  await pool.query('delete from execution_rollup');
  await pool.query(FILL);
  await pool.query(`update execution_rollup_progress set until = ${A_DAY_AGO}`);
  await pool.query(`update leader_lease set holder = $1, term = $2, expires_at = now() + interval '1 day'`, [reign.holder, reign.term]);
  const store = new PostgresMaintenanceStore(database);
  for (let added = 1; added > 0; ) added = await store.rollUp(reign, 24);
  await pool.query('vacuum analyze execution_rollup');
}

async function jobAt(pool, place) {
  return one(
    pool,
    `select job_id as id, count(*)::int as runs from execution group by job_id order by count(*) desc
      offset (select least($1, count(distinct job_id)) - 1 from execution) limit 1`,
    [place],
  );
}

async function medianOf(ask) {
  const times = [];
  for (let call = 0; call < CALLS; call += 1) {
    const from = performance.now();
    await ask();
    times.push(performance.now() - from);
  }
  return median(times);
}
