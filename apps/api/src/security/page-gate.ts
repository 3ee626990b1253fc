import { principalMay } from '#application/identity/principal.js';
import { DomainError, type ErrorCategory } from '#domain/errors.js';
import { ROLE_PERMISSIONS, permits, type Permission } from '#domain/permissions.js';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { BasicAuthenticator } from './basic-authenticator.js';
import { isForeignWrite } from './same-origin.js';
import type { RequestAuthenticator } from './request-authenticator.js';

/** Middleware before pages that are no route of a controller. */
export interface PageGate {
  readonly basic: BasicAuthenticator;
  readonly bearer: RequestAuthenticator;
}

const READS = new Set(['GET', 'HEAD']);

const STATUS: Partial<Record<ErrorCategory, number>> = {
  unauthenticated: 401,
  forbidden: 403,
  'rate-limited': 429,
  unavailable: 503,
};

/**
 * Lets administrators through to `acting`, and those who may read the system's state to `reading`, by GET and HEAD only. A
 * caller is known by `Authorization: Basic` (which a browser asks for), a bearer token or an API key. A browser sends Basic on
 * its own, also when another site made the request, so that writes from a foreign origin are refused.
 */
export function actOrRead(gate: PageGate, { acting, reading }: { readonly acting: RequestHandler; readonly reading: RequestHandler }): RequestHandler {
  return admitting(async (request) => {
    const may = await knock(gate, request);
    if (may('Admin')) return acting;
    if (!may('SystemRead')) throw new DomainError('PERMISSION_DENIED', 'SystemRead permission required');
    if (!READS.has(request.method)) throw new DomainError('PERMISSION_DENIED', 'Admin permission required');
    return reading;
  });
}

/** Lets everybody with a login through, by the same means. */
export function requireLogin(gate: PageGate): RequestHandler {
  return admitting(async (request) => {
    await knock(gate, request);
    return (_request, _response, next) => {
      next();
    };
  });
}

/** Hands requests over to what `admit` gives for them. */
function admitting(admit: (request: Request) => Promise<RequestHandler>): RequestHandler {
  return (request, response, next) => {
    admit(request).then(
      (handler) => {
        void handler(request, response, next);
      },
      (error: unknown) => {
        refuse(error, response, next);
      },
    );
  };
}

/** Who is it, and what may they do? @throws DomainError when nobody is */
async function knock({ basic, bearer }: PageGate, request: Request): Promise<(permission: Permission) => boolean> {
  if (isForeignWrite(request.method, request.headers)) {
    throw new DomainError('PERMISSION_DENIED', 'Requests from another site are refused');
  }
  const user = await basic.authenticate(request.headers.authorization, request.ip ?? null);
  if (user !== null) return (permission) => permits(ROLE_PERMISSIONS[user.role], permission);
  const { principal } = await bearer.authenticate(request);
  return (permission) => principalMay(principal, permission);
}

function refuse(error: unknown, response: Response, next: NextFunction): void {
  const status = error instanceof DomainError ? STATUS[error.category] : undefined;
  if (!(error instanceof DomainError) || status === undefined) {
    next(error);
    return;
  }
  if (status === 401) response.setHeader('WWW-Authenticate', 'Basic realm="Takt", charset="UTF-8"');
  response.setHeader('Cache-Control', 'no-store');
  response.status(status).type('text/plain').send(error.message);
}
