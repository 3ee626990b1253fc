import type { DomainError, ErrorCode, Violation } from '#domain/errors.js';
import type { DialectErrors, Failure, InputPlace, RenderedError } from '../../http/dialect.js';

/** The error codes of document 002 and those of statuses that it leaves without one. */
type WireCode =
  | 'AUTHENTICATION_REQUIRED'
  | 'INVALID_TOKEN'
  | 'INSUFFICIENT_PERMISSIONS'
  | 'TASK_NOT_FOUND'
  | 'TASK_RUN_NOT_FOUND'
  | 'WORKER_NOT_FOUND'
  | 'NOT_FOUND'
  | 'VALIDATION_ERROR'
  | 'DUPLICATE_TASK_NAME'
  | 'CONFLICT'
  | 'INVALID_SCHEDULE'
  | 'DEPENDENCY_CYCLE'
  | 'DATABASE_ERROR'
  | 'MESSAGE_QUEUE_ERROR'
  | 'RATE_LIMIT_EXCEEDED'
  | 'METHOD_NOT_ALLOWED'
  | 'PAYLOAD_TOO_LARGE'
  | 'UNSUPPORTED_MEDIA_TYPE'
  | 'INTERNAL_ERROR';

interface Wire {
  readonly status: number;
  readonly code: WireCode;
}

/** Statuses and codes as ruled. Total: a new error code of the platform must be placed here. */
const OF_DOMAIN: Readonly<Record<ErrorCode, Wire>> = {
  VALIDATION_FAILED: { status: 422, code: 'VALIDATION_ERROR' },
  SCHEDULE_INVALID: { status: 400, code: 'INVALID_SCHEDULE' },
  TASK_FUNCTION_UNKNOWN: { status: 422, code: 'VALIDATION_ERROR' },
  JOB_TYPE_UNKNOWN: { status: 422, code: 'VALIDATION_ERROR' },
  JOB_DISABLED: { status: 400, code: 'VALIDATION_ERROR' },
  CHANGE_EMPTY: { status: 400, code: 'VALIDATION_ERROR' },
  DEPENDENCY_CYCLE: { status: 400, code: 'DEPENDENCY_CYCLE' },
  AUTHENTICATION_REQUIRED: { status: 401, code: 'AUTHENTICATION_REQUIRED' },
  CREDENTIALS_INVALID: { status: 401, code: 'AUTHENTICATION_REQUIRED' },
  TOKEN_INVALID: { status: 401, code: 'INVALID_TOKEN' },
  PERMISSION_DENIED: { status: 403, code: 'INSUFFICIENT_PERMISSIONS' },
  JOB_PROTECTED: { status: 403, code: 'INSUFFICIENT_PERMISSIONS' },
  JOB_NOT_FOUND: { status: 404, code: 'TASK_NOT_FOUND' },
  EXECUTION_NOT_FOUND: { status: 404, code: 'TASK_RUN_NOT_FOUND' },
  WORKER_NOT_FOUND: { status: 404, code: 'WORKER_NOT_FOUND' },
  API_KEY_NOT_FOUND: { status: 404, code: 'NOT_FOUND' },
  USER_NOT_FOUND: { status: 404, code: 'NOT_FOUND' },
  JOB_AT_CAPACITY: { status: 409, code: 'CONFLICT' },
  JOB_NAME_TAKEN: { status: 409, code: 'DUPLICATE_TASK_NAME' },
  LAST_ADMIN: { status: 409, code: 'CONFLICT' },
  JOB_ACTIVE: { status: 409, code: 'CONFLICT' },
  JOB_HAS_DEPENDENTS: { status: 409, code: 'CONFLICT' },
  JOB_COUNT_CHANGED: { status: 409, code: 'CONFLICT' },
  JOB_CHANGED: { status: 409, code: 'CONFLICT' },
  DEPENDENCIES_UNMET: { status: 409, code: 'CONFLICT' },
  EXECUTION_FINISHED: { status: 409, code: 'CONFLICT' },
  RATE_LIMIT_EXCEEDED: { status: 429, code: 'RATE_LIMIT_EXCEEDED' },
  DATABASE_UNAVAILABLE: { status: 503, code: 'DATABASE_ERROR' },
  QUEUE_UNAVAILABLE: { status: 503, code: 'MESSAGE_QUEUE_ERROR' },
  INTERNAL: { status: 500, code: 'INTERNAL_ERROR' },
};

