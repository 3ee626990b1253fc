import { describe, expect, it } from 'vitest';
import { ApiError } from '@/api/client';
import { isId, isMissing } from './ids';

describe('an id in an address', () => {
  it.each([
    ['550e8400-e29b-41d4-a716-446655440000', true],
    ['01934F6E-0000-7CC1-8D7E-3F5C1C2B7A10', true],
    ['abc', false],
    ['', false],
    ['550e8400e29b41d4a716446655440000', false],
    ['550e8400-e29b-41d4-a716-44665544000z', false],
    ['550e8400-e29b-41d4-a716-446655440000 ', false],
  ])('%j may be one: %s', (text, expected) => {
    expect(isId(text)).toBe(expected);
  });
});

describe('something that is not there', () => {
  const gone = new ApiError(404, 'Job not found');

  it('is missing when the API says so', () => {
    expect(isMissing({ data: undefined, error: gone })).toBe(true);
  });

  it('is not when it was there a moment ago, or nothing is known', () => {
    expect(isMissing({ data: {}, error: gone })).toBe(false);
    expect(isMissing({ data: undefined, error: new ApiError(503, 'away') })).toBe(false);
    expect(isMissing({ data: undefined, error: null })).toBe(false);
  });
});
