/**
 * Keeps a rate limiter from being the reason why the API does not answer. The shared store is waited for 250 ms at most;
 * when it fails or is late, this process counts on by itself, from the last count it knows, and leaves the store alone for a
 * second. Limits are then those of each instance, which is less than promised and more than none; one line in the log says
 * when that begins and ends.
 *
 * Ruled out: refusing requests while the store is away (a counter would take the API down) and letting everything through
 * (whoever can overload the store could then guess passwords at will).
 */
import type { Clock } from '#domain/clock.js';
import type { MemoryRateLimiter } from './memory-rate-limiter.js';
import { RateLimiter, type RateRule, type RateUsage } from './rate-limiter.js';

/** The store is waited for at most, milliseconds. */
export const STORE_DEADLINE_MS = 250;
/** After a failure the store is not asked for, milliseconds. */
export const STORE_PAUSE_MS = 1_000;

export interface RateLimiterObserver {
  /** The shared store does not answer; this process counts alone. */
  lost(error: unknown): void;
  /** The shared store counts again. */
  found(): void;
}

export class ResilientRateLimiter extends RateLimiter {
  private askAgainAtMs = 0;
  private isLost = false;

  constructor(
    private readonly shared: RateLimiter,
    private readonly own: MemoryRateLimiter,
    private readonly clock: Clock,
    private readonly observer: RateLimiterObserver,
    private readonly deadlineMs: number = STORE_DEADLINE_MS,
  ) {
    super();
  }

  /** Never rejects, and answers within the deadline. */
  override async hit(key: string, rule: RateRule): Promise<RateUsage> {
    if (this.isLost && this.clock.monotonicMs() < this.askAgainAtMs) return this.own.hit(key, rule);
    try {
      const usage = await withinDeadline(this.shared.hit(key, rule), this.deadlineMs);
      this.own.learn(key, usage);
      if (this.isLost) this.observer.found();
      this.isLost = false;
      return usage;
    } catch (error) {
      this.askAgainAtMs = this.clock.monotonicMs() + STORE_PAUSE_MS;
      if (!this.isLost) this.observer.lost(error);
      this.isLost = true;
      return this.own.hit(key, rule);
    }
  }
}

async function withinDeadline<Value>(answer: Promise<Value>, ms: number): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`no answer within ${String(ms)} ms`));
    }, ms);
  });
  answer.catch(() => undefined);
  try {
    return await Promise.race([answer, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
