import { Clock } from '#domain/clock.js';
import type { UserId } from '#domain/ids.js';
import { decodeJwt } from 'jose';
import { describe, expect, test } from 'vitest';
import { AccessTokens, readAccessClaims } from './access-tokens.js';

class FixedClock extends Clock {
  now(): Date {
    return new Date('2030-01-01T00:00:00Z');
  }
  monotonicMs(): number {
    return 0;
  }
}

const USER = '550e8400-e29b-41d4-a716-446655440000' as UserId;
const SESSION = '0190f8a0-0000-7000-8000-000000000000';
const tokens = new AccessTokens({ secret: 'a'.repeat(32) }, new FixedClock());

describe('AccessTokens', () => {
  test('issues a JWT with the header of the document, for an hour', async () => {
    const { token, expiresAt } = await tokens.issue(USER, SESSION);
    expect(token).toMatch(/^eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9\./);
    expect(expiresAt).toEqual(new Date('2030-01-01T01:00:00Z'));
    const payload = decodeJwt(token);
    expect(payload).toMatchObject({ sub: USER, sid: SESSION, iss: 'takt', aud: 'takt-api', typ: 'access' });
    expect(readAccessClaims(payload)).toEqual({ userId: USER, sessionId: SESSION, expiresAt });
  });

  test('says nothing about rights and never issues the same token twice', async () => {
    const [first, second] = [await tokens.issue(USER, SESSION), await tokens.issue(USER, SESSION)];
    expect(Object.keys(decodeJwt(first.token)).sort()).toEqual(['aud', 'exp', 'iat', 'iss', 'jti', 'sid', 'sub', 'typ']);
    expect(first.token).not.toBe(second.token);
  });

  test('refuses a short secret and a long life', () => {
    expect(() => new AccessTokens({ secret: 'a'.repeat(31) }, new FixedClock())).toThrow(/32 bytes/);
    expect(() => new AccessTokens({ secret: 'a'.repeat(32), lifetimeMs: 3_600_001 }, new FixedClock())).toThrow(/hour/);
  });
});

describe('readAccessClaims', () => {
  const valid = { sub: USER, sid: SESSION, typ: 'access', exp: 1_893_456_000 };

  test.each([null, 'text', {}, { ...valid, typ: 'refresh' }, { ...valid, sub: 7 }, { ...valid, sid: 'x' }, { ...valid, exp: undefined }, { ...valid, sub: 'admin' }])(
    'refuses %j',
    (payload) => {
      expect(readAccessClaims(payload)).toBeNull();
    },
  );
});
