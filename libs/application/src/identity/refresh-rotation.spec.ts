import { describe, expect, test } from 'vitest';
import { decideRotation, type RefreshTokenFacts } from './refresh-rotation.js';

const now = new Date('2030-01-01T00:00:00Z');
const ago = (ms: number): Date => new Date(now.getTime() - ms);
const facts = (override: Partial<RefreshTokenFacts> = {}): RefreshTokenFacts => ({
  now,
  expiresAt: ago(-1_000),
  usedAt: null,
  successorUsedAt: null,
  sessionActive: true,
  ...override,
});

describe('decideRotation', () => {
  test('accepts an unused token', () => {
    expect(decideRotation(facts())).toBe('first');
  });

  test('refuses an expired one', () => {
    expect(decideRotation(facts({ expiresAt: now }))).toBe('invalid');
  });

  test('accepts a used one again for ten seconds', () => {
    expect(decideRotation(facts({ usedAt: ago(10_000) }))).toBe('again');
    expect(decideRotation(facts({ usedAt: ago(10_001) }))).toBe('reused');
  });

  test('takes it for theft at once when the successor was used', () => {
    expect(decideRotation(facts({ usedAt: ago(1), successorUsedAt: now }))).toBe('reused');
  });

  test('takes a used one for theft also after it expired', () => {
    expect(decideRotation(facts({ usedAt: ago(60_000), expiresAt: ago(1) }))).toBe('reused');
  });

  test('refuses everything of an ended login', () => {
    expect(decideRotation(facts({ sessionActive: false }))).toBe('invalid');
    expect(decideRotation(facts({ sessionActive: false, usedAt: ago(60_000) }))).toBe('invalid');
  });
});
