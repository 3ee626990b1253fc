import { expect, test } from 'vitest';
import { jobTag, toExpectation } from './job-tag.js';

const JOB = { scheduleVersion: 3, updatedAt: new Date(1_700_000_000_123) };

test('the tag has the version and the instant of the last change', () => {
  expect(jobTag(JOB)).toBe('"3-1700000000123"');
});

test.each([
  ['"3-1700000000123"', true],
  ['"1-1", "3-1700000000123"', true],
  ['*', true],
  ['"3-1700000000124"', false],
  ['W/"3-1700000000123"', false],
  ['3-1700000000123', false],
  ['', false],
])('If-Match: %s', (header, matches) => {
  expect(toExpectation(header)?.(JOB)).toBe(matches);
});

test('no header asks for nothing', () => {
  expect(toExpectation(undefined)).toBeUndefined();
});
