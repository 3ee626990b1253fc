import { principalMay } from '#application/identity/principal.js';
import { DomainError, type ErrorCategory } from '#domain/errors.js';
import { ROLE_PERMISSIONS, permits } from '#domain/permissions.js';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { BasicAuthenticator } from './basic-authenticator.js';
import { isForeignWrite } from './same-origin.js';
import type { RequestAuthenticator } from './request-authenticator.js';

export interface AdminGate {
  readonly basic: BasicAuthenticator;
  readonly bearer: RequestAuthenticator;
}

const STATUS: Partial<Record<ErrorCategory, number>> = {
  unauthenticated: 401,
  forbidden: 403,
  'rate-limited': 429,
  unavailable: 503,
};

/**
 * Express middleware before pages that are no route of ours, such as Bull Board: lets administrators through, known by
 * `Authorization: Basic` (which a browser asks for), a bearer token or an API key. A browser sends Basic on its own, also
 * when another site made the request, so that writes from a foreign origin are refused.
 */
export function requireAdmin(gate: AdminGate): RequestHandler {
  return admitting(async (request) => {
    if (!(await knock(gate, request)).isAdmin) throw new DomainError('PERMISSION_DENIED', 'Admin permission required');
  });
}

/** The same before pages that everybody with a login may see. */
export function requireLogin(gate: AdminGate): RequestHandler {
  return admitting(async (request) => {
    await knock(gate, request);
  });
}

/** Lets requests through that `admit` does not reject. */
function admitting(admit: (request: Request) => Promise<void>): RequestHandler {
  return (request, response, next) => {
    admit(request).then(
      () => {
        next();
      },
      (error: unknown) => {
        refuse(error, response, next);
      },
    );
  };
}

/** Who is it? @throws DomainError when nobody is */
async function knock({ basic, bearer }: AdminGate, request: Request): Promise<{ isAdmin: boolean }> {
  if (isForeignWrite(request.method, request.headers)) {
    throw new DomainError('PERMISSION_DENIED', 'Requests from another site are refused');
  }
  const user = await basic.authenticate(request.headers.authorization, request.ip ?? null);
  if (user !== null) return { isAdmin: permits(ROLE_PERMISSIONS[user.role], 'Admin') };
  return { isAdmin: principalMay((await bearer.authenticate(request)).principal, 'Admin') };
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
