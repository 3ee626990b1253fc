import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { DomainError } from '#domain/errors.js';
import type { Logger } from '#observability/logger.js';
import type { Request, Response } from 'express';
import { allowedMethods } from './allowed-methods.js';
import type { Failure } from './dialect.js';
import type { DialectRouter } from './dialect-router.js';
import { failureOf, type RequestLine } from './failure-of.js';
import { requestIdOf } from './request-id.js';

/**
 * The one exception filter. Filters of controllers never see unknown routes, malformed JSON or undecodable URLs, so this
 * one takes everything and asks the path's dialect for the words. What it does not recognise is a defect: it is logged
 * once, with an id, and the caller learns the id and nothing else.
 */
@Catch()
export class FailureFilter implements ExceptionFilter {
  constructor(
    private readonly dialects: DialectRouter,
    private readonly log: Logger,
  ) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    // Answered already, when its time was up (see `answerInTime`): nobody is left to tell.
    if (response.writableEnded) return;
    const line: RequestLine = { method: request.method, path: request.originalUrl.split('?', 1)[0] ?? '/' };
    const failure = this.interpret(thrown, line, response);
    if (response.headersSent) {
      // A stream that broke midway: cutting it is the only way left to say so.
      response.destroy();
      return;
    }
    this.answer(withMethods(failure, request, response), line.path, response);
  }

  private interpret(thrown: unknown, line: RequestLine, response: Response): Failure {
    const failure = failureOf(thrown, line);
    const id = requestIdOf(response);
    if (failure === null) {
      this.log.error('http.unexpected_error', { requestId: id, ...line, error: thrown });
      return { kind: 'unexpected', id };
    }
    if (thrown instanceof DomainError && thrown.category === 'unavailable') {
      this.log.warn('http.store_unavailable', { requestId: id, ...line, error: thrown });
    }
    return failure;
  }

  private answer(failure: Failure, path: string, response: Response): void {
    const { status, body, headers } = this.dialects.errorsFor(path).render(failure);
    for (const [name, value] of Object.entries(headers ?? {})) response.setHeader(name, value);
    response.status(status).json(body);
  }
}

/** A path that exists under another method is answered 405 and `Allow`, not 404. */
function withMethods(failure: Failure, request: Request, response: Response): Failure {
  if (failure.kind !== 'route-not-found') return failure;
  const methods = allowedMethods((request.app as { router?: unknown }).router, failure.path);
  if (methods.length === 0) return failure;
  response.setHeader('Allow', methods.join(', '));
  return { ...failure, kind: 'method-not-allowed' };
}
