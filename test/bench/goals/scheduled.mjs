/** What the goals of scheduled jobs share: starting either system and reading how late each job started. */
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { once } from 'node:events';
import { join } from 'node:path';
import { ensureFunction, insertJobs, waitForRegistration } from '../lab/jobs.mjs';
import { ROOT } from '../lab/lab.mjs';

export const CONCURRENCY = 100;
const UPSERTS_AT_A_TIME = 100;

/** Raw BullMQ: one worker, one job scheduler a job, its own cron-parser. */
export async function startRaw(lab, { count, repeat }) {
  const stores = await lab.freshStores();
  const connection = new Redis(stores.redisUrl, { maxRetriesPerRequest: null });
  const queue = new Queue('raw', { connection });
  const environment = { PATH: process.env.PATH, REDIS_URL: stores.redisUrl };
  const worker = await lab.start('raw', join(ROOT, 'test/bench/processes/raw-worker.mjs'), { environment, args: ['raw', String(CONCURRENCY)] });
  for (let at = 0; at < count; at += UPSERTS_AT_A_TIME) {
    const some = Array.from({ length: Math.min(UPSERTS_AT_A_TIME, count - at) }, (_, index) => at + index);
    await Promise.all(some.map(async (id) => queue.upsertJobScheduler(`job-${String(id)}`, repeat, { name: 'noop', data: { id } })));
  }
  return {
    /** Starts since the last call: `{ job, dueMs, startedMs }`. */
    starts: async () => {
      const answer = once(worker, 'message');
      worker.send('starts');
      const [{ starts }] = await answer;
      return starts.map(([job, dueMs, startedMs]) => ({ job, dueMs, startedMs }));
    },
    close: async () => {
      await lab.stop('raw');
      await queue.close();
      connection.disconnect();
      await stores.drop();
    },
  };
}

/** The product: one API with the scheduler role, one worker, and jobs whose schedulers are registered. */
export async function startTakt(lab, { count, schedule, nextFireAt, redis = true }) {
  const stores = await lab.freshStores({ redis });
  await ensureFunction(stores);
  await lab.startApi(stores);
  await lab.startWorker(stores, { concurrency: CONCURRENCY });
  await insertJobs(stores, { count, schedule, nextFireAt: nextFireAt() });
  const registrationMs = await waitForRegistration(stores, count);
  return {
    stores,
    registrationMs,
    /** What the ledger has for nominal instants in a span, both ends included. */
    ledger: async (fromMs, toMs) => {
      const { rows } = await stores.pool.query(
        `select job_id as job, extract(epoch from scheduled_for)::float8 * 1000 as due, status, attempt,
                extract(epoch from attempt_started_at)::float8 * 1000 as started
           from execution where scheduled_for between to_timestamp($1::float8 / 1000) and to_timestamp($2::float8 / 1000)`,
        [fromMs, toMs],
      );
      return rows.map(({ job, due, status, attempt, started }) => ({ job, dueMs: Math.round(due), status, attempt, startedMs: started }));
    },
    close: async () => stores.drop(),
  };
}
