import { describe, expect, it } from 'vitest';
import { apiUrl, toError } from './client';

describe('URLs', () => {
  it('leave out what is not set', () => {
    expect(apiUrl('jobs', { page: 2, q: '', status: null, queue: undefined, sort: '-name' })).toBe('/api/setting/scheduler/jobs?page=2&sort=-name');
    expect(apiUrl('status')).toBe('/api/setting/scheduler/status');
  });

  it('escape values', () => {
    expect(apiUrl('jobs', { q: 'a&b=c' })).toBe('/api/setting/scheduler/jobs?q=a%26b%3Dc');
  });
});

describe('errors', () => {
  const answer = (status: number) => ({ status, headers: new Headers({ 'x-request-id': 'r-1' }) });

  it('say the detail', () => {
    expect(toError(answer(409), { detail: 'Job is disabled' })).toMatchObject({ status: 409, message: 'Job is disabled', requestId: 'r-1', violations: [] });
  });

  it('keep violations by member', () => {
    const detail = [{ loc: ['body', 'scheduleConfig', 'hours'], msg: 'must be a whole number', type: 'x' }];
    expect(toError(answer(422), { detail })).toMatchObject({ message: 'scheduleConfig.hours: must be a whole number', violations: detail });
  });

  it('say the status when there is nothing to read', () => {
    expect(toError(answer(500), null).message).toBe('The server answered 500');
  });
});
