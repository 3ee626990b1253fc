import { describe, expect, test } from 'vitest';
import { presentFacets, toFacetsRequest } from './execution-facets.mapping.js';

const NOW = new Date('2024-01-15T12:00:00Z');
const NONE = { pending: 0, dispatched: 0, running: 0, success: 0, failed: 0, timeout: 0, cancelled: 0, skipped: 0 };

describe('toFacetsRequest', () => {
  test.each([
    [{}, '2024-01-14T12:00:00Z', '2024-01-15T12:00:00Z', 1_440_000],
    [{ buckets: 24 }, '2024-01-14T12:00:00Z', '2024-01-15T12:00:00Z', 3_600_000],
    [{ from: '2024-01-15T11:59:00Z', buckets: 500 }, '2024-01-15T11:59:00Z', '2024-01-15T12:00:00Z', 1_000],
    [{ to: '2024-01-10T00:00:00Z' }, '2024-01-09T00:00:00Z', '2024-01-10T00:00:00Z', 1_440_000],
    [{ from: '2024-02-01T00:00:00Z' }, '2024-02-01T00:00:00Z', '2024-02-02T00:00:00Z', 1_440_000],
  ])('%j', (query, from, to, bucketMs) => {
    const request = toFacetsRequest(query, NOW);
    expect([request.filter.from, request.filter.to, request.bucketMs]).toEqual([new Date(from), new Date(to), bucketMs]);
  });
});

test('facets have every bucket, status and trigger', () => {
  const request = toFacetsRequest({ from: '2024-01-15T10:00:00Z', buckets: 2 }, NOW);
  const shown = presentFacets(request, {
    buckets: [{ bucket: 1, status: 'failed', count: 3 }, { bucket: 1, status: 'success', count: 2 }, { bucket: 0, status: 'failed', count: 1 }],
    triggers: [{ name: 'api', count: 6 }],
    taskFunctions: [],
    queues: [{ name: 'q', count: 6 }],
    jobs: [],
    workers: [],
    isCapped: true,
  });
  expect(shown).toEqual({
    from: '2024-01-15T10:00:00.000Z',
    to: '2024-01-15T12:00:00.000Z',
    bucketSeconds: 3_600,
    buckets: [
      { at: '2024-01-15T10:00:00.000Z', counts: { ...NONE, failed: 1 } },
      { at: '2024-01-15T11:00:00.000Z', counts: { ...NONE, failed: 3, success: 2 } },
    ],
    statuses: { ...NONE, failed: 4, success: 2 },
    triggers: { scheduler: 0, manual: 0, api: 6, dependency: 0 },
    taskFunctions: [],
    queues: [{ name: 'q', count: 6 }],
    jobs: [],
    workers: [],
    isCapped: true,
  });
});
