import { expect, it } from 'vitest';
import { outcomeLine, retriesNote, triggerWord } from './execution-words';

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

it('says of a run with retries what its duration leaves out', () => {
  const run = { status: 'success', attempt: 3, startedAt: '2026-11-20T12:00:00Z', completedAt: '2026-11-20T12:02:05Z' } as const;
  expect(retriesNote(run)).toBe('Attempt 3, the last one; 2 m 05 s with those before it');
  expect(retriesNote({ ...run, attempt: 1 })).toBeNull();
  expect(retriesNote({ ...run, status: 'running', completedAt: null })).toBe('Since its first attempt began');
  expect(retriesNote({ ...run, status: 'pending', completedAt: null })).toBeNull();
});
