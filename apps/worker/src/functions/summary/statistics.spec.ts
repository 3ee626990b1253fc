import { describe, expect, test } from 'vitest';
import { ColumnSummary } from './column-summary.js';
import { DistinctSketch, hash } from './distinct-sketch.js';
import { NumberStats } from './number-stats.js';
import { EXACT_VALUES, QuantileDigest } from './quantile-digest.js';
import { TableSummary } from './table-summary.js';
import { EXACT_TEXTS, TextBudget, TextStats } from './text-stats.js';

/** Numbers in [0, 1) that are the same in every run. */
function* randoms(seed = 1): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

const SHAPES: Record<string, (random: number, index: number) => number> = {
  'an even spread': (random) => random * 1_000,
  'a few large values': (random) => 1 / (1 - random),
  'values in order': (_random, index) => index,
  'values in reverse': (_random, index) => -index,
  'two heaps': (random, index) => (index % 2 === 0 ? random : 1_000 + random),
  'one value': () => 7,
};

describe('the median', () => {
  test.each([[[3]], [[1, 2]], [[5, 1, 3]], [[1, 1, 2, 9]], [[-1e308, 1e308, 1e308]]])('of %j is exact', (values) => {
    const digest = new QuantileDigest();
    for (const value of values) digest.add(value);
    const sorted = [...values].sort((one, other) => one - other);
    const [low = 0, high = 0] = [sorted[Math.floor((values.length - 1) / 2)], sorted[Math.ceil((values.length - 1) / 2)]];
    expect([digest.median(), digest.isExact]).toEqual([low / 2 + high / 2, true]);
  });

  test('of nothing is null', () => {
    expect(new QuantileDigest().median()).toBeNull();
  });

  test.each(Object.keys(SHAPES))('of a million values (%s) is off by less than 1 %% of the ranks, and says so', (shape) => {
    const values = new Float64Array(1_000_000);
    const random = randoms();
    const digest = new QuantileDigest();
    for (let index = 0; index < values.length; index += 1) {
      values[index] = SHAPES[shape]?.(random.next().value, index) ?? 0;
      digest.add(values[index] ?? 0);
    }
    values.sort();
    const median = digest.median() ?? Number.NaN;
    expect(median).toBeGreaterThanOrEqual(values[490_000] ?? 0);
    expect(median).toBeLessThanOrEqual(values[510_000] ?? 0);
    expect(digest.isExact).toBe(false);
  });

  test('is exact up to a known number of values', () => {
    const digest = new QuantileDigest();
    for (let value = 1; value <= EXACT_VALUES; value += 1) digest.add(value);
    expect([digest.isExact, digest.median()]).toEqual([true, (EXACT_VALUES + 1) / 2]);
  });
});

test('mean and standard deviation keep their digits far from zero', () => {
  const stats = new NumberStats();
  for (const value of [4, 7, 13, 16]) stats.add(1e9 + value);
  expect(stats.describe()).toEqual({ min: 1e9 + 4, max: 1e9 + 16, mean: 1e9 + 10, median: 1e9 + 10, stddev: Math.sqrt(30) });
  const one = new NumberStats();
  one.add(5);
  expect(one.describe()).toMatchObject({ stddev: null, median: 5 });
});

describe('texts', () => {
  test('are counted exactly while few differ', () => {
    const stats = new TextStats(new TextBudget());
    for (const text of ['b', 'a', 'b', 'c', 'a', 'b']) stats.add(text);
    expect(stats.describe(2)).toEqual({ distinct: 3, top: [{ value: 'b', count: 3 }, { value: 'a', count: 2 }] });
    expect(stats.isExact).toBe(true);
  });

  test('are estimated when many differ, and the frequent ones stay', () => {
    const stats = new TextStats(new TextBudget());
    for (let index = 0; index < 500_000; index += 1) {
      stats.add(`unique ${index}`);
      if (index % 10 === 0) stats.add('frequent');
      if (index % 20 === 0) stats.add('often');
    }
    const { distinct, top } = stats.describe(2);
    expect(stats.isExact).toBe(false);
    expect(Math.abs(distinct / 500_002 - 1)).toBeLessThan(0.05);
    expect(top.map(({ value }) => value)).toEqual(['frequent', 'often']);
    expect(top[0]?.count).toBeLessThanOrEqual(50_000);
    expect(top[0]?.count).toBeGreaterThan(50_000 - (2 * 575_000) / EXACT_TEXTS - 1);
  });

  test('that are long are told apart without being kept', () => {
    const stats = new TextStats(new TextBudget());
    stats.add(`${'x'.repeat(5_000)}1`);
    stats.add(`${'x'.repeat(5_000)}2`);
    const { distinct, top } = stats.describe(5);
    expect(distinct).toBe(2);
    for (const { value } of top) expect(value.length).toBeLessThan(130);
  });

  test('of all columns share their memory', () => {
    const budget = new TextBudget(100_000);
    const columns = Array.from({ length: 20 }, () => new TextStats(budget));
    for (let index = 0; index < 5_000; index += 1) for (const column of columns) column.add(`value ${index}`);
    for (const column of columns) expect(column.isExact).toBe(false);
    expect(Math.abs((columns[19]?.describe(1).distinct ?? 0) / 5_000 - 1)).toBeLessThan(0.06);
  });
});

test.each([10, 1_000, 50_000, 1_000_000])('the sketch of %i texts is off by less than 6 %%', (count) => {
  const sketch = new DistinctSketch();
  for (let index = 0; index < count; index += 1) sketch.add(hash(`text ${index}`));
  expect(Math.abs(sketch.estimate() / count - 1)).toBeLessThan(0.06);
});

describe('the type of a column', () => {
  const typeOf = (cells: readonly string[]): unknown => {
    const column = new ColumnSummary('c', new TextBudget());
    for (const cell of cells) column.addCell(cell);
    return column.describe(cells.length, 3);
  };

  test.each<[string[], object]>([
    [['1', '2', ''], { type: 'integer', count: 2, nulls: 1, mean: 1.5 }],
    [['1', '2.5'], { type: 'number', min: 1, max: 2.5 }],
    [['true', 'FALSE', 'true'], { type: 'boolean', distinct: 2, top: [{ value: 'true', count: 2 }, { value: 'false', count: 1 }] }],
    [['01234', '00501'], { type: 'text', distinct: 2 }],
    [['1', 'x'], { type: 'mixed', count: 2, mean: 1, distinct: 1 }],
    [['', ''], { type: 'null', count: 0, nulls: 2 }],
  ])('%j', (cells, expected) => {
    expect(typeOf(cells)).toMatchObject({ ...expected, approximate: false });
  });
});

test('a table has at most a thousand columns', () => {
  const table = new TableSummary();
  const row = (from: number): object => Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`c${from + index}`, index]));
  table.addValue(row(0));
  expect(() => { table.addValue(row(1)); }).toThrow(/more than 1000 columns/);
});
