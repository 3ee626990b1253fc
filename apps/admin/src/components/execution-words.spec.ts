import { expect, it } from 'vitest';
import { outcomeLine, triggerWord } from './execution-words';

const row = { errorMessage: null, reason: null, result: null, status: 'success' as const };

it.each([
  [{ ...row, errorMessage: '\n exit code 3\nmore' }, 'exit code 3'],
  [{ ...row, reason: 'overlap', status: 'skipped' as const }, 'the run before was still going'],
  [{ ...row, result: { output: 'one\n\u001b[32mtwo\u001b[0m\n', exitCode: 0 } }, 'two'],
  [{ ...row, result: { rows: 42 } }, '{"rows":42}'],
  [{ ...row, result: {} }, ''],
  [{ ...row, result: 'done\nwell' }, 'done'],
  [row, ''],
])('says of %j: %s', (given, expected) => {
  expect(outcomeLine(given)).toBe(expected);
});

it('names triggers', () => {
  expect([triggerWord('scheduler'), triggerWord('webhook')]).toEqual(['Schedule', 'webhook']);
});
