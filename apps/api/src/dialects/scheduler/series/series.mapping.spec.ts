import { expect, test } from 'vitest';
import { presentSeries } from './series.presenter.js';
import { toSeriesRequest } from './series.request-mapper.js';

const NOW = new Date('2024-01-15T12:34:56Z');

test.each([
  [{}, '2024-01-14T12:00:00Z', '2024-01-15T12:34:56Z', 3_600_000],
  [{ from: '2024-01-15T10:07:31Z', bucket: 60 }, '2024-01-15T10:07:00Z', '2024-01-15T12:34:56Z', 60_000],
  [{ from: '2024-01-10T10:07:31Z', bucket: 86_400 }, '2024-01-10T10:00:00Z', '2024-01-15T12:34:56Z', 86_400_000],
])('%j begins on a whole bucket or hour', (query, from, to, bucketMs) => {
  expect(toSeriesRequest(query, NOW)).toEqual({ jobId: null, from: new Date(from), to: new Date(to), bucketMs });
});

test.each([
  [{ bucket: 5_400 }],
  [{ from: '2024-01-16T00:00:00Z' }],
  [{ from: '2023-12-01T00:00:00Z', bucket: 86_400 }],
  [{ from: '2024-01-15T00:00:00Z', bucket: 60 }],
  [{ from: '2024-01-15T12:00:00Z', bucket: 1 }],
])('%j is refused', (query) => {
  expect(() => toSeriesRequest(query, NOW)).toThrow();
});

test('one job may be looked at for longer', () => {
  const job_id = '550E8400-e29b-41d4-a716-446655440000';
  expect(toSeriesRequest({ job_id, from: '2023-02-01T00:00:00Z', bucket: 86_400 }, NOW).jobId).toBe(job_id.toLowerCase());
  expect(() => toSeriesRequest({ job_id, from: '2024-01-10T00:00:00Z', bucket: 900 }, NOW)).not.toThrow();
});

test('durations are seconds', () => {
  const counts = { success: 1, failed: 0, timeout: 0, cancelled: 0, skipped: 0 };
  const { buckets } = presentSeries([{ at: NOW, counts, durationMs: { average: 1_234.4, max: 2_000 } }, { at: NOW, counts, durationMs: null }]);
  expect(buckets).toMatchObject([
    { averageDurationSeconds: 1.234, maxDurationSeconds: 2 },
    { averageDurationSeconds: null, maxDurationSeconds: null },
  ]);
});
