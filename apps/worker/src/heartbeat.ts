import type { RunningSet } from '#application/running/running-set.js';
import type { WorkerDescription, WorkerRegistry, WorkerStatus } from '#application/workers/worker-registry.js';
import type { Logger } from '#observability/logger.js';
import type { Metrics } from '#observability/metrics.js';
import type { QueueConsumers } from './consumers/queue-consumers.js';

const BEAT_MS = 5_000;

/** A worker whose clock is off by more says so and takes nothing new (architecture §7), milliseconds. */
const SKEW_LIMIT_MS = 2_000;

/** Tells the registry every few seconds that this worker lives, what it does, and whether its clock can be trusted. */
export class Heartbeat {
  private timer: NodeJS.Timeout | null = null;
  private status: WorkerStatus = 'alive';
  private self: WorkerDescription | null = null;

  constructor(
    private readonly registry: WorkerRegistry,
    private readonly consumers: QueueConsumers,
    private readonly running: RunningSet,
    private readonly log: Logger,
    private readonly metrics: Metrics,
  ) {}

  /** Registers the worker and begins to beat. */
  async start(self: WorkerDescription): Promise<void> {
    this.self = self;
    await this.registry.register(self);
    this.schedule();
  }

  /** Stops beating by itself and says a last word. */
  async end(status: 'draining' | 'stopped'): Promise<void> {
    this.status = status;
    if (status === 'stopped' && this.timer !== null) clearTimeout(this.timer);
    await this.beat();
  }

  private schedule(): void {
    this.timer = setTimeout(() => {
      void this.beat().then(() => {
        if (this.status !== 'stopped') this.schedule();
      });
    }, BEAT_MS);
  }

  private async beat(): Promise<void> {
    if (this.self === null) return;
    try {
      const state = { status: this.status, slotsInUse: this.running.size };
      const skewMs = await this.registry.heartbeat(this.self.id, state);
      if (skewMs === null) {
        // Taken for dead while the machine slept: it is back.
        await this.registry.register(this.self);
        return;
      }
      this.metrics.setClockSkew(skewMs);
      if (this.status === 'alive' || this.status === 'clock_skew') await this.judgeClock(skewMs);
    } catch (error) {
      this.log.warn('worker.heartbeat_failed', { error });
    }
  }

  private async judgeClock(skewMs: number): Promise<void> {
    const isSkewed = Math.abs(skewMs) > SKEW_LIMIT_MS;
    if (isSkewed && this.status === 'alive') {
      this.status = 'clock_skew';
      this.log.error('worker.clock_skew', { skewMs, limitMs: SKEW_LIMIT_MS });
      await this.consumers.pause();
    } else if (!isSkewed && this.status === 'clock_skew') {
      this.status = 'alive';
      this.log.info('worker.clock_right_again', { skewMs });
      await this.consumers.resume();
    }
    if (this.status === 'alive') await this.consumers.follow();
  }
}
