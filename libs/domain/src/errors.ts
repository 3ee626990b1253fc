/**
 * What kind of failure an error is. Dialects turn categories into status codes; nothing below a dialect knows HTTP.
 * `invalid` is well-formed but wrong, `outdated` rests on a state that is over, `unavailable` means a store did not answer in time.
 */
export type ErrorCategory =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'outdated'
  | 'rate-limited'
  | 'unavailable'
  | 'internal';

/** Every error code of the platform with its category. Codes are stable: clients and logs rely on them. */
export const ERROR_CATEGORIES = {
  VALIDATION_FAILED: 'invalid',
  SCHEDULE_INVALID: 'invalid',
  TASK_FUNCTION_UNKNOWN: 'invalid',
  JOB_TYPE_UNKNOWN: 'invalid',
  JOB_DISABLED: 'invalid',
  DEPENDENCY_CYCLE: 'invalid',
  CHANGE_EMPTY: 'invalid',
  AUTHENTICATION_REQUIRED: 'unauthenticated',
  CREDENTIALS_INVALID: 'unauthenticated',
  TOKEN_INVALID: 'unauthenticated',
  PERMISSION_DENIED: 'forbidden',
  JOB_PROTECTED: 'forbidden',
  JOB_NOT_FOUND: 'not-found',
  EXECUTION_NOT_FOUND: 'not-found',
  WORKER_NOT_FOUND: 'not-found',
  API_KEY_NOT_FOUND: 'not-found',
  USER_NOT_FOUND: 'not-found',
  LAST_ADMIN: 'conflict',
  JOB_AT_CAPACITY: 'conflict',
  JOB_NAME_TAKEN: 'conflict',
  JOB_ACTIVE: 'conflict',
  JOB_COUNT_CHANGED: 'conflict',
  JOB_CHANGED: 'outdated',
  JOB_HAS_DEPENDENTS: 'conflict',
  DEPENDENCIES_UNMET: 'conflict',
  EXECUTION_FINISHED: 'conflict',
  RATE_LIMIT_EXCEEDED: 'rate-limited',
  DATABASE_UNAVAILABLE: 'unavailable',
  QUEUE_UNAVAILABLE: 'unavailable',
  INTERNAL: 'internal',
} as const satisfies Record<string, ErrorCategory>;

export type ErrorCode = keyof typeof ERROR_CATEGORIES;

/** One thing wrong with an input: where it is (`['scheduleConfig','hours']`) and what is wrong in words. */
export interface Violation {
  /** Path inside the input, without the transport's own prefix such as `body`. */
  readonly path: readonly (string | number)[];
  readonly message: string;
  /** Machine-readable kind, `value_error` or `type_error.integer` style. @default 'value_error' */
  readonly kind?: string;
}

/**
 * An error that the platform means: it has a stable code, a message that names the thing and the value (never a secret)
 * and, for bad input, the list of violations. Everything else that is thrown is a defect and ends as `INTERNAL`.
 */
export class DomainError extends Error {
  readonly category: ErrorCategory;

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly violations: readonly Violation[] = [],
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'DomainError';
    this.category = ERROR_CATEGORIES[code];
  }
}
