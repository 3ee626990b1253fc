import { DomainError, ERROR_CATEGORIES, type ErrorCode } from '#domain/errors.js';
import { describe, expect, test } from 'vitest';
import type { Failure } from '../../http/dialect.js';
import { DistributedErrors } from './distributed.error-renderer.js';

const now = new Date('2024-01-01T12:00:00Z');
const render = (failure: Failure): ReturnType<DistributedErrors['render']> => new DistributedErrors(() => now).render(failure);
const statusAndCode = (failure: Failure): [number, string] => {
  const { status, body } = render(failure) as { status: number; body: { error: { code: string } } };
  return [status, body.error.code];
};

describe('DistributedErrors', () => {
  test('renders the example of the document', () => {
    const error = new DomainError('JOB_NOT_FOUND', 'Task with ID 123 not found');
    expect(render({ kind: 'domain', error })).toMatchObject({
      status: 404,
      body: {
        success: false,
        error: { code: 'TASK_NOT_FOUND', message: 'Task with ID 123 not found', details: null },
        timestamp: '2024-01-01T12:00:00.000Z',
      },
    });
  });

  test('renders the rate limit as documented, with Retry-After', () => {
    const resetAt = new Date('2024-01-01T12:01:00Z');
    expect(render({ kind: 'rate-limited', limit: 100, resetAt, retryAfterSeconds: 60 })).toEqual({
      status: 429,
      headers: { 'Retry-After': '60' },
      body: {
        success: false,
        error: {
          code: 'RATE_LIMIT_EXCEEDED',
          message: 'Rate limit exceeded. Try again later.',
          details: { limit: 100, reset_at: '2024-01-01T12:01:00.000Z' },
        },
        timestamp: '2024-01-01T12:00:00.000Z',
      },
    });
  });

  test.each<[ErrorCode, number, string]>([
    ['VALIDATION_FAILED', 422, 'VALIDATION_ERROR'],
    ['SCHEDULE_INVALID', 400, 'INVALID_SCHEDULE'],
    ['DEPENDENCY_CYCLE', 400, 'DEPENDENCY_CYCLE'],
    ['AUTHENTICATION_REQUIRED', 401, 'AUTHENTICATION_REQUIRED'],
    ['CREDENTIALS_INVALID', 401, 'AUTHENTICATION_REQUIRED'],
    ['TOKEN_INVALID', 401, 'INVALID_TOKEN'],
    ['PERMISSION_DENIED', 403, 'INSUFFICIENT_PERMISSIONS'],
    ['EXECUTION_NOT_FOUND', 404, 'TASK_RUN_NOT_FOUND'],
    ['WORKER_NOT_FOUND', 404, 'WORKER_NOT_FOUND'],
    ['JOB_NAME_TAKEN', 409, 'DUPLICATE_TASK_NAME'],
    ['DATABASE_UNAVAILABLE', 503, 'DATABASE_ERROR'],
    ['QUEUE_UNAVAILABLE', 503, 'MESSAGE_QUEUE_ERROR'],
    ['INTERNAL', 500, 'INTERNAL_ERROR'],
  ])('%s is %i %s', (code, status, wireCode) => {
    expect(statusAndCode({ kind: 'domain', error: new DomainError(code, 'because') })).toEqual([status, wireCode]);
  });

  test('words every code of the platform in the envelope', () => {
    for (const code of Object.keys(ERROR_CATEGORIES) as ErrorCode[]) {
      const { status, body } = render({ kind: 'domain', error: new DomainError(code, 'because') });
      expect(status).toBeGreaterThanOrEqual(400);
      expect(body).toMatchObject({ success: false, error: { code: expect.any(String) as string, details: null } });
    }
  });

  test('tells violations of the body from those of query and path', () => {
    const violations = [{ path: ['tasks', 0, 'name'], message: 'field required' }];
    expect(render({ kind: 'input', place: 'body', violations })).toMatchObject({
      status: 422,
      body: { error: { code: 'VALIDATION_ERROR', details: [{ field: 'tasks.0.name', message: 'field required' }] } },
    });
    expect(statusAndCode({ kind: 'input', place: 'query', violations })).toEqual([400, 'VALIDATION_ERROR']);
    expect(statusAndCode({ kind: 'input', place: 'path', violations })).toEqual([400, 'VALIDATION_ERROR']);
  });

  test.each<[Failure, number, string]>([
    [{ kind: 'malformed-body' }, 400, 'VALIDATION_ERROR'],
    [{ kind: 'bad-url' }, 400, 'VALIDATION_ERROR'],
    [{ kind: 'payload-too-large' }, 413, 'PAYLOAD_TOO_LARGE'],
    [{ kind: 'unsupported-media-type' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    [{ kind: 'route-not-found', method: 'GET', path: '/api/tasks/x/y' }, 404, 'NOT_FOUND'],
    [{ kind: 'method-not-allowed', method: 'PUT', path: '/api/tasks' }, 405, 'METHOD_NOT_ALLOWED'],
    [{ kind: 'unexpected', id: 'a1' }, 500, 'INTERNAL_ERROR'],
  ])('renders %j', (failure, status, code) => {
    expect(statusAndCode(failure)).toEqual([status, code]);
  });

  test('asks for a bearer token with every 401', () => {
    const error = new DomainError('TOKEN_INVALID', 'bad');
    expect(render({ kind: 'domain', error }).headers).toMatchObject({ 'WWW-Authenticate': 'Bearer' });
  });
});
