import type { Clock } from '#domain/clock.js';
import { RateLimiter, type RateRule, type RateUsage } from './rate-limiter.js';

/** Keys that are remembered; beyond it the oldest windows are given up. */
const MAX_KEYS = 10_000;

/** Counts in this process alone: what is left of the limits while the shared store is away. */
export class MemoryRateLimiter extends RateLimiter {
  private readonly windows = new Map<string, { count: number; endsAtMs: number }>();

  constructor(private readonly clock: Clock) {
    super();
  }

  hit(key: string, rule: RateRule): Promise<RateUsage> {
    const nowMs = this.clock.monotonicMs();
    const known = this.windows.get(key);
    const window = known !== undefined && known.endsAtMs > nowMs ? known : this.open(key, nowMs + rule.windowMs);
    window.count += 1;
    return Promise.resolve({ count: window.count, resetInMs: window.endsAtMs - nowMs });
  }

  /** Takes over what a shared store has counted, to go on from there. */
  learn(key: string, { count, resetInMs }: RateUsage): void {
    const window = this.windows.get(key) ?? this.open(key, 0);
    window.count = count;
    window.endsAtMs = this.clock.monotonicMs() + resetInMs;
  }

  private open(key: string, endsAtMs: number): { count: number; endsAtMs: number } {
    this.windows.delete(key);
    const oldest = this.windows.keys().next();
    if (this.windows.size >= MAX_KEYS && !oldest.done) this.windows.delete(oldest.value);
    const window = { count: 0, endsAtMs };
    this.windows.set(key, window);
    return window;
  }
}
