import { describe, expect, it } from 'vitest';
import { missingFrom, steadyOrder } from './steady-order';

const row = (id: string, state = 'idle') => ({ id, state });
const shown = [row('a'), row('b'), row('c')];

describe('a page of a list that sorts itself', () => {
  it('keeps its order, with the latest state of each row', () => {
    const { rows, isOutdated } = steadyOrder(shown, [row('c'), row('a', 'running'), row('b')], []);
    expect(rows).toEqual([row('a', 'running'), row('b'), row('c')]);
    expect(isOutdated).toBe(true);
  });

  it('keeps rows that are on another page by now, as they are there', () => {
    const latest = [row('x'), row('a'), row('b')];
    expect(missingFrom(latest, shown)).toEqual(['c']);
    expect(steadyOrder(shown, latest, [row('c', 'running')])).toEqual({ rows: [row('a'), row('b'), row('c', 'running')], isOutdated: true });
  });

  it('keeps what it lacks while nothing is known of it, and drops what is gone', () => {
    expect(steadyOrder(shown, [row('a'), row('b')], undefined)).toEqual({ rows: shown, isOutdated: true });
    expect(steadyOrder(shown, [row('a'), row('b')], [])).toEqual({ rows: [row('a'), row('b')], isOutdated: false });
  });

  it('is not outdated by what changes in the rows alone', () => {
    expect(steadyOrder(shown, [row('a', 'running'), row('b'), row('c')], [])).toEqual({ rows: [row('a', 'running'), row('b'), row('c')], isOutdated: false });
  });
});
