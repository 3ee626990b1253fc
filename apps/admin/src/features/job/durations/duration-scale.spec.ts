import { describe, expect, it } from 'vitest';
import { axisOf, quantile } from './duration-scale';

describe('the axis of durations', () => {
  it.each([
    [0.08, 0.08, [0, 0.02, 0.04, 0.06, 0.08]],
    [3.2, 4, [0, 1, 2, 3, 4]],
    [97, 100, [0, 50, 100]],
    [0, 0.0005, [0, 0.0005]],
  ])('of %d s ends at %d s', (highest, top, ticks) => {
    expect(axisOf(highest)).toEqual({ top, ticks });
  });
});

describe('quantile', () => {
  it('is a value that occurred', () => {
    const values = Array.from({ length: 100 }, (_, at) => 100 - at);
    expect([quantile(values, 0.5), quantile(values, 0.95), quantile([7], 0.5), quantile([], 0.5)]).toEqual([50, 95, 7, null]);
  });
});
