/** Credentials that were deleted. */
export interface DeletedCredentials {
  /** Those that went with their session included. */
  readonly refreshTokens: number;
  readonly sessions: number;
  readonly apiKeys: number;
}

/** Agents that were found silent. */
export interface ClosedAgents {
  /** Workers that are marked `down` now and were not before. */
  readonly workers: number;
  /** Scheduler instances whose registration was removed. */
  readonly schedulerInstances: number;
}

/**
 * What the platform's own cleaning functions do to its stores. Everything is idempotent and safe to run twice at a time;
 * ages are measured by the store's clock. Work is done in portions: when `signal` is aborted, the call ends between two of
 * them by throwing the signal's reason, and what was done by then stays done.
 */
export abstract class Housekeeping {
  /**
   * Deletes refresh tokens, login sessions and API keys that expired or were revoked more than `retentionDays` ago. A used
   * refresh token of a login that goes on is kept whatever its age: its coming back must still be known for theft.
   *
   * @param retentionDays 0 or more; 0 deletes all that is expired or revoked now
   */
  abstract deleteExpiredCredentials(retentionDays: number, signal?: AbortSignal): Promise<DeletedCredentials>;

  /**
   * Marks workers without a heartbeat for `timeoutMinutes` as `down` (their next heartbeat says otherwise) and removes the
   * registrations of scheduler instances as silent as that, but for the instance that led last. People's logins are not
   * touched.
   *
   * @param timeoutMinutes 1 or more
   */
  abstract closeSilentWorkers(timeoutMinutes: number): Promise<ClosedAgents>;

  /**
   * Cancels executions that are pending and never started although their nominal time is more than `staleAfterHours` ago,
   * with an error that says so. Those that wait for an instance slot of their job are left alone: their start will come.
   *
   * @param staleAfterHours 1 or more
   * @returns how many were cancelled
   */
  abstract closeStaleExecutions(staleAfterHours: number, signal?: AbortSignal): Promise<number>;
}
