/**
 * Goals 13 and 14. The API's lists beside a bare row-by-row list, every list, count and status at two sizes of the ledger, and
 * the statistics of single jobs at the larger one.
 */
import { join } from 'node:path';
import { firstFreePort, randomPortRange } from '../../../scripts/process/ports.mjs';
import { growHistory } from '../lab/history.mjs';
import { authorization, latency, load } from '../lab/http.mjs';
import { cronAt, ensureFunction, insertJobs, one } from '../lab/jobs.mjs';
import { ROOT } from '../lab/lab.mjs';
import { measureStatistics } from '../lab/statistics.mjs';
import { medians, rounded } from '../lab/stats.mjs';

const API = '/api/v1/scheduler';
const JOBS = 1_000;

export const lists = {
  title: 'lists, counts, status and statistics over a long history',
  async run(lab, options) {
    const { quick } = options;
    const [small, large] = quick ? [20_000, 100_000] : [1_000_000, 5_000_000];
    const stores = await lab.freshStores();
    await ensureFunction(stores);
    await insertJobs(stores, { count: JOBS, schedule: cronAt('0 0 1 1 *'), nextFireAt: new Date(Date.now() + 86_400_000 * 300) });
    const results = {};
    for (const rows of [small, large]) {
      console.log(`  generating ${String(rows)} rows`);
      await growHistory(stores, rows);
      results[rows] = await measure(lab, stores, options);
    }
    const statistics = await measureStatistics(stores);
    await stores.drop();
    return report(results[small], results[large], { small, large }, statistics);
  },
};

async function measure(lab, stores, { quick, rounds }) {
  const url = await lab.startApi(stores);
  const header = await authorization(url);
  const endpoints = {};
  for (const [name, path] of Object.entries(await paths(stores))) {
    endpoints[name] = await latency(`${url}${API}${path}`, { authorization: header, requests: quick ? 20 : 200 });
  }
  const bareUrl = await startBare(lab, stores);
  const throughput = { bare: [], api: [] };
  for (let round = 0; round < rounds; round += 1) {
    const seconds = quick ? 2 : 5;
    throughput.bare.push(await load(lab, `${bareUrl}/list`, { seconds }));
    throughput.api.push(await load(lab, `${url}${API}/executions?per_page=20`, { authorization: header, seconds }));
  }
  await lab.stopProcesses();
  return { endpoints, throughput };
}

async function startBare(lab, { url }) {
  const port = await firstFreePort(randomPortRange(), '127.0.0.1');
  const environment = { PATH: process.env.PATH, DATABASE_URL: url, PORT: String(port) };
  await lab.start('bare-list', join(ROOT, 'test/bench/processes/bare-list.mjs'), { environment });
  return `http://127.0.0.1:${String(port)}`;
}

async function paths({ pool }) {
  const { hot } = await one(pool, 'select job_id as hot from execution group by job_id order by count(*) desc limit 1');
  const { id } = await one(pool, `select id from execution where status = 'failed' limit 1`);
  return {
    'executions, first page': '/executions',
    'executions, page 20 of 50': '/executions?page=20&per_page=50',
    'executions, failed': '/executions?status=failed',
    'executions, skipped': '/executions?status=skipped',
    'executions, success': '/executions?status=success',
    'executions, running': '/executions?status=running',
    "a busy job's executions": `/jobs/${hot}/executions`,
    "a busy job's failed ones": `/jobs/${hot}/executions?status=failed`,
    "a busy job's successes": `/jobs/${hot}/executions?status=success`,
    'one execution': `/executions/${id}`,
    'jobs with their last run': '/jobs?per_page=100',
    'a busy job': `/jobs/${hot}`,
    'scheduler status': '/status',
  };
}

function report(small, large, sizes, statistics) {
  const table = {};
  let worst = { name: '', ratio: 0 };
  for (const [name, { p50 }] of Object.entries(small.endpoints)) {
    const ratio = large.endpoints[name].p50 / p50;
    table[name] = { [`ms at ${String(sizes.small)}`]: rounded(p50), [`ms at ${String(sizes.large)}`]: rounded(large.endpoints[name].p50), ratio: rounded(ratio) };
    if (ratio > worst.ratio) worst = { name, ratio };
  }
  const verdicts = [{ goal: `14: slowest growth (${worst.name})`, must: '≤ 2', value: rounded(worst.ratio), met: worst.ratio <= 2 }];
  for (const [rows, { throughput }] of [[sizes.small, small], [sizes.large, large]]) verdicts.push(...compare(rows, throughput));
  for (const [job, { runs, ledgerMs, statisticsMs }] of Object.entries(statistics)) {
    const goal = `statistics of the ${job} (${String(runs)} of ${String(sizes.large)} runs; ${String(rounded(ledgerMs, 1))} from the ledger alone), ms`;
    verdicts.push({ goal, must: '≤ 50', value: rounded(statisticsMs, 1), met: statisticsMs <= 50 });
  }
  return { size: sizes, table, verdicts, data: { small, large, statistics } };
}

function compare(rows, { bare, api }) {
  const [bareMedian, apiMedian] = [medians(bare), medians(api)];
  const rate = apiMedian.perSecond / bareMedian.perSecond;
  const late = apiMedian.p99 / bareMedian.p99;
  const of = `of ${String(rows)}: ${String(Math.round(apiMedian.perSecond))} against ${String(Math.round(bareMedian.perSecond))} requests/s`;
  return [
    { goal: `13: API list / bare list, 20 ${of}`, must: '≥ 0.9', value: rounded(rate), met: rate >= 0.9 },
    { goal: `13: its p99 / bare list, 20 of ${String(rows)}`, must: '≤ 1.2', value: rounded(late), met: late <= 1.2 },
  ];
}
