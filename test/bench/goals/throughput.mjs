/**
 * Goals 1 and 2. A backlog of no-ops is loaded while the queue is paused; measured is the time and the CPU from `resume` until
 * the queue is empty. For the product that means claimed, run and recorded, which is checked in the ledger afterwards.
 */
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { join } from 'node:path';
import { BullmqDispatcher } from '#queue/bullmq-dispatcher.js';
import { QueueBackend } from '#queue/queue-backend.js';
import { cpuBetween } from '../lab/cpu.mjs';
import { ensureFunction, cronAt, insertJobs, insertWaiting, one } from '../lab/jobs.mjs';
import { ROOT } from '../lab/lab.mjs';
import { medians, pause, rounded, until } from '../lab/stats.mjs';

const CONCURRENCY = 200;
const JOBS = 1_000;
const DRAIN_MS = 180_000;

export const throughput = { title: 'recorded no-ops a second and their CPU, beside raw BullMQ', run: runOnRedis };
export const postgresThroughput = { title: 'recorded no-ops a second without Redis (for information)', run: runOnPostgres };

async function runOnRedis(lab, { quick, rounds }) {
  const size = quick ? { warmUp: 1_000, count: 5_000 } : { warmUp: 5_000, count: 30_000 };
  const raw = [];
  const takt = [];
  for (let round = 0; round < rounds; round += 1) {
    raw.push(await measureRaw(lab, size));
    takt.push(await measureTakt(lab, size));
  }
  const [rawMedian, taktMedian] = [medians(raw), medians(takt)];
  const rate = taktMedian.perSecond / rawMedian.perSecond;
  const cpu = taktMedian.total / rawMedian.total;
  return {
    size,
    table: { 'raw BullMQ': shown(rawMedian), Takt: shown(taktMedian) },
    verdicts: [
      { goal: '1: recorded no-ops/s at c200 / raw', must: '≥ 0.45', value: rounded(rate), met: rate >= 0.45 },
      { goal: '2: CPU per recorded execution / raw', must: '≤ 1.9', value: rounded(cpu), met: cpu <= 1.9 },
    ],
    data: { raw, takt },
  };
}

async function runOnPostgres(lab, { quick, rounds }) {
  const size = quick ? { warmUp: 200, count: 1_000 } : { warmUp: 500, count: 5_000 };
  const takt = [];
  for (let round = 0; round < rounds; round += 1) takt.push(await measureTakt(lab, size, { redis: false }));
  const taktMedian = medians(takt);
  return {
    size,
    table: { 'Takt on Postgres alone': shown(taktMedian) },
    verdicts: [{ goal: 'recorded no-ops/s, BullMQ on Postgres', must: null, value: Math.round(taktMedian.perSecond), met: null }],
    data: { takt },
  };
}

const shown = ({ perSecond, ...cpu }) => ({ 'per second': Math.round(perSecond), ...Object.fromEntries(Object.entries(cpu).map(([part, us]) => [`us ${part}`, rounded(us, 1)])) });

async function measureRaw(lab, { warmUp, count }) {
  const stores = await lab.freshStores();
  const connection = new Redis(stores.redisUrl, { maxRetriesPerRequest: null });
  const queue = new Queue('raw', { connection });
  const load = async (from, to) => {
    for (let at = from; at < to; at += 500) {
      await queue.addBulk(Array.from({ length: Math.min(500, to - at) }, (_, index) => ({ name: 'noop', data: { id: at + index } })));
    }
  };
  const environment = { PATH: process.env.PATH, REDIS_URL: stores.redisUrl };
  await lab.start('raw', join(ROOT, 'test/bench/processes/raw-worker.mjs'), { environment, args: ['raw', String(CONCURRENCY)] });
  const drain = async (from, to) => drained(lab, { queue, count: to - from, load: async () => load(from, to) });
  await drain(0, warmUp);
  const result = await drain(warmUp, warmUp + count);
  await queue.close();
  connection.disconnect();
  await stores.drop();
  return result;
}

async function measureTakt(lab, { warmUp, count }, { redis = true } = {}) {
  const stores = await lab.freshStores({ redis });
  const options = redis ? { kind: 'redis', url: stores.redisUrl } : { kind: 'postgres', url: stores.url };
  await ensureFunction(stores);
  await insertJobs(stores, { count: JOBS, schedule: cronAt('0 0 1 1 *'), nextFireAt: null, enabled: true });
  await lab.startApi(stores);
  await lab.startWorker(stores, { concurrency: CONCURRENCY });
  const backend = new QueueBackend(options, (error) => console.error(error));
  const dispatcher = new BullmqDispatcher(backend);
  const drain = async (executions) =>
    drained(lab, {
      queue: backend.queue('bench'),
      count: executions,
      load: async () => {
        const items = await insertWaiting(stores, executions);
        for (let at = 0; at < items.length; at += 5_000) await dispatcher.dispatch(items.slice(at, at + 5_000));
        await stores.pool.query('analyze execution');
      },
    });
  await drain(warmUp);
  const result = await drain(count);
  await checkLedger(stores, warmUp + count);
  await backend.close();
  await stores.drop();
  return result;
}

/** Loads a paused queue, lets it go, and measures until it is empty. */
async function drained(lab, { queue, count, load }) {
  await queue.pause();
  await load();
  await pause(1_000);
  const before = lab.cpu();
  const from = performance.now();
  await queue.resume();
  await until(async () => isEmpty(await queue.getJobCounts('wait', 'active', 'prioritized', 'paused')), { withinMs: DRAIN_MS, everyMs: 10, what: 'an empty queue' });
  const ms = performance.now() - from;
  const used = cpuBetween(before, lab.cpu());
  const perJob = Object.fromEntries(Object.entries(used).map(([part, cpuMs]) => [part, (cpuMs * 1_000) / count]));
  return { perSecond: (count * 1_000) / ms, ...perJob };
}

function isEmpty(counts) {
  return Object.values(counts).every((waiting) => waiting === 0);
}

async function checkLedger({ pool }, count) {
  const { recorded } = await one(pool, `select count(*)::int as recorded from execution where status = 'success' and attempt = 1`);
  if (recorded !== count) throw new Error(`${String(recorded)} of ${String(count)} executions are recorded`);
}
