import { describe, expect, it } from 'vitest';
import { curlSample, expiryAfter, grantable, keyState, reachableUrl } from './key-state';

const NOW = Date.parse('2030-01-01T00:00:00Z');
const key = { isRevoked: false, isExpired: false, expiresAt: null as string | null };

describe('a key', () => {
  it.each([
    [{}, 'active'],
    [{ expiresAt: '2030-01-10T00:00:00Z' }, 'expiring'],
    [{ expiresAt: '2030-02-10T00:00:00Z' }, 'active'],
    [{ isExpired: true }, 'expired'],
    [{ isExpired: true, isRevoked: true }, 'revoked'],
  ] as const)('%j is %s', (more, state) => {
    expect(keyState({ ...key, ...more }, NOW)).toBe(state);
  });

  it('ends days after now, or never', () => {
    expect(expiryAfter(30, NOW)).toBe('2030-01-31T00:00:00.000Z');
    expect(expiryAfter(null, NOW)).toBeNull();
  });

  it('is tried out at the API', () => {
    expect(curlSample('http://takt.example:9100', 'sk_live_x')).toBe("curl -H 'X-API-Key: sk_live_x' http://takt.example:9100/api/v1/scheduler/me");
  });
});

describe('the API, from beside the browser', () => {
  it.each([
    ['http://127.0.0.1:9100', '127.0.0.1', 'http://127.0.0.1:9100'],
    ['http://127.0.0.1:9100', 'localhost', 'http://127.0.0.1:9100'],
    ['http://127.0.0.1:9100', 'takt.example', 'http://takt.example:9100'],
    ['http://[::1]:9100', 'takt.example', 'http://takt.example:9100'],
    ['https://api.example/takt', 'takt.example', 'https://api.example/takt'],
  ])('%s is, at %s, %s', (apiUrl, host, expected) => {
    expect(reachableUrl(apiUrl, host)).toBe(expected);
  });
});

describe('what may be granted', () => {
  it('is everything for administrators, else what the user holds', () => {
    expect(grantable(['Admin'])).toContain('SystemWrite');
    expect(grantable(['WorkerRead', 'TaskRead'])).toEqual(['TaskRead', 'WorkerRead']);
  });
});
