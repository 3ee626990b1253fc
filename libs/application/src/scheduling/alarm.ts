import type { Planner } from './planner.js';
import type { PlanStore } from './plan-store.js';

/** The alarm never sleeps longer, milliseconds: a lost notification costs at most this. */
const LONGEST_SLEEP_MS = 1_000;

/**
 * Something is due but was not planned: another instance holds its lock, which takes milliseconds, or this release cannot
 * read its schedule, which lasts. The first look again comes after this, each further one after twice as long, milliseconds.
 */
const OVERDUE_RETRY_MS = 20;

/** After an error, milliseconds. */
const ERROR_PAUSE_MS = 500;

/**
 * The first of the two alarms that wake the planner: sleeps until the smallest `next_fire_at`, by the database's clock but
 * on this machine's monotonic timer, so that a wrong or jumping wall clock cannot move a fire. `rearm` cuts the sleep short
 * when a job changed.
 */
export class Alarm {
  private timer: NodeJS.Timeout | null = null;
  private stopped = true;
  private ringing: Promise<void> = Promise.resolve();
  private overdueRetryMs = OVERDUE_RETRY_MS;

  constructor(
    private readonly planner: Planner,
    private readonly store: PlanStore,
    private readonly onError: (error: unknown) => void,
  ) {}

  start(): void {
    this.stopped = false;
    this.sleep(0);
  }

  /** A job changed: the sleep may be too long now. */
  rearm(): void {
    if (!this.stopped) this.sleep(0);
  }

  /** Stops ringing and waits for a plan that is under way. */
  async stop(): Promise<void> {
    this.stopped = true;
    if (this.timer !== null) clearTimeout(this.timer);
    await this.ringing;
  }

  private sleep(ms: number): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.timer = null;
      this.ringing = this.ring();
    }, ms);
  }

  private async ring(): Promise<void> {
    let pauseMs = ERROR_PAUSE_MS;
    try {
      await this.planner.planDue();
      pauseMs = await this.nextPause();
    } catch (error) {
      this.onError(error);
    }
    // A rearm during the plan has set a timer of its own already.
    if (!this.stopped && this.timer === null) this.sleep(pauseMs);
  }

  private async nextPause(): Promise<number> {
    const untilNext = await this.store.msUntilNextFire();
    const retryMs = this.overdueRetryMs;
    this.overdueRetryMs = OVERDUE_RETRY_MS;
    if (untilNext === null) return LONGEST_SLEEP_MS;
    if (untilNext <= 0) {
      this.overdueRetryMs = Math.min(retryMs * 2, LONGEST_SLEEP_MS);
      return retryMs;
    }
    return Math.min(Math.ceil(untilNext), LONGEST_SLEEP_MS);
  }
}
