import type { ExecutionId } from '#domain/ids.js';
import type { Claim } from './execution-ledger.js';
import { StopReason } from './executor.js';

/** An attempt that runs in this process. */
export interface RunningAttempt {
  readonly claim: Claim;
  readonly abort: AbortController;
  /** As last reported and not yet stored; null when nothing new. */
  progress: number | null;
}

/** The attempts that run in this process, and the way to stop them. */
export class RunningSet {
  private readonly attempts = new Map<ExecutionId, RunningAttempt>();

  get size(): number {
    return this.attempts.size;
  }

  add(attempt: RunningAttempt): void {
    this.attempts.set(attempt.claim.executionId, attempt);
  }

  /** Takes an attempt off; a newer attempt of the same execution stays. */
  remove(attempt: RunningAttempt): void {
    if (this.attempts.get(attempt.claim.executionId) === attempt) this.attempts.delete(attempt.claim.executionId);
  }

  list(): RunningAttempt[] {
    return [...this.attempts.values()];
  }

  /** Stops one execution if it runs here. */
  stop(executionId: ExecutionId, reason: StopReason): void {
    this.attempts.get(executionId)?.abort.abort(reason);
  }

  stopAll(reason: StopReason): void {
    for (const { abort } of this.attempts.values()) abort.abort(reason);
  }
}
