import { expect, it } from 'vitest';
import { ApiError } from '@/api/client';
import { unreadNames } from '@/components/unread-names';
import { contradictory, EXPLORER_STATE, isPristine, refusesCursor, setFilters, toFilter, toggled, type ExplorerState } from './explorer-state';

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

it.each([
  ['job_id=550e8400-e29b-41d4-a716-446655440000&min=0.5&max=2&task_function_id=7&from=2026-11-01T00:00:00Z&cursor=foo', []],
  ['job_id=xyz&worker_id=xyz', ['worker_id', 'job_id']],
  ['min=-1&max=1e9&task_function_id=1.5', ['task_function_id', 'min', 'max']],
  ['min=foo&from=foo&to=2026-13-01T00:00:00Z', ['from', 'to', 'min']],
])('reads of ?%s all but %j', (search, names) => {
  expect(unreadNames(EXPLORER_STATE, new URLSearchParams(search))).toEqual(names);
});

it('knows what cannot hold together', () => {
  const [early, late] = ['2026-11-01T00:00:00Z', '2026-11-02T00:00:00Z'];
  const open = { from: null, to: null, min: null, max: null };
  expect(contradictory({ ...open, from: late, to: early })).toEqual(['from']);
  expect(contradictory({ from: early, to: early, min: 5, max: 1 })).toEqual(['from', 'min', 'max']);
  expect([open, { from: early, to: late, min: 1, max: 1 }, { ...open, from: late, max: 1 }].flatMap(contradictory)).toEqual([]);
});

it('knows when the API makes nothing of a cursor', () => {
  const violation = (member: string) => new ApiError(422, 'wrong', [{ loc: ['query', member], msg: 'wrong', type: 'value_error' }]);
  expect([violation('cursor'), violation('q'), new ApiError(503, 'away'), null].map(refusesCursor)).toEqual([true, false, false, false]);
});
