import { expect, it } from 'vitest';
import { isFresh } from './tokens';

const NOW_MS = 1_800_000_000_000;
const tokenWith = (payload: unknown) => `x.${Buffer.from(JSON.stringify(payload)).toString('base64url')}.x`;

it.each([
  [{ exp: NOW_MS / 1_000 + 600 }, true],
  [{ exp: NOW_MS / 1_000 + 10 }, false],
  [{ exp: NOW_MS / 1_000 - 60 }, false],
  [{ exp: 'soon' }, false],
  [{}, false],
  [null, false],
])('a token with %j is worth sending: %s', (payload, expected) => {
  expect(isFresh(tokenWith(payload), NOW_MS)).toBe(expected);
});

it.each(['', 'x', 'a.b.c', '..'])('what is no token (%j) is not worth sending', (token) => {
  expect(isFresh(token, NOW_MS)).toBe(false);
});
