import { describe, expect, test } from 'vitest';
import { DomainError, ERROR_CATEGORIES, type ErrorCode } from '#domain/errors.js';
import type { Failure } from '../../http/dialect.js';
import { schedulerErrors } from './error-renderer.js';

const ofDomain = (code: ErrorCode, message = 'a message'): Failure => ({ kind: 'domain', error: new DomainError(code, message) });

describe('schedulerErrors', () => {
  test('words wrong input as the API reference does', () => {
    const violations = [{ path: ['scheduleConfig', 'hours'], message: 'value is not a valid integer', kind: 'type_error.integer' }];
    const expected = { detail: [{ loc: ['body', 'scheduleConfig', 'hours'], msg: 'value is not a valid integer', type: 'type_error.integer' }] };
    expect(schedulerErrors.render({ kind: 'input', place: 'body', violations })).toMatchObject({ status: 422, body: expected });
    const error = new DomainError('SCHEDULE_INVALID', 'x', violations);
    expect(schedulerErrors.render({ kind: 'domain', error })).toMatchObject({ status: 422, body: expected });
  });

  test('gives a violation without a kind and an error without violations a form too', () => {
    const query = schedulerErrors.render({ kind: 'input', place: 'query', violations: [{ path: ['page'], message: 'no' }] });
    expect(query.body).toEqual({ detail: [{ loc: ['query', 'page'], msg: 'no', type: 'value_error' }] });
    expect(schedulerErrors.render(ofDomain('VALIDATION_FAILED')).body).toEqual({ detail: [{ loc: ['body'], msg: 'a message', type: 'value_error' }] });
  });

  test.each<[ErrorCode, number]>([
    ['TASK_FUNCTION_UNKNOWN', 400],
    ['JOB_TYPE_UNKNOWN', 400],
    ['JOB_DISABLED', 400],
    ['AUTHENTICATION_REQUIRED', 401],
    ['TOKEN_INVALID', 401],
    ['PERMISSION_DENIED', 403],
    ['JOB_PROTECTED', 403],
    ['JOB_NOT_FOUND', 404],
    ['EXECUTION_NOT_FOUND', 404],
    ['JOB_AT_CAPACITY', 409],
    ['EXECUTION_FINISHED', 409],
  ])('%s is %i with its message', (code, status) => {
    expect(schedulerErrors.render(ofDomain(code))).toMatchObject({ status, body: { detail: 'a message' } });
  });

  test('asks for credentials, and says when to come back', () => {
    expect(schedulerErrors.render(ofDomain('TOKEN_INVALID')).headers).toEqual({ 'WWW-Authenticate': 'Bearer' });
    expect(schedulerErrors.render(ofDomain('RATE_LIMIT_EXCEEDED')).headers).toHaveProperty('Retry-After');
    const away = schedulerErrors.render(ofDomain('DATABASE_UNAVAILABLE', 'postgres://secret'));
    expect(away).toMatchObject({ status: 503, body: { detail: 'Service temporarily unavailable' }, headers: { 'Retry-After': '5' } });
  });

  test.each<[Failure, number]>([
    [{ kind: 'malformed-body' }, 400],
    [{ kind: 'bad-url' }, 400],
    [{ kind: 'payload-too-large' }, 413],
    [{ kind: 'unsupported-media-type' }, 415],
    [{ kind: 'route-not-found', method: 'GET', path: '/<script>' }, 404],
    [{ kind: 'method-not-allowed', method: 'PUT', path: '/x' }, 405],
    [{ kind: 'rate-limited', limit: 1, resetAt: new Date(0), retryAfterSeconds: 9 }, 429],
    [{ kind: 'unexpected', id: 'abc' }, 500],
  ])('%j is %i with a detail', (failure, status) => {
    expect(schedulerErrors.render(failure)).toMatchObject({ status, body: { detail: expect.any(String) as string } });
  });

  test('has an answer for every error of the platform', () => {
    for (const code of Object.keys(ERROR_CATEGORIES) as ErrorCode[]) {
      expect(schedulerErrors.render(ofDomain(code)).status, code).toBeGreaterThanOrEqual(400);
    }
  });
});
