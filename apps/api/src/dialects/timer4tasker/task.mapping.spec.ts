import { describe, expect, test } from 'vitest';
import type { Execution } from '#application/executions/execution.js';
import type { JobSummary } from '#application/jobs/job-views.js';
import { EXECUTION_STATUSES } from '#domain/execution/status.js';
import type { Schedule } from '#domain/schedule/schedule.js';
import { scheduleText } from './schedule-text.js';
import { presentExecution, presentStatistics } from './task.presenter.js';
import { toJobChange, toLimit, toPage } from './task.request-mapper.js';

const AT = new Date('2030-01-01T09:00:00Z');
const scheduled = (schedule: Schedule, scheduleConfig = {}): Pick<JobSummary, 'bounded' | 'scheduleConfig'> => ({
  bounded: { schedule, startAt: null, endAt: null },
  scheduleConfig,
});
const cron = (expression: string, timeZone = 'UTC'): Schedule => ({ kind: 'cron', expression, timeZone });
const every = (everyMs: number): Schedule => ({ kind: 'interval', everyMs, anchorAt: AT, timeZone: 'UTC' });

describe('scheduleText', () => {
  test('shows a cron expression as it was given, and one made of fields in its canonical form', () => {
    expect(scheduleText(scheduled(cron('0 0 * * *'), { expression: '@daily' }))).toBe('@daily');
    expect(scheduleText(scheduled(cron('0 9 * * 1-5'), { hour: '9', day_of_week: 'mon-fri' }))).toBe('0 9 * * 1-5');
  });

  test('says what cron in UTC cannot', () => {
    expect(scheduleText(scheduled(cron('0 9 * * *', 'Europe/Berlin'), { hour: '9' }))).toBe('CRON_TZ=Europe/Berlin 0 9 * * *');
    expect(scheduleText(scheduled({ kind: 'once', at: AT, timeZone: 'UTC' }))).toBe('@at 2030-01-01T09:00:00.000Z');
    expect([1_000, 90_000, 3_600_000, 5_405_000, 86_400_000, 36_000_000].map((ms) => scheduleText(scheduled(every(ms))))).toEqual([
      '@every 1s',
      '@every 1m30s',
      '@every 1h',
      '@every 1h30m5s',
      '@every 24h',
      '@every 10h',
    ]);
  });
});

describe('toJobChange', () => {
  const job = scheduled(every(3_600_000)) as JobSummary;

  test('changes nothing that is not given', () => {
    expect(toJobChange({}, job)).toEqual({});
    expect(toJobChange({ name: 'n', config: {} }, job)).toEqual({ name: 'n', args: {} });
  });

  test('leaves a schedule alone that comes back as it was shown', () => {
    expect(toJobChange({ schedule: '@every 1h' }, job)).toEqual({});
    expect(toJobChange({ schedule: ' @hourly ' }, job)).toEqual({ jobTypeId: 2, scheduleConfig: { expression: '@hourly' } });
  });

  test('takes a description away with null or nothing', () => {
    expect(toJobChange({ description: null }, job)).toEqual({ description: null });
    expect(toJobChange({ description: '' }, job)).toEqual({ description: null });
  });

  test('starts a paused task too', () => {
    expect(toJobChange({ enabled: true }, job)).toEqual({ isEnabled: true, isPaused: false });
    expect(toJobChange({ enabled: false }, job)).toEqual({ isEnabled: false });
  });
});

test('pages and histories have defaults and an upper limit', () => {
  expect(toPage({})).toEqual({ page: 1, perPage: 10 });
  expect(toPage({ page: 3, page_size: 5_000 })).toEqual({ page: 3, perPage: 1_000 });
  expect([toLimit({}), toLimit({ limit: 1 }), toLimit({ limit: 9_999 })]).toEqual([20, 1, 1_000]);
});

describe('presentExecution', () => {
  const execution = (members: Partial<Execution>): Execution =>
    ({ id: 'e', jobId: 'j', status: 'success', scheduledFor: AT, startedAt: null, finishedAt: null, result: null, error: null, reason: null, ...members }) as Execution;

  test('has three words for all states', () => {
    const words = EXECUTION_STATUSES.map((status) => presentExecution(execution({ status })).status);
    expect(words).toEqual(['running', 'running', 'running', 'completed', 'failed', 'failed', 'failed', 'failed']);
  });

  test('makes an object of every result of a success', () => {
    expect(presentExecution(execution({ result: { deleted: 1 } })).result).toEqual({ deleted: 1 });
    expect(presentExecution(execution({ result: [1] })).result).toEqual({ value: [1] });
    expect(presentExecution(execution({ result: null })).result).toEqual({});
    expect(presentExecution(execution({ status: 'failed' })).result).toBeNull();
  });

  test('says why an occurrence was skipped', () => {
    expect(presentExecution(execution({ status: 'skipped', reason: 'overlap' })).error).toBe('skipped: overlap');
  });
});

test('statistics count every execution once', () => {
  const executions = { pending: 1, dispatched: 2, running: 3, success: 10, failed: 4, timeout: 5, cancelled: 6, skipped: 7 };
  expect(presentStatistics({ total: 9, enabled: 8, disabled: 1, running: 1 }, executions)).toEqual({
    total_tasks: 9,
    active_tasks: 8,
    total_executions: 38,
    successful_executions: 10,
    failed_executions: 22,
  });
});
