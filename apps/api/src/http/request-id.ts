import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';

const HEADER = 'X-Request-Id';
const ACCEPTABLE = /^[\w.-]{1,64}$/;

/** Gives every response an `X-Request-Id`: the caller's own when it is harmless, else a new one. */
export function assignRequestId(request: Request, response: Response, next: NextFunction): void {
  const given = request.get(HEADER);
  response.setHeader(HEADER, given !== undefined && ACCEPTABLE.test(given) ? given : randomUUID());
  next();
}

/** The id that the response carries; a new one when nothing assigned any. */
export function requestIdOf(response: Response): string {
  const id = response.getHeader(HEADER);
  return typeof id === 'string' ? id : randomUUID();
}
