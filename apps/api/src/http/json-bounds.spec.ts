import { describe, expect, test } from 'vitest';
import { boundViolations, textProblem } from './json-bounds.js';

const paths = (value: unknown): unknown[] => boundViolations(value).map(({ path }) => path);

function nested(depth: number): unknown {
  let value: unknown = 'inside';
  for (let level = 0; level < depth; level += 1) value = [value];
  return value;
}

describe('boundViolations', () => {
  test.each([[undefined], [null], ['text'], [5], [{ a: [1, { b: null }] }], [{ constructor: 1, 'toString': 2 }]])('accepts %j', (value) => {
    expect(boundViolations(value)).toEqual([]);
  });

  test('finds text that cannot be stored, wherever it is', () => {
    expect(paths({ a: 'x\u0000', b: { c: ['ok', '\udc00'] } })).toEqual([['a'], ['b', 'c', 1]]);
    expect(textProblem('😀')).toBeNull();
  });

  test('points at the object whose member has an impossible name', () => {
    expect(paths({ a: { 'x\u0000': 1 } })).toEqual([['a']]);
    expect(paths(JSON.parse('{"a":{"__proto__":{}}}'))).toEqual([['a']]);
  });

  test('refuses numbers that JSON cannot say', () => {
    expect(paths(JSON.parse('{"n":1e999}'))).toEqual([['n']]);
  });

  test('allows 32 levels, 1000 members and 10000 items, and no more', () => {
    expect(boundViolations(nested(32))).toEqual([]);
    expect(boundViolations(nested(33))).toHaveLength(1);
    const members = (count: number): object => Object.fromEntries(Array.from({ length: count }, (_, index) => [`m${String(index)}`, 1]));
    expect(boundViolations(members(1_000))).toEqual([]);
    expect(boundViolations(members(1_001))).toHaveLength(1);
    expect(boundViolations(Array.from({ length: 10_000 }, () => 1))).toEqual([]);
    expect(boundViolations(Array.from({ length: 10_001 }, () => 1))).toHaveLength(1);
  });

  test('does not recurse, and stops when there is enough to correct', () => {
    expect(boundViolations(nested(200_000))).toHaveLength(1);
    expect(boundViolations(Array.from({ length: 5_000 }, () => '\u0000'))).toHaveLength(20);
  });
});
