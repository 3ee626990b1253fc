import type { RateLimiter, RateUsage } from '#application/rate-limiting/rate-limiter.js';
import type { Clock } from '#domain/clock.js';
import { DomainError } from '#domain/errors.js';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { HttpFailure } from '../http/http-failure.js';
import { clientNetwork } from './client-network.js';
import { rateClassOf, type RateClass } from './rate-classes.js';
import type { RequestAuthenticator } from './request-authenticator.js';

export interface RequestLimits {
  readonly limiter: RateLimiter;
  readonly authenticator: RequestAuthenticator;
  readonly clock: Clock;
  readonly classes: readonly RateClass[];
}

/**
 * Counts requests before anything else looks at them, so that unknown routes and bodies that are no JSON count too, says in
 * headers what is left and refuses with 429 when nothing is. Of callers who prove nothing the address is counted, under the
 * same limit. A principal is looked up once a request: the guard gets the answer that was found here.
 */
export function limitRequests(limits: RequestLimits): RequestHandler {
  return (request: Request, response: Response, next: NextFunction): void => {
    const rateClass = rateClassOf(request.path, limits.classes);
    if (rateClass === null) {
      next();
      return;
    }
    count(limits, rateClass, request).then((usage) => {
      // Somebody was looked up for so long that the answer has been given already.
      if (response.headersSent) return;
      next(state({ rateClass, usage, now: limits.clock.now() }, response));
    }, next);
  };
}

async function count({ limiter, authenticator }: RequestLimits, rateClass: RateClass, request: Request): Promise<RateUsage> {
  const caller = rateClass.per === 'address' ? addressOf(request) : await callerOf(authenticator, request);
  return limiter.hit(`${rateClass.name}:${caller}`, rateClass);
}

/** @throws DomainError `DATABASE_UNAVAILABLE`: who it is cannot be found out, and nothing else will work either */
async function callerOf(authenticator: RequestAuthenticator, request: Request): Promise<string> {
  try {
    const { principal } = await authenticator.authenticate(request);
    return principal.apiKeyId === null ? `user:${principal.userId}` : `key:${principal.apiKeyId}`;
  } catch (error) {
    if (error instanceof DomainError && error.category === 'unauthenticated') return addressOf(request);
    throw error;
  }
}

function addressOf(request: Request): string {
  return `ip:${clientNetwork(request.ip)}`;
}

/** Sets the headers. @returns the failure when the limit is exceeded */
function state(at: { rateClass: RateClass; usage: RateUsage; now: Date }, response: Response): HttpFailure | undefined {
  const { limit } = at.rateClass;
  const { count: used, resetInMs } = at.usage;
  const resetSeconds = Math.ceil((at.now.getTime() + resetInMs) / 1000);
  response.setHeader('X-RateLimit-Limit', String(limit));
  response.setHeader('X-RateLimit-Remaining', String(Math.max(0, limit - used)));
  response.setHeader('X-RateLimit-Reset', String(resetSeconds));
  if (used <= limit) return undefined;
  const retryAfterSeconds = Math.max(1, Math.ceil(resetInMs / 1000));
  return new HttpFailure({ kind: 'rate-limited', limit, resetAt: new Date(resetSeconds * 1000), retryAfterSeconds });
}