/** Violations of the body are 422, of the query and the path 400 (rulings, 002). */
const STATUS_OF_PLACE: Readonly<Record<InputPlace, number>> = { body: 422, query: 400, path: 400 };

interface WireError extends Wire {
  readonly message: string;
  readonly details?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The errors of document 002: `{success:false, error:{code,message,details}, timestamp}`. */
export class DistributedErrors implements DialectErrors {
  /** @param now stamps the answers */
  constructor(private readonly now: () => Date) {}

  render(failure: Failure): RenderedError {
    return rendered(worded(failure), this.now());
  }
}

function worded(failure: Failure): WireError {
  switch (failure.kind) {
    case 'domain':
      return ofDomain(failure.error);
    case 'input':
      return { ...validation(STATUS_OF_PLACE[failure.place], 'Request validation failed'), details: detailsOf(failure.violations) };
    case 'malformed-body':
      return validation(400, 'The request body is not valid JSON');
    case 'bad-url':
      return validation(400, 'The URL cannot be decoded');
    case 'payload-too-large':
      return { status: 413, code: 'PAYLOAD_TOO_LARGE', message: 'The request body is too large' };
    case 'unsupported-media-type':
      return { status: 415, code: 'UNSUPPORTED_MEDIA_TYPE', message: 'The request body must be application/json' };
    case 'route-not-found':
      return { status: 404, code: 'NOT_FOUND', message: `${failure.method} ${failure.path} not found` };
    case 'method-not-allowed':
      return { status: 405, code: 'METHOD_NOT_ALLOWED', message: `${failure.method} is not allowed on ${failure.path}` };
    case 'rate-limited':
      return rateLimited(failure.limit, failure.resetAt, failure.retryAfterSeconds);
    case 'unexpected':
      return { status: 500, code: 'INTERNAL_ERROR', message: `Internal server error (${failure.id})` };
  }
}

function ofDomain(error: DomainError): WireError {
  const wire = OF_DOMAIN[error.code];
  const message = wire.status === 500 ? 'Internal server error' : error.message;
  const details = error.violations.length > 0 ? detailsOf(error.violations) : null;
  const headers = wire.status === 429 || wire.status === 503 ? { headers: { 'Retry-After': '1' } } : {};
  return { ...wire, message, details, ...headers };
}

function validation(status: number, message: string): WireError {
  return { status, code: 'VALIDATION_ERROR', message };
}

function rateLimited(limit: number, resetAt: Date, retryAfterSeconds: number): WireError {
  return {
    status: 429,
    code: 'RATE_LIMIT_EXCEEDED',
    message: 'Rate limit exceeded. Try again later.',
    details: { limit, reset_at: resetAt.toISOString() },
    headers: { 'Retry-After': String(retryAfterSeconds) },
  };
}

/** What the platform calls the members of a task. */
const MEMBER_NAMES: Readonly<Record<string, string>> = {
  taskArgs: 'parameters',
  dependsOn: 'dependencies',
};

function detailsOf(violations: readonly Violation[]): { field: string; message: string }[] {
  return violations.map(({ path, message }) => ({ field: fieldOf(path), message }));
}

/** A schedule is one text here, beside its time zone. */
function fieldOf([first, ...rest]: readonly (string | number)[]): string {
  if (first === undefined) return '';
  if (first === 'scheduleConfig') return rest[0] === 'timezone' ? 'timezone' : 'schedule';
  return [MEMBER_NAMES[first] ?? first, ...rest].join('.');
}

function rendered({ status, code, message, details = null, headers }: WireError, now: Date): RenderedError {
  const authenticate = status === 401 ? { 'WWW-Authenticate': 'Bearer' } : {};
  return {
    status,
    body: { success: false, error: { code, message, details }, timestamp: now.toISOString() },
    headers: { ...authenticate, ...headers },
  };
}
