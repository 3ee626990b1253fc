import { describe, expect, test } from 'vitest';
import { DomainError, ERROR_CATEGORIES, type ErrorCode } from '#domain/errors.js';
import type { Failure } from '../../http/dialect.js';
import { timer4taskerErrors } from './timer4tasker.error-renderer.js';

const ofDomain = (code: ErrorCode, violations: ConstructorParameters<typeof DomainError>[2] = []): Failure => ({
  kind: 'domain',
  error: new DomainError(code, 'a message', violations),
});

describe('timer4taskerErrors', () => {
  test.each<[ErrorCode, number, string]>([
    ['VALIDATION_FAILED', 400, 'a message'],
    ['SCHEDULE_INVALID', 400, 'a message'],
    ['TASK_FUNCTION_UNKNOWN', 400, 'a message'],
    ['JOB_AT_CAPACITY', 400, 'a message'],
    ['JOB_NOT_FOUND', 404, 'Task not found'],
    ['AUTHENTICATION_REQUIRED', 401, 'a message'],
    ['PERMISSION_DENIED', 403, 'a message'],
    ['DATABASE_UNAVAILABLE', 503, 'Service temporarily unavailable'],
    ['INTERNAL', 500, 'Internal server error'],
  ])('%s is %i', (code, status, message) => {
    expect(timer4taskerErrors.render(ofDomain(code))).toMatchObject({ status, body: { success: false, message } });
  });

  test('knows neither 422 nor 409, whatever went wrong', () => {
    for (const code of Object.keys(ERROR_CATEGORIES) as ErrorCode[]) {
      expect([409, 422]).not.toContain(timer4taskerErrors.render(ofDomain(code)).status);
    }
  });

  test('names members as the document does', () => {
    const violations = [
      { path: ['scheduleConfig', 'expression'], message: 'has 3 fields' },
      { path: ['taskArgs', 'days'], message: 'must be integer' },
      { path: ['name'], message: 'field required' },
      { path: [], message: 'value is not a valid dict' },
    ];
    const message = 'schedule: has 3 fields; config.days: must be integer; name: field required; value is not a valid dict';
    expect(timer4taskerErrors.render(ofDomain('SCHEDULE_INVALID', violations)).body).toEqual({ success: false, message });
    expect(timer4taskerErrors.render({ kind: 'input', place: 'query', violations })).toEqual({ status: 400, body: { success: false, message } });
  });

  test.each<[Failure, number]>([
    [{ kind: 'malformed-body' }, 400],
    [{ kind: 'bad-url' }, 400],
    [{ kind: 'unsupported-media-type' }, 400],
    [{ kind: 'payload-too-large' }, 413],
    [{ kind: 'route-not-found', method: 'GET', path: '/x' }, 404],
    [{ kind: 'method-not-allowed', method: 'PATCH', path: '/x' }, 405],
    [{ kind: 'rate-limited', limit: 1, resetAt: new Date(0), retryAfterSeconds: 9 }, 429],
    [{ kind: 'unexpected', id: 'abc' }, 500],
  ])('%j is %i with a message', (failure, status) => {
    expect(timer4taskerErrors.render(failure)).toMatchObject({ status, body: { success: false, message: expect.any(String) as string } });
  });
});
