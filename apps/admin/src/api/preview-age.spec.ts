import { expect, it } from 'vitest';
import { untilPastMs } from './preview-age';

const NOW = Date.parse('2030-01-01T00:00:00Z');
const preview = (...times: string[]) => ({ nextRuns: times.map((utc) => ({ utc, local: '', dst: null })) });

it.each([
  [preview('2030-01-01T00:00:30Z', '2030-01-01T00:01:00Z'), 30_100],
  [preview('2030-01-01T00:00:00.500Z'), 2_000],
  [preview('2029-12-31T00:00:00Z'), 2_000],
  [preview('2031-01-01T00:00:00Z'), 2 ** 31 - 1],
  [preview(), false],
  [undefined, false],
])('a preview that begins with %j is computed again in %s ms', (shown, ms) => {
  expect(untilPastMs(shown, NOW)).toBe(ms);
});
