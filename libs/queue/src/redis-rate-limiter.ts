import { RateLimiter, type RateRule, type RateUsage } from '#application/rate-limiting/rate-limiter.js';
import type { QueueBackend } from './queue-backend.js';

/**
 * One atomic script: the first hit of a window sets its end. Expired keys go by themselves. A key that lost its expiry (a
 * restored dump) gets a new one instead of refusing for ever.
 */
const HIT_SCRIPT = `
  local count = redis.call('INCR', KEYS[1])
  local rest = redis.call('PTTL', KEYS[1])
  if count == 1 or rest < 0 then
    redis.call('PEXPIRE', KEYS[1], ARGV[1])
    rest = tonumber(ARGV[1])
  end
  return {count, rest}`;

/** Longest time that the script is waited for, milliseconds. Whoever counts gives up sooner. */
const DEADLINE_MS = 3_000;

/** Counts in Redis, beside the queues. Only for a backend on Redis. */
export class RedisRateLimiter extends RateLimiter {
  constructor(private readonly backend: QueueBackend) {
    super();
  }

  async hit(key: string, rule: RateRule): Promise<RateUsage> {
    const answer = await this.backend.within(DEADLINE_MS, async () =>
      this.backend.runScript({ name: 'taktRateLimitHit', script: HIT_SCRIPT, key: `rate-limit:${key}`, argument: rule.windowMs }),
    );
    const [count, resetInMs] = answer as [number, number];
    return { count, resetInMs };
  }
}
