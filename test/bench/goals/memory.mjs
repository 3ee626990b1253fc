/** Goal 10. Redis's memory for a registered schedule: the product's own registrar beside `upsertJobScheduler`. */
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { randomUUID } from 'node:crypto';
import { BullmqScheduleRegistrar } from '#queue/bullmq-schedule-registrar.js';
import { QueueBackend } from '#queue/queue-backend.js';
import { rounded } from '../lab/stats.mjs';

const HOURLY = '0 * * * *';

export const memory = {
  title: "Redis's memory for a registered schedule",
  async run(lab, { quick }) {
    const count = quick ? 2_000 : 50_000;
    const raw = await measure(lab, count, registerRaw);
    const takt = await measure(lab, count, registerTakt);
    const ratio = takt.bytes / raw.bytes;
    const time = takt.us / raw.us;
    return {
      size: { count },
      table: { 'raw BullMQ': shown(raw), Takt: shown(takt) },
      verdicts: [
        { goal: '10: bytes per schedule / raw', must: '≤ 1.2', value: rounded(ratio), met: ratio <= 1.2 },
        { goal: '11 (part): time to register / raw', must: '≤ 1.3', value: rounded(time), met: time <= 1.3 },
      ],
      data: { raw, takt },
    };
  },
};

const shown = ({ bytes, us }) => ({ 'bytes a schedule': Math.round(bytes), 'us a schedule': Math.round(us) });

async function measure(lab, count, register) {
  const stores = await lab.freshStores();
  const redis = new Redis(stores.redisUrl);
  const used = async () => Number(/^used_memory:(\d+)/m.exec(await redis.info('memory'))[1]);
  const before = await used();
  const from = performance.now();
  await register(stores, count);
  const us = ((performance.now() - from) * 1_000) / count;
  const bytes = ((await used()) - before) / count;
  redis.disconnect();
  await stores.drop();
  return { bytes, us };
}

async function registerRaw({ redisUrl }, count) {
  const connection = new Redis(redisUrl, { maxRetriesPerRequest: null });
  const queue = new Queue('raw', { connection });
  for (let at = 0; at < count; at += 50) {
    const ids = Array.from({ length: Math.min(50, count - at) }, () => randomUUID());
    await Promise.all(ids.map(async (jobId) => queue.upsertJobScheduler(jobId, { pattern: HOURLY, tz: 'UTC' }, { name: 'tick', data: { jobId } })));
  }
  await queue.close();
  connection.disconnect();
}

async function registerTakt({ redisUrl }, count) {
  const backend = new QueueBackend({ kind: 'redis', url: redisUrl }, (error) => console.error(error));
  const bounded = { schedule: { kind: 'cron', expression: HOURLY, timeZone: 'UTC' }, startAt: null, endAt: null };
  const registrations = Array.from({ length: count }, () => ({ jobId: randomUUID(), scheduleVersion: 1, bounded, nextFireAt: new Date() }));
  await new BullmqScheduleRegistrar(backend).upsert(registrations);
  await backend.close();
}
