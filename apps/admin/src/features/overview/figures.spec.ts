import { describe, expect, it } from 'vitest';
import { differenceText, medianSeconds, progressOf, rateOf } from './figures';

const START = '2026-11-20T12:00:00.000Z';
const after = (seconds: number) => Date.parse(START) + seconds * 1_000;
const took = (...durations: number[]) => durations.map((durationSeconds) => ({ status: 'success' as const, durationSeconds }));
const job = (durations: number[], timeoutSeconds = 100) => ({
  timeoutSeconds,
  recentRuns: took(...durations).map((run, at) => ({ ...run, id: String(at), number: at, reason: null, trigger: 'scheduler', scheduledFor: START, startedAt: START })),
});

describe('rates and differences', () => {
  it('leave cancelled and skipped runs out', () => {
    expect(rateOf({ success: 3, failed: 0, timeout: 1 })).toBe(75);
    expect(rateOf({ success: 0, failed: 0, timeout: 0 })).toBeNull();
  });

  it('are said in words', () => {
    expect(differenceText(5, 2)).toBe('3 more than the day before');
    expect(differenceText(2, 5)).toBe('3 fewer than the day before');
    expect(differenceText(2, 2)).toBe('as many as the day before');
  });
});

describe('the usual duration', () => {
  it('is the median of runs that succeeded', () => {
    expect(medianSeconds(took(9, 1, 5))).toBe(5);
    expect(medianSeconds(took(9, 1, 5, 7))).toBe(6);
    expect(medianSeconds([...took(9, 1), { status: 'failed', durationSeconds: 4 }])).toBeNull();
  });
});

describe('the progress of a run', () => {
  it('is the time used of its limit, with what is left by habit', () => {
    expect(progressOf({ startedAt: START, progress: null }, job([30, 40, 50]), after(25))).toEqual({ share: 0.25, of: 'timeout', elapsedSeconds: 25, remainingSeconds: 15 });
  });

  it('is what the task reports, if it does', () => {
    expect(progressOf({ startedAt: START, progress: 0.6 }, job([]), after(25))).toEqual({ share: 0.6, of: 'reported', elapsedSeconds: 25, remainingSeconds: null });
  });

  it('is full when the limit is over, and promises nothing then', () => {
    expect(progressOf({ startedAt: START, progress: null }, job([30, 40, 50]), after(150))).toMatchObject({ share: 1, remainingSeconds: null });
  });

  it('is not known before the start or without a limit', () => {
    expect(progressOf({ startedAt: null, progress: null }, job([]), after(1))).toBeNull();
    expect(progressOf({ startedAt: START, progress: null }, undefined, after(1))).toBeNull();
  });
});
