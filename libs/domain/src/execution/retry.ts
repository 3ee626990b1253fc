import type { AttemptEnd } from './outcome.js';

/** How long to wait before attempt n + 1. */
export interface Backoff {
  readonly kind: 'fixed' | 'exponential';
  /** Wait before the second attempt, milliseconds. */
  readonly delayMs: number;
  /** Growth per further attempt of `exponential`. @default 2 */
  readonly factor: number;
  /** Longest wait, milliseconds, before jitter. */
  readonly maxDelayMs: number;
  /** Share of the wait that is random, 0..1: the wait lies in `[1 - jitter, 1 + jitter] · wait`. */
  readonly jitter: number;
}

export interface RetryPolicy {
  /** Attempts after the first one. */
  readonly retryCount: number;
  readonly backoff: Backoff;
}

/** What happens to an execution after an attempt ended. */
export type AfterAttempt =
  | { readonly kind: 'finish'; readonly status: 'success' | 'failed' | 'timeout' | 'cancelled' }
  | { readonly kind: 'retry'; readonly delayMs: number };

/** Times that one execution may lose its worker before it is taken for the cause (a poison pill). */
export const LOST_ATTEMPT_LIMIT = 3;

/**
 * Decides what follows an attempt. Failures and timeouts are retried while attempts are left, unless the failure says that
 * another attempt cannot help; successes and cancellations end the execution.
 *
 * @param attempt number of the attempt that ended, from 1
 * @param random number in [0, 1) for the jitter
 */
export function decideAfterAttempt(
  outcome: AttemptEnd,
  attempt: number,
  policy: RetryPolicy,
  random: number,
): AfterAttempt {
  if (outcome.kind === 'succeeded') return { kind: 'finish', status: 'success' };
  if (outcome.kind === 'cancelled') return { kind: 'finish', status: 'cancelled' };
  const status = outcome.kind === 'timed-out' ? 'timeout' : 'failed';
  const hopeless = outcome.kind === 'failed' && outcome.retryable === false;
  if (hopeless || attempt > policy.retryCount) return { kind: 'finish', status };
  return { kind: 'retry', delayMs: backoffDelayMs(policy.backoff, attempt, random) };
}

/**
 * Milliseconds to wait after attempt `attempt` (from 1) failed.
 *
 * @param random number in [0, 1); 0.5 gives the wait without jitter
 */
export function backoffDelayMs(backoff: Backoff, attempt: number, random: number): number {
  // Bounded, because no wait at all grown without bound would be no number.
  const growth = backoff.kind === 'exponential' ? Math.min(backoff.factor ** (attempt - 1), Number.MAX_SAFE_INTEGER) : 1;
  const wait = Math.min(backoff.delayMs * growth, backoff.maxDelayMs);
  return Math.round(wait * (1 + backoff.jitter * (2 * random - 1)));
}
