import { expect, it } from 'vitest';
import { parseArguments } from './arguments';

it('takes objects only', () => {
  expect(parseArguments(' {"a": 1} ')).toEqual({ value: { a: 1 }, problem: null });
  expect(parseArguments('')).toEqual({ value: {}, problem: null });
  for (const text of ['[1]', 'null', '"a"', '{"a":']) expect(parseArguments(text), text).toMatchObject({ value: null, problem: expect.any(String) as unknown });
});
