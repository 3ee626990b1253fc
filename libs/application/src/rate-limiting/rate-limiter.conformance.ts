import { newId } from '#domain/ids.js';
import { describe, expect, it } from 'vitest';
import type { RateLimiter, RateRule } from './rate-limiter.js';

const RULE: RateRule = { limit: 10, windowMs: 60_000 };

/** What every store of rate limits does. `endWindow` ends a window without anybody waiting for it. */
export function describeRateLimiter(name: string, subject: () => { one: RateLimiter; other: RateLimiter; endWindow(key: string): Promise<void> }): void {
  describe(name, () => {
    it('counts from one, and tells when the window ends', async () => {
      const key = `test:${newId<string>()}`;
      const first = await subject().one.hit(key, RULE);
      expect(first.count).toBe(1);
      expect(first.resetInMs).toBeGreaterThan(59_000);
      expect(first.resetInMs).toBeLessThanOrEqual(60_000);
      const second = await subject().one.hit(key, RULE);
      expect(second.count).toBe(2);
      expect(second.resetInMs).toBeLessThanOrEqual(first.resetInMs);
    });

    it('counts for two instances together, also when they count at the same time', async () => {
      const { one, other } = subject();
      const key = `test:${newId<string>()}`;
      const usages = await Promise.all(Array.from({ length: 40 }, async (_, index) => (index % 2 === 0 ? one : other).hit(key, RULE)));
      const counts = usages.map(({ count }) => count).sort((left, right) => left - right);
      expect(counts).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
    });

    it('counts each key for itself', async () => {
      const { one } = subject();
      const [left, right] = [`test:${newId<string>()}`, `test:${newId<string>()}`];
      await one.hit(left, RULE);
      expect((await one.hit(right, RULE)).count).toBe(1);
    });

    it('begins a new window with one when the last has ended', async () => {
      const { one, endWindow } = subject();
      const key = `test:${newId<string>()}`;
      await one.hit(key, RULE);
      await one.hit(key, RULE);
      await endWindow(key);
      const again = await one.hit(key, RULE);
      expect(again.count).toBe(1);
      expect(again.resetInMs).toBeGreaterThan(59_000);
    });
  });
}
