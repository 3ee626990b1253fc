import type { Authentication } from '#application/identity/principal.js';
import type { Caller } from '#application/identity/caller.js';
import { DomainError } from '#domain/errors.js';
import type { Request } from 'express';

const AUTHENTICATION: unique symbol = Symbol('takt.authentication');

type MarkedRequest = Request & { [AUTHENTICATION]?: Authentication };

/** Notes on the request who sends it. */
export function setAuthentication(request: Request, authentication: Authentication): void {
  (request as MarkedRequest)[AUTHENTICATION] = authentication;
}

/** Tells who sends the request. @throws DomainError `AUTHENTICATION_REQUIRED` on a public route */
export function authenticationOf(request: Request): Authentication {
  const authentication = (request as MarkedRequest)[AUTHENTICATION];
  if (authentication === undefined) throw new DomainError('AUTHENTICATION_REQUIRED', 'Valid authentication token required');
  return authentication;
}

/** On whose behalf a use case runs for this request. */
export function callerOf(request: Request): Caller {
  return { principal: authenticationOf(request).principal, ip: request.ip ?? null };
}
