import { expect, test } from 'vitest';
import { presentTimeline } from './timeline.presenter.js';
import { toTimeRange } from './timeline.request-mapper.js';

const NOW = new Date('2024-01-15T12:00:00Z');
const at = (text: string): Date => new Date(`2024-01-${text}:00Z`);

test.each([
  [{}, '15T11:00', '15T13:00'],
  [{ from: '2024-01-14T00:00:00Z' }, '14T00:00', '14T02:00'],
  [{ to: '2024-01-14T00:00:00Z' }, '13T22:00', '14T00:00'],
  [{ from: '2024-01-08T00:00:00Z', to: '2024-01-15T00:00:00Z' }, '08T00:00', '15T00:00'],
])('%j is the span', (query, from, to) => {
  expect(toTimeRange(query, NOW)).toEqual({ from: at(from), to: at(to) });
});

test.each([
  [{ from: '2024-01-15T00:00:00Z', to: '2024-01-15T00:00:00Z' }],
  [{ from: '2024-01-08T00:00:00Z', to: '2024-01-15T00:00:01Z' }],
])('%j is refused', (query) => {
  expect(() => toTimeRange(query, NOW)).toThrow();
});

test('a row has one word for the state of its job', () => {
  const job = { jobId: 'job' as never, name: 'a job', timeZone: 'UTC', isEnabled: true, isPaused: true };
  const timeline = { from: NOW, to: NOW, now: NOW, rows: [{ ...job, executions: [], projected: [NOW] }], otherJobs: 3, isCapped: false };
  expect(presentTimeline(timeline)).toMatchObject({
    rows: [{ jobId: 'job', timezone: 'UTC', state: 'paused', projected: ['2024-01-15T12:00:00.000Z'] }],
    otherJobs: 3,
  });
});
