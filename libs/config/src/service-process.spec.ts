import { afterEach, expect, it, vi } from 'vitest';
import { runMain } from './service-process.js';

afterEach(() => vi.restoreAllMocks());

it.each([
  ['an error of the driver', Object.assign(new Error('relation "task_function" does not exist'), { code: '42P01' })],
  ['what was made of it', new Error('no start', { cause: Object.assign(new Error('no such column'), { code: '42703' }) })],
])('tells to migrate instead of showing a stack: %s', async (_what, error) => {
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const exit = vi.spyOn(process, 'exit').mockReturnValue(undefined as never);
  runMain('The API', () => Promise.reject(error));
  await vi.waitFor(() => expect(exit).toHaveBeenCalledWith(1));
  expect(said.mock.calls.flat().join('')).toBe('The API failed: the database has not the tables of this release; run npm run migrate\n');
});
