import { DomainError } from '#domain/errors.js';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { DialectRouter } from './dialect-router.js';

/** An answer begins at the latest this long after its request, milliseconds. Clients are promised five seconds. */
const ANSWER_DEADLINE_MS = 4_500;
/** A client that is still sending its body is looked at again after this, milliseconds. */
const STILL_SENDING_MS = 500;

/**
 * The last line against stores that neither answer nor fail (a frozen server, a dropped route): whatever waits below, the
 * client gets its 503 in time, in the words of the path's dialect. Stores that refuse connections fail within milliseconds
 * and never come this far. An answer that has begun, such as a stream, may take as long as it likes.
 */
export function answerInTime(dialects: DialectRouter, deadlineMs: number = ANSWER_DEADLINE_MS): RequestHandler {
  return (request: Request, response: Response, next: NextFunction): void => {
    const giveUp = (): void => {
      if (response.headersSent) return;
      if (request.complete) refuse(dialects, request, response);
      else timer = setTimeout(giveUp, STILL_SENDING_MS);
    };
    let timer = setTimeout(giveUp, deadlineMs);
    response.once('close', () => {
      clearTimeout(timer);
    });
    next();
  };
}

/** The handler below may still finish and find that it was answered for; the exception filter ignores what comes of it. */
function refuse(dialects: DialectRouter, request: Request, response: Response): void {
  const error = new DomainError('DATABASE_UNAVAILABLE', 'The database did not answer in time');
  const { status, body, headers } = dialects.errorsFor(request.path).render({ kind: 'domain', error });
  for (const [name, value] of Object.entries(headers ?? {})) response.setHeader(name, value);
  response.status(status).json(body);
}
