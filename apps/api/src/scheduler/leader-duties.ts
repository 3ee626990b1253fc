import type { Leadership, Tenure } from '#application/scheduling/leadership.js';
import type { Maintenance } from '#application/scheduling/maintenance.js';

const REPAIR_INTERVAL_MS = 1_500;
const TIDY_INTERVAL_MS = 30_000;

/** Does the maintenance while this instance leads, and nothing while it does not. */
export class LeaderDuties {
  private timer: NodeJS.Timeout | null = null;
  private stopped = true;
  private round: Promise<void> = Promise.resolve();
  private jobsChanged = true;
  private tidiedAtMs = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly leadership: Leadership,
    private readonly maintenance: Maintenance,
  ) {}

  start(): void {
    this.stopped = false;
    this.schedule(0);
  }

  /** Jobs changed: at the next round the queue is told. */
  noteJobChange(): void {
    this.jobsChanged = true;
  }

  /** Elected a moment ago: does not wait for the next round. */
  hurry(): void {
    if (!this.stopped) this.schedule(0);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    if (this.timer !== null) clearTimeout(this.timer);
    await this.round;
  }

  private schedule(ms: number): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.timer = null;
      // A round that was hurried waits for the one before it.
      this.round = this.round.then(async () => this.work()).finally(() => {
        if (!this.stopped && this.timer === null) this.schedule(REPAIR_INTERVAL_MS);
      });
    }, ms);
  }

  private async work(): Promise<void> {
    const reign = this.leadership.current();
    if (reign === null) return;
    const tenure: Tenure = { reign, lasts: () => this.leadership.current()?.term === reign.term };
    const { jobsChanged } = this;
    this.jobsChanged = false;
    await this.maintenance.repair(tenure, jobsChanged);
    if (performance.now() - this.tidiedAtMs < TIDY_INTERVAL_MS) return;
    this.tidiedAtMs = performance.now();
    await this.maintenance.tidy(tenure);
  }
}
