import { HttpException } from '@nestjs/common';
import { DomainError } from '#domain/errors.js';
import { RateLimitError } from '#domain/rate-limit-error.js';
import type { Failure } from './dialect.js';
import { HttpFailure } from './http-failure.js';

/** The request line, as far as failures name it. */
export interface RequestLine {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
}

/** Tells what a thrown value means to a caller; null when it is a defect of ours. */
export function failureOf(thrown: unknown, line: RequestLine): Failure | null {
  if (thrown instanceof HttpFailure) return thrown.failure;
  if (thrown instanceof RateLimitError) return rateLimited(thrown);
  if (thrown instanceof DomainError) return thrown.category === 'internal' ? null : { kind: 'domain', error: thrown };
  return thrown instanceof HttpException ? frameworkFailure(thrown, line) : null;
}

/** Nest, Express and the body parser say what they mean by a status and the cause. */
function frameworkFailure(exception: HttpException, line: RequestLine): Failure | null {
  if (exception.cause instanceof HttpFailure) return exception.cause.failure;
  switch (exception.getStatus()) {
    case 400:
      return exception.cause instanceof URIError ? { kind: 'bad-url' } : { kind: 'malformed-body' };
    case 404:
      return { kind: 'route-not-found', ...line };
    case 405:
      return { kind: 'method-not-allowed', ...line };
    case 413:
      return { kind: 'payload-too-large' };
    case 415:
      return { kind: 'unsupported-media-type' };
    default:
      return null;
  }
}

function rateLimited({ limit, resetAt, retryAfterMs }: RateLimitError): Failure {
  return { kind: 'rate-limited', limit, resetAt, retryAfterSeconds: Math.max(1, Math.ceil(retryAfterMs / 1000)) };
}
