import type { Worker } from 'bullmq';
import type { QueueBackend } from './queue-backend.js';
import { TICKS_QUEUE, type TickPayload } from './queue-names.js';

const CONCURRENCY = 50;
const LOCK_MS = 20_000;
const STALLED_CHECK_MS = 10_000;

/**
 * The second alarm: takes the job schedulers' ticks and wakes the planner. A tick is done as soon as it was heard; what it
 * found is recorded by the plan, and the next tick is made by BullMQ when this one starts.
 */
export class TickConsumer {
  private readonly worker: Worker<TickPayload>;

  constructor(backend: QueueBackend, onTick: (tick: TickPayload) => void) {
    this.worker = backend.worker<TickPayload>(
      TICKS_QUEUE,
      // eslint-disable-next-line @typescript-eslint/require-await -- BullMQ wants a promise; there is nothing to wait for
      async (job) => {
        onTick(job.data);
      },
      { concurrency: CONCURRENCY, lockDuration: LOCK_MS, stalledInterval: STALLED_CHECK_MS, maxStalledCount: 10 },
    );
  }

  start(): void {
    void this.worker.run();
  }

  async stop(): Promise<void> {
    await this.worker.close();
  }
}
