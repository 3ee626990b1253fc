import type { SchedulerDescription, SchedulerRegistry } from '#application/scheduling/scheduler-status.js';
import type { Logger } from '#observability/logger.js';
import type { Metrics } from '#observability/metrics.js';

const BEAT_MS = 5_000;

/** Says every few seconds that this instance lives, and learns how far its clock is from the database's. */
export class InstanceHeartbeat {
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly self: SchedulerDescription,
    private readonly registry: SchedulerRegistry,
    private readonly log: Logger,
    private readonly metrics: Metrics,
  ) {}

  /** Registers the instance and begins to beat. */
  async start(): Promise<void> {
    await this.registry.register(this.self);
    this.timer = setInterval(() => {
      void this.beat();
    }, BEAT_MS);
  }

  async stop(): Promise<void> {
    if (this.timer !== null) clearInterval(this.timer);
    await this.registry.deregister(this.self.id).catch((error: unknown) => {
      this.log.warn('scheduler.deregister_failed', { error });
    });
  }

  private async beat(): Promise<void> {
    try {
      const skewMs = await this.registry.heartbeat(this.self.id);
      // Taken for dead while the machine slept: it is back.
      if (skewMs === null) await this.registry.register(this.self);
      else this.metrics.setClockSkew(skewMs);
    } catch (error) {
      this.log.warn('scheduler.heartbeat_failed', { error });
    }
  }
}
