import { expect, it } from 'vitest';
import { instantsOf, segmentsOf, sentenceOf, stretchOf } from './histogram';

const bucket = (at: string, counts: Record<string, number>) => ({ at, counts });
const FACETS = {
  from: '2026-11-20T12:00:00.000Z',
  to: '2026-11-20T12:02:30.000Z',
  bucketSeconds: 60,
  buckets: [bucket('2026-11-20T12:00:00.000Z', {}), bucket('2026-11-20T12:01:00.000Z', { success: 3, failed: 1 }), bucket('2026-11-20T12:02:00.000Z', { success: 2 })],
  statuses: { success: 5, failed: 1, running: 0 },
  triggers: {},
  taskFunctions: [],
  queues: [],
  jobs: [],
  workers: [],
  isCapped: false,
};

it('stacks what failed on what succeeded', () => {
  expect(segmentsOf(bucket('', { failed: 1, success: 3, running: 0 }), 8)).toEqual([
    { status: 'success', from: 0, to: 3 / 8 },
    { status: 'failed', from: 3 / 8, to: 0.5 },
  ]);
  expect(segmentsOf(bucket('', {}), 0)).toEqual([]);
});

it('turns a brush in either direction into whole buckets', () => {
  expect([stretchOf(0.4, 0.9, 3), stretchOf(0.9, 0.4, 3), stretchOf(-1, 2, 3), stretchOf(0.5, 0.5, 3)]).toEqual([
    { first: 1, last: 2 },
    { first: 1, last: 2 },
    { first: 0, last: 2 },
    { first: 1, last: 1 },
  ]);
});

it('ends the last bucket with the range', () => {
  expect(instantsOf({ first: 1, last: 1 }, FACETS)).toEqual({ from: '2026-11-20T12:01:00.000Z', to: '2026-11-20T12:02:00.000Z' });
  expect(instantsOf({ first: 1, last: 2 }, FACETS)).toEqual({ from: '2026-11-20T12:01:00.000Z', to: '2026-11-20T12:02:30.000Z' });
  expect(instantsOf({ first: 3, last: 3 }, FACETS)).toBeNull();
});

it('says in a sentence what it shows', () => {
  expect(sentenceOf(FACETS, (status) => status)).toBe('Executions over time: 6 in 3 intervals, 5 success, 1 failed.');
});
