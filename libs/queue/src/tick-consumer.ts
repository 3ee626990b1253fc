import type { Worker } from 'bullmq';
import type { QueueBackend } from './queue-backend.js';
import { TICKS_QUEUE, type TickPayload } from './queue-names.js';

/**
 * Taking a tick makes BullMQ compute and store the next one, which costs more than running an empty job (measured: with 500 jobs
 * every second, two fifths of all CPU). So they are taken slowly, twenty a second: any one of them has everything planned that is due.
 * Either the queue of ticks is empty, and the next one is heard at once, or some wait, and then the planner is woken all the
 * time, whichever they are. At most one tick a job can wait, because taking it makes the next one.
 */
const CONCURRENCY = 2;
const PAUSE_MS = 100;

/** Ticks that come closer together than this wake the planner once, milliseconds. */
const WAKE_INTERVAL_MS = 250;

const LOCK_MS = 20_000;
const STALLED_CHECK_MS = 10_000;

/**
 * The second alarm: takes the job schedulers' ticks and wakes the planner. A tick is done as soon as it was heard; what it
 * found is recorded by the plan, and the next tick is made by BullMQ when this one starts.
 */
export class TickConsumer {
  private readonly worker: Worker<TickPayload>;
  private timer: NodeJS.Timeout | null = null;
  private wokenAtMs = Number.NEGATIVE_INFINITY;

  /** @param wake is called at once for a tick that comes alone, and after every tick at the latest `WAKE_INTERVAL_MS` later */
  constructor(
    backend: QueueBackend,
    private readonly wake: () => void,
  ) {
    this.worker = backend.worker<TickPayload>(TICKS_QUEUE, async () => this.hear(), {
      concurrency: CONCURRENCY,
      lockDuration: LOCK_MS,
      stalledInterval: STALLED_CHECK_MS,
      maxStalledCount: 10,
    });
  }

  start(): void {
    void this.worker.run();
  }

  async stop(): Promise<void> {
    if (this.timer !== null) clearTimeout(this.timer);
    await this.worker.close();
  }

  private async hear(): Promise<void> {
    const sinceMs = performance.now() - this.wokenAtMs;
    if (sinceMs >= WAKE_INTERVAL_MS) this.ring();
    else this.timer ??= setTimeout(() => this.ring(), WAKE_INTERVAL_MS - sinceMs);
    await new Promise((resolve) => {
      setTimeout(resolve, PAUSE_MS);
    });
  }

  private ring(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.wokenAtMs = performance.now();
    this.wake();
  }
}
