import { describe, expect, it } from 'vitest';
import { skewText } from './worker-words';

describe('the clock of a worker', () => {
  it.each([
    [null, '–'],
    [0, '0 ms'],
    [0.0002, '0 ms'],
    [0.002, '+2 ms'],
    [-0.25, '−250 ms'],
    [-3, '−3 s'],
  ])('off by %s s is %s', (seconds, text) => {
    expect(skewText(seconds)).toBe(text);
  });
});
