import { describe, expect, it } from 'vitest';
import { movedBy, runsQuery, toWindowSize } from './run-window';

const nowhere = { before: null, after: null, around: null };

describe('the window of runs', () => {
  it('shows the latest, the runs around a linked one, or a page', () => {
    expect(runsQuery(nowhere, 50)).toEqual({ limit: 50 });
    expect(runsQuery({ ...nowhere, around: 'r' }, 25)).toEqual({ limit: 25, around: 'r' });
    expect(runsQuery({ ...nowhere, around: 'r', before: 'b' }, 25)).toEqual({ limit: 25, before: 'b' });
    expect(runsQuery({ ...nowhere, around: 'r', after: 'a' }, 25)).toEqual({ limit: 25, after: 'a' });
  });

  it('has one of four sizes', () => {
    expect([10, '25', 100, 7, null, 'x'].map(toWindowSize)).toEqual([10, 25, 100, 50, 50, 50]);
  });

  it.each([
    ['ArrowLeft', 5, 4],
    ['ArrowLeft', 0, 0],
    ['ArrowRight', 9, 9],
    ['Home', 5, 0],
    ['End', 5, 9],
    ['PageUp', 5, 0],
    ['PageDown', 5, 9],
    ['x', 5, null],
  ])('%s leads from %d to %s', (key, at, expected) => {
    expect(movedBy(key, at, 10)).toBe(expected);
  });
});
