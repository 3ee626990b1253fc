import { describe, expect, test } from 'vitest';
import { presentAttention, presentOverview, successRate } from './overview.presenter.js';

const AT = new Date('2024-01-15T11:00:00Z');
const COUNTS = { success: 2, failed: 1, timeout: 0, cancelled: 5, skipped: 7 };

describe('successRate', () => {
  test.each([
    [0, 0, null],
    [0, 3, 0],
    [2, 1, 66.67],
    [3, 0, 100],
  ])('of %i successes and %i failures is %j', (succeeded, failed, rate) => {
    expect(successRate(succeeded, failed)).toBe(rate);
  });
});

test('an overview has seconds, and rates of what succeeded or failed', () => {
  const jobs = { total: 1, enabled: 1, disabled: 0, paused: 0, running: 0, failing: 0, overdue: 0 };
  const shown = presentOverview({
    at: AT,
    jobs,
    executions: { running: 0, waiting: 1, oldestWaitingMs: 1_234.4 },
    last24Hours: COUNTS,
    previous24Hours: { ...COUNTS, success: 0, failed: 0 },
    hourly: [{ at: AT, counts: COUNTS }],
  });
  expect(shown).toEqual({
    at: '2024-01-15T11:00:00.000Z',
    jobs,
    executions: { running: 0, waiting: 1, oldestWaitingSeconds: 1.234 },
    last24Hours: { ...COUNTS, successRate: 66.67 },
    previous24Hours: { ...COUNTS, success: 0, failed: 0, successRate: null },
    hourly: [{ at: '2024-01-15T11:00:00.000Z', ...COUNTS }],
  });
});

test('what needs attention has instants and seconds', () => {
  const job = { jobId: 'job' as never, name: 'a job' };
  const shown = presentAttention({ failing: [], missed: [], neverRun: [], overdue: [{ ...job, nextFireAt: AT, lateMs: 12_345 }], expiringKeys: [] });
  expect(shown.overdue).toEqual([{ ...job, nextRunTime: '2024-01-15T11:00:00.000Z', lateSeconds: 12.345 }]);
});
