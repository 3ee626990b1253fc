import { describe, expect, test } from 'vitest';
import { BulkJobFilter, BulkJobsRequest } from './job-bulk.dto.js';
import { toJobSelection } from './job-bulk.mapping.js';
import { toRunLimit, toRunsAt } from './job-runs.mapping.js';

const ID = '550e8400-e29b-41d4-a716-446655440000';
const bulk = (members: Partial<BulkJobsRequest>): BulkJobsRequest => Object.assign(new BulkJobsRequest(), { action: 'pause' }, members);

describe('toJobSelection', () => {
  test('takes ids in any case, or a filter with its number', () => {
    expect(toJobSelection(bulk({ ids: [ID.toUpperCase()] }))).toEqual({ ids: [ID] });
    const filter = Object.assign(new BulkJobFilter(), { q: 'x', status: 'never_run', isEnabled: false, taskFunctionId: 2 });
    expect(toJobSelection(bulk({ filter, expectedCount: 0 }))).toEqual({
      filter: { text: 'x', condition: 'never-run', isEnabled: false, taskFunctionId: 2 },
      expectedCount: 0,
    });
  });

  test.each([[{}], [{ ids: [ID], filter: new BulkJobFilter() }], [{ filter: new BulkJobFilter() }]])('%j is refused', (members) => {
    expect(() => toJobSelection(bulk(members))).toThrow();
  });
});

describe('runs', () => {
  test('are 50 of the newest by default', () => {
    expect([toRunsAt({}), toRunLimit({}), toRunLimit({ limit: '100' })]).toEqual([{ side: 'newest' }, 50, 100]);
  });

  test.each(['before', 'after', 'around'] as const)('can be %s one of them', (side) => {
    expect(toRunsAt({ [side]: ID.toUpperCase() })).toEqual({ side, id: ID });
  });

  test('are on one side only', () => {
    expect(() => toRunsAt({ before: ID, after: ID })).toThrow();
  });
});
