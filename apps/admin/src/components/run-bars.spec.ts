import { describe, expect, it } from 'vitest';
import type { RunMark, Status } from '@/api/types';
import { barShares, summaryOf } from './run-bars';

const run = (status: Status): RunMark => ({ id: status, number: 1, status, reason: null, trigger: 'scheduler', scheduledFor: '', startedAt: null, durationSeconds: 1 });

describe('heights of the bars', () => {
  it('span the whole height, by logarithm', () => {
    const shares = barShares([0.1, 1, 10]);
    expect(shares[0]).toBeCloseTo(0.22);
    expect(shares[1]).toBeCloseTo(0.61);
    expect(shares[2]).toBeCloseTo(1);
  });

  it('are even when the durations are', () => {
    expect(barShares([5, 5.01, 5])).toEqual([0.7, 0.7, 0.7]);
  });

  it('are smallest without a duration', () => {
    expect(barShares([null, 1, 100])[0]).toBeCloseTo(0.22);
    expect(barShares([null])).toEqual([0.22]);
    expect(barShares([])).toEqual([]);
  });

  it('bear a duration of nothing', () => {
    expect(barShares([0, 1]).every((share) => share >= 0.22 && share <= 1)).toBe(true);
  });
});

describe('the summary', () => {
  it('counts, most frequent first', () => {
    expect(summaryOf([run('failed'), run('success'), run('success')])).toBe('Last 3 runs: 2 succeeded, 1 failed.');
  });
  it('says when there is none', () => {
    expect(summaryOf([])).toBe('No runs yet.');
  });
});
