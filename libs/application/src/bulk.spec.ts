import { DomainError } from '#domain/errors.js';
import { describe, expect, test } from 'vitest';
import { forEachOf } from './bulk.js';

const REFUSED = new DomainError('JOB_NOT_FOUND', 'no such job');

describe('forEachOf', () => {
  test('visits every item once, a few at a time, and goes on after refusals', async () => {
    const seen: number[] = [];
    let [now, most] = [0, 0];
    const items = Array.from({ length: 25 }, (_, index) => index);
    const refusals = await forEachOf(items, async (item) => {
      now += 1;
      most = Math.max(most, now);
      await Promise.resolve();
      now -= 1;
      seen.push(item);
      if (item % 10 === 3) throw REFUSED;
    });
    expect(seen.sort((a, b) => a - b)).toEqual(items);
    expect(refusals).toEqual([3, 13, 23].map((item) => ({ item, error: REFUSED })));
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(4);
  });

  test.each([new Error('a defect'), new DomainError('DATABASE_UNAVAILABLE', 'away')])('ends with what is no refusal: %s', async (error) => {
    await expect(forEachOf([1, 2], async () => Promise.reject(error))).rejects.toBe(error);
  });
});
