import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AttemptEnd } from './outcome.js';
import { backoffDelayMs, decideAfterAttempt, type Backoff, type RetryPolicy } from './retry.js';

const BACKOFF: Backoff = { kind: 'fixed', delayMs: 1_000, factor: 2, maxDelayMs: 60_000, jitter: 0 };
const policy = (retryCount: number, backoff: Partial<Backoff> = {}): RetryPolicy => ({ retryCount, backoff: { ...BACKOFF, ...backoff } });

const FAILED: AttemptEnd = { kind: 'failed', error: 'broken' };
const TIMED_OUT: AttemptEnd = { kind: 'timed-out', error: 'too long' };

const backoffs = fc.record({
  kind: fc.constantFrom('fixed', 'exponential'),
  delayMs: fc.integer({ min: 0, max: 86_400_000 }),
  factor: fc.double({ min: 1, max: 10, noNaN: true }),
  maxDelayMs: fc.integer({ min: 0, max: 86_400_000 }),
  jitter: fc.double({ min: 0, max: 1, noNaN: true }),
});
const randoms = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('after an attempt', () => {
  it.each<[string, AttemptEnd, number, string]>([
    ['a success', { kind: 'succeeded', result: null }, 3, 'success'],
    ['a cancellation', { kind: 'cancelled', error: 'on request' }, 3, 'cancelled'],
    ['a failure without retries left', FAILED, 0, 'failed'],
    ['a timeout without retries left', TIMED_OUT, 0, 'timeout'],
    ['a failure that no attempt can help', { kind: 'failed', error: 'no such file', retryable: false }, 3, 'failed'],
  ])('%s ends the execution', (_words, outcome, retries, status) => {
    expect(decideAfterAttempt(outcome, 1, policy(retries), 0.5)).toEqual({ kind: 'finish', status });
  });

  it.each([FAILED, TIMED_OUT, { kind: 'failed', error: 'x', retryable: true } as const])('$kind is tried again while attempts are left', (outcome) => {
    expect(decideAfterAttempt(outcome, 3, policy(3), 0.5)).toEqual({ kind: 'retry', delayMs: 1_000 });
    expect(decideAfterAttempt(outcome, 4, policy(3), 0.5).kind).toBe('finish');
  });

  it('an execution has exactly 1 + retryCount attempts', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 50 }), fc.constantFrom(FAILED, TIMED_OUT), randoms, (retryCount, outcome, random) => {
        let attempt = 1;
        while (decideAfterAttempt(outcome, attempt, policy(retryCount), random).kind === 'retry') attempt += 1;
        expect(attempt).toBe(1 + retryCount);
      }),
    );
  });
});

describe('the wait before the next attempt', () => {
  it('is the same each time when fixed, and grows when exponential, up to its limit', () => {
    const waits = (backoff: Partial<Backoff>): number[] => [1, 2, 3, 4].map((attempt) => backoffDelayMs({ ...BACKOFF, ...backoff }, attempt, 0.5));
    expect(waits({})).toEqual([1_000, 1_000, 1_000, 1_000]);
    expect(waits({ kind: 'exponential', factor: 3, maxDelayMs: 10_000 })).toEqual([1_000, 3_000, 9_000, 10_000]);
  });

  it('spreads by the jitter around the wait', () => {
    const jittered = { ...BACKOFF, jitter: 0.2 };
    expect(backoffDelayMs(jittered, 1, 0)).toBe(800);
    expect(backoffDelayMs(jittered, 1, 0.5)).toBe(1_000);
    expect(backoffDelayMs(jittered, 1, 0.999_999)).toBe(1_200);
  });

  it('is a whole number that lies in [1 - jitter, 1 + jitter] of a wait below the limit', () => {
    fc.assert(
      fc.property(backoffs, fc.integer({ min: 1, max: 500 }), randoms, (backoff, attempt, random) => {
        const delayMs = backoffDelayMs(backoff, attempt, random);
        expect(Number.isSafeInteger(delayMs)).toBe(true);
        expect(delayMs).toBeGreaterThanOrEqual(0);
        expect(delayMs).toBeLessThanOrEqual(Math.ceil(backoff.maxDelayMs * (1 + backoff.jitter)));
        const plain = backoffDelayMs({ ...backoff, jitter: 0 }, attempt, random);
        expect(delayMs).toBeGreaterThanOrEqual(Math.floor(plain * (1 - backoff.jitter)) - 1);
        expect(delayMs).toBeLessThanOrEqual(Math.ceil(plain * (1 + backoff.jitter)) + 1);
      }),
    );
  });

  it('never shrinks from attempt to attempt without jitter', () => {
    fc.assert(
      fc.property(backoffs, fc.integer({ min: 1, max: 400 }), (backoff, attempt) => {
        const plain = { ...backoff, jitter: 0 };
        expect(backoffDelayMs(plain, attempt + 1, 0)).toBeGreaterThanOrEqual(backoffDelayMs(plain, attempt, 0));
      }),
    );
  });
});
