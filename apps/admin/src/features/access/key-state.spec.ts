import { describe, expect, it } from 'vitest';
import { curlSample, expiryAfter, grantable, keyState } from './key-state';

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

  it.each([
    ['http://127.0.0.1:18080', 'http://takt.example:18080'],
    ['http://[::1]:18080', 'http://takt.example:18080'],
    ['http://localhost', 'http://takt.example'],
    ['http://api:8080', 'http://takt.example:8080'],
    ['https://api.example/takt', 'https://api.example/takt'],
    ['http://10.1.2.3:8080', 'http://10.1.2.3:8080'],
  ])('is tried out at the API, which the UI finds at %s', (apiUrl, shown) => {
    expect(curlSample(apiUrl, 'takt.example', 'sk_live_x')).toBe(`curl -H 'X-API-Key: sk_live_x' ${shown}/api/v1/scheduler/me`);
  });
});

describe('what may be granted', () => {
  it('is everything for administrators, else what the user holds', () => {
    expect(grantable(['Admin'])).toContain('SystemWrite');
    expect(grantable(['WorkerRead', 'TaskRead'])).toEqual(['TaskRead', 'WorkerRead']);
  });
});
