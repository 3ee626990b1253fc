import { expect, it } from 'vitest';
import { steadyRows } from './steady-rows';

const row = (id: string, status = 'running') => ({ id, status });

it('keeps the rows in their places, with their latest state', () => {
  const { rows, newer } = steadyRows([row('b'), row('a')], [row('d'), row('c'), row('b', 'success')], true);
  expect(rows).toEqual([row('b', 'success'), row('a')]);
  expect(newer).toBe(2);
});

it('drops rows that match no more, and keeps those that were pushed out', () => {
  const shown = [row('d'), row('c'), row('b'), row('a')];
  expect(steadyRows(shown, [row('e'), row('d'), row('b')], true).rows.map(({ id }) => id)).toEqual(['d', 'b', 'a']);
  expect(steadyRows(shown, [row('d'), row('b')], false).rows.map(({ id }) => id)).toEqual(['d', 'b']);
  expect(steadyRows(shown, [row('f'), row('e')], true)).toEqual({ rows: shown, newer: 2 });
});

it('counts nothing when nothing is new', () => {
  expect(steadyRows([row('a')], [row('a', 'failed')], false)).toEqual({ rows: [row('a', 'failed')], newer: 0 });
});
