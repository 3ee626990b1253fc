import { describe, expect, it } from 'vitest';
import { measureSkew } from './clock-skew.js';

const AT = 1_800_000_000_000;

/** The skew that is found when the database says `databaseMs`, with the question and the answer at those times of this clock. */
const skew = async (databaseMs: number, askedMs: number, answeredMs: number): Promise<number | null> => {
  const times = [askedMs, answeredMs];
  return measureSkew(() => Promise.resolve(new Date(AT + databaseMs)), () => AT + (times.shift() ?? 0));
};

describe('the difference of the clocks', () => {
  it('is none while the time of the database lies between question and answer, however long that took', async () => {
    expect(await Promise.all([skew(1, 0, 2), skew(0, 0, 2), skew(10_000, 0, 10_126), skew(5, 0, 10_000)])).toEqual([0, 0, 0, 0]);
  });

  it('is what both times of this clock are ahead or behind at least', async () => {
    expect(await skew(0, 3_600_000, 3_600_004)).toBe(3_600_000);
    expect(await skew(0, -5_000, -4_990)).toBe(-4_990);
  });

  it('is unknown without an answer', async () => {
    expect(await measureSkew(() => Promise.resolve(undefined))).toBeNull();
  });
});
