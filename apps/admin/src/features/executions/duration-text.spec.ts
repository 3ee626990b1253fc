import { expect, it } from 'vitest';
import { parseSeconds } from './duration-text';

it.each([
  ['', null],
  [' 1.5 ', 1.5],
  ['250ms', 0.25],
  ['2 m', 120],
  ['1H', 3_600],
  ['x', undefined],
  ['-1', undefined],
])('%j is %s seconds', (text, expected) => {
  expect(parseSeconds(text)).toBe(expected);
});
