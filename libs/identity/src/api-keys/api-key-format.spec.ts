import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { hashOfApiKey, looksLikeApiKey, newApiKey } from './api-key-format.js';

describe('an API key', () => {
  test('has the prefix of the document, at least 160 random bits and a checksum', () => {
    const { key, hash, lastFour } = newApiKey();
    expect(key).toMatch(/^sk_live_[0-9A-Za-z]{36}$/);
    expect(30 * Math.log2(62)).toBeGreaterThan(160);
    expect(looksLikeApiKey(key)).toBe(true);
    expect(key.endsWith(lastFour)).toBe(true);
    expect(hash).toEqual(createHash('sha256').update(key).digest());
    expect(hashOfApiKey(key)).toEqual(hash);
  });

  test('is never the same twice and uses every character', () => {
    const keys = Array.from({ length: 500 }, () => newApiKey().key);
    expect(new Set(keys).size).toBe(500);
    expect(new Set(keys.flatMap((key) => Array.from(key.slice(8, 38)))).size).toBe(62);
  });

  test('is refused without a query when one character is wrong', () => {
    const character = fc.constantFrom(...Array.from('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'));
    fc.assert(
      fc.property(fc.nat(35), character, (offset, replacement) => {
        const { key } = newApiKey();
        const at = 8 + offset;
        fc.pre(key[at] !== replacement);
        expect(hashOfApiKey(key.slice(0, at) + replacement + key.slice(at + 1))).toBeNull();
      }),
    );
  });

  test.each(['', 'sk_live_', 'sk_live_abcd1234efgh5678ijkl9012mnop3456', `${newApiKey().key}x`, `${newApiKey().key}\n`, newApiKey().key.toUpperCase()])(
    'has another form than %j',
    (text) => {
      expect(hashOfApiKey(text)).toBeNull();
    },
  );
});
