import { Injectable } from '@nestjs/common';
import { PlatformStatistics, type SystemStatistics } from '#application/statistics/platform-statistics.js';
import { Clock } from '#domain/clock.js';
import { Logger } from '#observability/logger.js';
import { Metrics } from '#observability/metrics.js';
import { PlatformMetrics } from '#observability/platform-metrics.js';

/** Anybody may scrape: the database is asked at most this often by each process, milliseconds. */
const REMEMBERED_MS = 5_000;
/** A scrape does not wait longer for the database; it then has the values of last time, milliseconds. */
const DEADLINE_MS = 2_000;

/** Reads the numbers of the whole platform into the metrics, when somebody scrapes them. */
@Injectable()
export class PlatformTotals {
  private readonly rendered = new PlatformMetrics();
  private readAtMs = Number.NEGATIVE_INFINITY;
  private reading: Promise<void> | null = null;

  constructor(
    private readonly statistics: PlatformStatistics,
    private readonly metrics: Metrics,
    private readonly clock: Clock,
    private readonly log: Logger,
  ) {}

  /** The documented metrics in Prometheus's text format; empty of values until the database answered once. Never rejects. */
  async render(): Promise<string> {
    if (this.clock.monotonicMs() - this.readAtMs >= REMEMBERED_MS) this.reading ??= this.read();
    if (this.reading !== null) await Promise.race([this.reading, deadline()]);
    return this.rendered.render();
  }

  private async read(): Promise<void> {
    try {
      this.show(await this.statistics.ofSystem());
      this.readAtMs = this.clock.monotonicMs();
    } catch (error) {
      this.log.warn('metrics.totals_unavailable', { error });
    } finally {
      this.reading = null;
    }
  }

  private show(now: SystemStatistics): void {
    this.metrics.setWorkersAlive(now.aliveWorkers);
    this.rendered.set({
      tasks: { active: now.enabledJobs, inactive: now.totalJobs - now.enabledJobs },
      taskRuns: { completed: now.succeededEver, failed: now.failedEver },
      workers: { alive: now.aliveWorkers, down: now.totalWorkers - now.aliveWorkers },
    });
  }
}

async function deadline(): Promise<void> {
  await new Promise<void>((resolve) => setTimeout(resolve, DEADLINE_MS).unref());
}
