import { describe, expect, test } from 'vitest';
import { decideRotation, type RefreshTokenFacts } from './refresh-rotation.js';

const now = new Date('2030-01-01T00:00:00Z');
const ago = (ms: number): Date => new Date(now.getTime() - ms);
const facts = (override: Partial<RefreshTokenFacts> = {}): RefreshTokenFacts => ({
  now,
  expiresAt: ago(-1_000),
  usedAt: null,
  sessionActive: true,
  ...override,
});

describe('decideRotation', () => {
  test('accepts an unused token', () => {
    expect(decideRotation(facts())).toBe('rotate');
  });

  test('refuses an expired one', () => {
    expect(decideRotation(facts({ expiresAt: now }))).toBe('invalid');
  });

  test('takes a used one for theft at once', () => {
    expect(decideRotation(facts({ usedAt: now }))).toBe('reused');
  });

  test('takes a used one for theft also after it expired', () => {
    expect(decideRotation(facts({ usedAt: ago(60_000), expiresAt: ago(1) }))).toBe('reused');
  });

  test('refuses everything of an ended login', () => {
    expect(decideRotation(facts({ sessionActive: false }))).toBe('invalid');
    expect(decideRotation(facts({ sessionActive: false, usedAt: ago(60_000) }))).toBe('invalid');
  });
});
