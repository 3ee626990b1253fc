import { expect, it } from 'vitest';
import { isPristine, setFilters, toFilter, toggled, type ExplorerState } from './explorer-state';

const STATE: ExplorerState = { range: '24h', from: null, to: null, status: [], trigger: [], task_function_id: null, queue: null, worker_id: null, job_id: null, q: '', min: null, max: null, cursor: null };
const RANGE = { from: '2026-11-19T12:00:00.000Z', to: null };

it('writes lists with commas and leaves one filter out when asked', () => {
  const state: ExplorerState = { ...STATE, status: ['failed', 'timeout'], trigger: ['api'], min: 0, q: ' table ' };
  expect(toFilter(state, RANGE)).toMatchObject({ from: RANGE.from, status: 'failed,timeout', trigger: 'api', min_duration_seconds: 0, q: 'table' });
  expect(toFilter(state, RANGE, 'status')).toMatchObject({ status: null, trigger: 'api' });
});

it('knows which filters are set', () => {
  expect(setFilters(STATE)).toEqual([]);
  expect(setFilters({ ...STATE, q: '  ', cursor: 'x', min: 0, status: ['failed'], task_function_id: 7 })).toEqual(['status', 'task_function_id', 'min']);
  expect([STATE, { ...STATE, cursor: 'x' }, { ...STATE, range: '1h' as const }, { ...STATE, queue: 'a' }].map(isPristine)).toEqual([true, true, false, false]);
});

it('adds to a list and takes out of it', () => {
  expect([toggled([], 'a'), toggled(['a', 'b'], 'a'), toggled(['a'], 'a')]).toEqual([['a'], ['b'], null]);
});
