import type { DomainError, ErrorCategory, ErrorCode, Violation } from '#domain/errors.js';
import type { DialectErrors, Failure, InputPlace, RenderedError } from '../../http/dialect.js';

const STATUS_OF_CATEGORY: Readonly<Record<ErrorCategory, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  outdated: 412,
  'rate-limited': 429,
  unavailable: 503,
  internal: 500,
};

/** Codes whose violations are answered member by member. */
const MEMBERWISE: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['VALIDATION_FAILED', 'SCHEDULE_INVALID']);

const UNAVAILABLE_RETRY_SECONDS = 5;
const RATE_LIMIT_RETRY_SECONDS = 60;

/** The errors of document 001: `{detail: "…"}`, and for wrong input 422 `{detail: [{loc, msg, type}]}`. */
export const schedulerErrors: DialectErrors = { render };

/** One wrong member, as the API says it. */
export interface WireViolation {
  readonly loc: readonly (string | number)[];
  readonly msg: string;
  readonly type: string;
}

export function presentViolation(place: InputPlace, violation: Violation): WireViolation {
  return { loc: [place, ...violation.path], msg: violation.message, type: violation.kind ?? 'value_error' };
}

function render(failure: Failure): RenderedError {
  switch (failure.kind) {
    case 'domain':
      return ofDomain(failure.error);
    case 'input':
      return unprocessable(failure.place, failure.violations);
    case 'malformed-body':
      return detail(400, 'Request body is not valid JSON');
    case 'bad-url':
      return detail(400, 'The URL cannot be decoded');
    case 'payload-too-large':
      return detail(413, 'Request body is too large');
    case 'unsupported-media-type':
      return detail(415, 'Content-Type must be application/json');
    case 'route-not-found':
      return detail(404, 'Not Found');
    case 'method-not-allowed':
      return detail(405, 'Method Not Allowed');
    case 'rate-limited':
      return detail(429, 'Rate limit exceeded. Try again later.', { 'Retry-After': String(failure.retryAfterSeconds) });
    case 'unexpected':
      return detail(500, `Internal Server Error (reference ${failure.id})`);
  }
}

function ofDomain(error: DomainError): RenderedError {
  if (MEMBERWISE.has(error.code)) {
    return unprocessable('body', error.violations.length > 0 ? error.violations : [{ path: [], message: error.message }]);
  }
  const status = STATUS_OF_CATEGORY[error.category];
  switch (error.category) {
    case 'unauthenticated':
      return detail(status, error.message, { 'WWW-Authenticate': 'Bearer' });
    case 'unavailable':
      return detail(status, 'Service temporarily unavailable', { 'Retry-After': String(UNAVAILABLE_RETRY_SECONDS) });
    case 'rate-limited':
      return detail(status, error.message, { 'Retry-After': String(RATE_LIMIT_RETRY_SECONDS) });
    case 'internal':
      return detail(status, 'Internal Server Error');
    default:
      return detail(status, error.message);
  }
}

function unprocessable(place: InputPlace, violations: readonly Violation[]): RenderedError {
  return { status: 422, body: { detail: violations.map((violation) => presentViolation(place, violation)) } };
}

function detail(status: number, message: string, headers: Readonly<Record<string, string>> = {}): RenderedError {
  return { status, body: { detail: message }, headers };
}
