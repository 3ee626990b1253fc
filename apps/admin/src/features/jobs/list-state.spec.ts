import { describe, expect, it } from 'vitest';
import { filterOf, isFiltered, isMovedByRuns, LIST_STATE, pageInstead, queryOf, rowsToShow, type ListState } from './list-state';

const plain: ListState = { q: '', status: null, function: null, type: null, queue: null, timezone: null, sort: null, page: 1, per_page: 20, saved: null };

describe('the state of the list of jobs', () => {
  it('asks for the first page with the last runs when nothing is set', () => {
    expect(queryOf(plain)).toEqual({ page: 1, per_page: 20, include: 'recent' });
    expect(isFiltered(plain)).toBe(false);
  });

  it('gives the list and a change of all matches the same filter', () => {
    const state: ListState = { ...plain, q: ' bill ', status: 'failing', function: 7, type: 2, queue: 'default', timezone: 'Asia/Tokyo', sort: '-name', page: 3 };
    const filter = { q: 'bill', status: 'failing', task_function_id: 7, job_type_id: 2, queue: 'default', timezone: 'Asia/Tokyo' };
    expect(filterOf(state)).toEqual(filter);
    expect(queryOf(state)).toEqual({ ...filter, sort: '-name', page: 3, per_page: 20, include: 'recent' });
    expect(isFiltered(state)).toBe(true);
  });

  it('does not count a search of blanks as a filter', () => {
    expect(isFiltered({ ...plain, q: '   ' })).toBe(false);
  });

  it.each([
    ['page', '0'],
    ['page', '1.5'],
    ['page', 'x'],
    ['per_page', '7'],
    ['status', 'broken'],
    ['sort', 'colour'],
  ] as const)('ignores %s=%s in the address', (name, text) => {
    expect(LIST_STATE[name].parse(text)).toBeNull();
  });
});

it('tells orders that runs change from others', () => {
  expect(['next_run', '-last_run', '-failures'].map((sort) => isMovedByRuns(sort as ListState['sort']))).toEqual([true, true, true]);
  expect(['name', '-created', null].map((sort) => isMovedByRuns(sort as ListState['sort']))).toEqual([false, false, false]);
});

describe('a page behind the last one', () => {
  it('leads to the last one', () => {
    expect(pageInstead({ page: 9, per_page: 20 }, { total: 41, shown: 0 })).toBe(3);
    expect(pageInstead({ page: 9, per_page: 20 }, { total: 0, shown: 0 })).toBe(1);
  });

  it('leaves pages with rows, and the first one, alone', () => {
    expect(pageInstead({ page: 2, per_page: 20 }, { total: 40, shown: 20 })).toBeNull();
    expect(pageInstead({ page: 1, per_page: 20 }, { total: 0, shown: 0 })).toBeNull();
  });
});

it('does not take an empty page of a list that has rows for an empty list', () => {
  expect(rowsToShow({ jobs: [], total: 1_515 })).toBeUndefined();
  expect(rowsToShow(undefined)).toBeUndefined();
  expect([rowsToShow({ jobs: [], total: 0 }), rowsToShow({ jobs: ['a'], total: 21 })]).toEqual([[], ['a']]);
});
