import { DomainError } from './errors.js';

/** Somebody asked too often, and it is known when asking makes sense again. */
export class RateLimitError extends DomainError {
  /**
   * @param limit how often asking was allowed
   * @param resetAt when it is allowed again
   * @param retryAfterMs the same as a duration, milliseconds, above 0
   */
  constructor(
    message: string,
    readonly limit: number,
    readonly resetAt: Date,
    readonly retryAfterMs: number,
  ) {
    super('RATE_LIMIT_EXCEEDED', message);
    this.name = 'RateLimitError';
  }
}
