import type { ExecutionId } from '#domain/ids.js';
import type { Claim } from './execution-ledger.js';
import { StopReason } from './executor.js';
import type { LazyAbortController } from './lazy-abort-controller.js';

/** An attempt that runs in this process. */
export interface RunningAttempt {
  readonly claim: Claim;
  readonly abort: LazyAbortController;
  /** Monotonic time before which the lease was last granted or renewed. */
  renewedAtMs: number;
  /** As last reported and not yet stored; null when nothing new. */
  progress: number | null;
}

/**
 * The attempts that run in this process, and the way to stop them. There can be two of one execution for a moment: the
 * lease of the first ran out, and the next attempt was claimed by the same process.
 */
export class RunningSet {
  private readonly attempts = new Set<RunningAttempt>();
  private readonly newest = new Map<ExecutionId, RunningAttempt>();

  get size(): number {
    return this.attempts.size;
  }

  /** An older attempt of the same execution lost its right by this one's claim and is stopped. */
  add(attempt: RunningAttempt): void {
    const { executionId } = attempt.claim;
    if (this.newest.has(executionId)) this.stop(executionId, new StopReason('fenced', 'a newer attempt was claimed'));
    this.attempts.add(attempt);
    this.newest.set(executionId, attempt);
  }

  remove(attempt: RunningAttempt): void {
    this.attempts.delete(attempt);
    if (this.newest.get(attempt.claim.executionId) === attempt) this.newest.delete(attempt.claim.executionId);
  }

  list(): RunningAttempt[] {
    return [...this.attempts];
  }

  /** Stops one execution if it runs here. */
  stop(executionId: ExecutionId, reason: StopReason): void {
    for (const { claim, abort } of this.attempts) if (claim.executionId === executionId) abort.abort(reason);
  }

  stopAll(reason: StopReason): void {
    for (const { abort } of this.attempts) abort.abort(reason);
  }
}
