import { STORE_DEADLINE_MS } from '#application/rate-limiting/resilient-rate-limiter.js';
import type { Environment } from '#config/environment.js';
import type { Logger } from '#observability/logger.js';

/** What the composition root of the API is given. A class, so that it is a token of injection. */
export class ApiSettings {
  constructor(
    readonly environment: Environment,
    readonly log: Logger,
    /** The planner's two alarms; tests switch one off to show that the other is enough. */
    readonly alarms: { readonly timer: boolean; readonly ticks: boolean } = { timer: true, ticks: true },
    /** How long the store of rate limits is waited for; tests of exact numbers are patient. */
    readonly rateLimitDeadlineMs: number = STORE_DEADLINE_MS,
  ) {}
}
