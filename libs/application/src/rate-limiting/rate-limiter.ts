/** How many requests somebody may send. */
export interface RateRule {
  /** Requests that are served within one window. */
  readonly limit: number;
  /** Length of a window, milliseconds. It begins with the first request after the last window's end. */
  readonly windowMs: number;
}

/** Where somebody stands in the present window. */
export interface RateUsage {
  /** Requests so far, this one included; grows beyond the limit. */
  readonly count: number;
  /** Until the window ends, milliseconds, at least 0. */
  readonly resetInMs: number;
}

/**
 * Counts requests, for all instances of the API together. Windows are fixed, as the documented headers say (a limit, a
 * rest, an instant at which all is available again): around the end of a window up to twice the limit can pass.
 */
export abstract class RateLimiter {
  /**
   * Counts one request under `key` and tells where that leaves it. Atomic: parallel calls of all instances get different
   * counts. A new window begins with 1.
   *
   * @param key at most 200 characters; the same key always comes with the same rule
   * @throws DomainError `DATABASE_UNAVAILABLE`, `QUEUE_UNAVAILABLE` when the store does not answer
   */
  abstract hit(key: string, rule: RateRule): Promise<RateUsage>;
}
