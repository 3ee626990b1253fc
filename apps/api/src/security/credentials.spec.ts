import { describe, expect, test } from 'vitest';
import { credentialOf } from './credentials.js';
import { isForeignWrite } from './same-origin.js';

describe('credentialOf', () => {
  test('tells access tokens from API keys', () => {
    expect(credentialOf({ authorization: 'Bearer abc.def.ghi' })).toEqual({ kind: 'access-token', token: 'abc.def.ghi' });
    expect(credentialOf({ authorization: 'bearer  sk_live_x' })).toEqual({ kind: 'api-key', key: 'sk_live_x' });
    expect(credentialOf({ 'x-api-key': 'sk_live_x' })).toEqual({ kind: 'api-key', key: 'sk_live_x' });
  });

  test('prefers the bearer token, and looks past another scheme', () => {
    expect(credentialOf({ authorization: 'Bearer abc', 'x-api-key': 'sk_live_x' }).kind).toBe('access-token');
    expect(credentialOf({ authorization: 'Basic YTpi', 'x-api-key': 'sk_live_x' }).kind).toBe('api-key');
  });

  test.each([{}, { authorization: '' }, { authorization: 'Bearer' }, { authorization: 'Bearer ' }, { authorization: 'Bearer a b' }, { 'x-api-key': '' }])(
    'finds none in %j',
    (headers) => {
      expect(credentialOf(headers)).toEqual({ kind: 'none' });
    },
  );
});

describe('isForeignWrite', () => {
  test.each([
    ['GET', { origin: 'https://evil.example' }, false],
    ['HEAD', { 'sec-fetch-site': 'cross-site' as const }, false],
    ['POST', {}, false],
    ['POST', { origin: 'http://takt.example' }, false],
    ['POST', { 'sec-fetch-site': 'same-origin' as const, origin: 'https://proxied.example' }, false],
    ['POST', { origin: 'https://evil.example' }, true],
    ['PUT', { origin: 'http://takt.example:81' }, true],
    ['DELETE', { origin: 'null' }, true],
    ['POST', { 'sec-fetch-site': 'cross-site' as const }, true],
    ['POST', { 'sec-fetch-site': 'same-site' as const, origin: 'http://takt.example' }, true],
  ])('%s with %j: %s', (method, headers, foreign) => {
    expect(isForeignWrite(method, { host: 'takt.example', ...headers })).toBe(foreign);
  });
});
