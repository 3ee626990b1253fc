/**
 * A raw BullMQ worker with its defaults that does nothing and, asked for it, reports how late each job started.
 * argv: queue, concurrency. A job scheduler's due time is in the id of its jobs: `repeat:<scheduler>:<ms>`.
 */
import { Worker } from 'bullmq';
import { Redis } from 'ioredis';

const [queue, concurrency] = process.argv.slice(2);
const connection = new Redis(process.env.REDIS_URL, { maxRetriesPerRequest: null });
let starts = [];

const worker = new Worker(
  queue,
  async (job) => {
    if (job.repeatJobKey === undefined) return;
    const due = Number(job.id.slice(job.id.lastIndexOf(':') + 1));
    starts.push([job.repeatJobKey, due, Date.now()]);
  },
  { connection, concurrency: Number(concurrency) },
);
worker.on('error', (error) => console.error(error));
process.on('message', (message) => {
  if (message !== 'starts') return;
  process.send({ type: 'starts', starts });
  starts = [];
});
for (const ending of ['SIGTERM', 'disconnect']) process.once(ending, () => void worker.close().then(() => process.exit(0)));
await worker.waitUntilReady();
process.send({ type: 'ready' });
