/** Wrong passwords that an account may get without any delay. */
export const FREE_LOGIN_FAILURES = 5;
/** Refusal after the first wrong password beyond those; it doubles with each further one. Milliseconds. */
export const FIRST_BACKOFF_MS = 1_000;
/** No refusal lasts longer, so that nobody can lock an account by guessing at it. Milliseconds. */
export const LONGEST_BACKOFF_MS = 60_000;
/** Failures are forgotten this long after the last one. Milliseconds. */
export const FAILURES_FORGOTTEN_MS = 15 * 60_000;

/** An account's wrong passwords in a row. */
export interface FailureCount {
  /** This one included. */
  readonly failures: number;
  /** For how long logins under the name are refused now, milliseconds; 0 = not at all. */
  readonly blockedMs: number;
}

/**
 * Wrong passwords by account name, for all instances together. A name counts whether or not there is such an account:
 * otherwise the refusal would tell who exists.
 */
export abstract class LoginFailures {
  /** For how long logins under the name are refused, milliseconds; 0 = they are not. */
  abstract blockedMs(username: string): Promise<number>;
  /** Counts a wrong password. A failure during a refusal (it came in parallel) counts, but does not make it longer. */
  abstract count(username: string): Promise<FailureCount>;
  /**
   * Forgets the name's failures after a right password, unless the name is refused now because of others that came in
   * meanwhile. @returns for how long it is refused, milliseconds; 0 = forgotten
   */
  abstract forget(username: string): Promise<number>;
}
