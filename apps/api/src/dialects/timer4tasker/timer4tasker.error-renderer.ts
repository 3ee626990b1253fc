import type { DomainError, ErrorCategory, Violation } from '#domain/errors.js';
import type { DialectErrors, Failure, RenderedError } from '../../http/dialect.js';

/** As ruled: everything that the caller did wrong is 400 (422 and 409 do not exist here), but an unknown id, which is 404. */
const STATUS_OF_CATEGORY: Readonly<Record<ErrorCategory, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 400,
  outdated: 400,
  'rate-limited': 429,
  unavailable: 503,
  internal: 500,
};

/** Members of jobs by the names that they have here. */
const MEMBER_NAMES: readonly (readonly [prefix: readonly string[], name: string])[] = [
  [['scheduleConfig', 'expression'], 'schedule'],
  [['scheduleConfig'], 'schedule'],
  [['taskArgs'], 'config'],
];

const RETRY_SECONDS = '5';

/** The errors of document 000: `{success: false, message}`. */
export const timer4taskerErrors: DialectErrors = { render };

function render(failure: Failure): RenderedError {
  switch (failure.kind) {
    case 'domain':
      return ofDomain(failure.error);
    case 'input':
      return refused(400, inWords(failure.violations));
    case 'malformed-body':
      return refused(400, 'The request body is not valid JSON');
    case 'bad-url':
      return refused(400, 'The URL cannot be decoded');
    case 'unsupported-media-type':
      return refused(400, 'The request body must be application/json');
    case 'payload-too-large':
      return refused(413, 'The request body is too large');
    case 'route-not-found':
      return refused(404, 'There is nothing at this path');
    case 'method-not-allowed':
      return refused(405, `${failure.method} is not allowed here`);
    case 'rate-limited':
      return { ...refused(429, 'Too many requests'), headers: { 'Retry-After': String(failure.retryAfterSeconds) } };
    case 'unexpected':
      return refused(500, `Internal server error (reference ${failure.id})`);
  }
}

function ofDomain(error: DomainError): RenderedError {
  const rendered = refused(STATUS_OF_CATEGORY[error.category], messageOf(error));
  switch (rendered.status) {
    case 401:
      return { ...rendered, headers: { 'WWW-Authenticate': 'Bearer' } };
    case 429:
    case 503:
      return { ...rendered, headers: { 'Retry-After': RETRY_SECONDS } };
    default:
      return rendered;
  }
}

function messageOf(error: DomainError): string {
  if (error.code === 'JOB_NOT_FOUND') return 'Task not found';
  if (error.category === 'unavailable') return 'Service temporarily unavailable';
  if (error.category === 'internal') return 'Internal server error';
  return error.violations.length > 0 ? inWords(error.violations) : error.message;
}

function inWords(violations: readonly Violation[]): string {
  const texts = violations.map(({ path, message }) => (path.length === 0 ? message : `${memberName(path)}: ${message}`));
  return texts.length === 0 ? 'The request is not valid' : [...new Set(texts)].join('; ');
}

function memberName(path: readonly (string | number)[]): string {
  const known = MEMBER_NAMES.find(([prefix]) => prefix.every((part, index) => path[index] === part));
  return known === undefined ? path.join('.') : [known[1], ...path.slice(known[0].length)].join('.');
}

function refused(status: number, message: string): RenderedError {
  return { status, body: { success: false, message } };
}
