import { describe, expect, test } from 'vitest';
import type { JobSummary } from '#application/jobs/job-views.js';
import type { JobStatistics } from '#application/statistics/statistics.repository.js';
import type { JobId } from '#domain/ids.js';
import { DEFAULT_POLICIES } from '#domain/job/scheduled-job.js';
import type { Schedule } from '#domain/schedule/schedule.js';
import { resultText } from '../runs/task-run.presenter.js';
import { statusesOf } from '../runs/task-run.status.js';
import { scheduleText } from './schedule-text.js';
import { CreateTaskRequest, UpdateTaskRequest } from './task.dto.js';
import { presentTask, presentTaskStats } from './task.presenter.js';
import { toNewTask, toTaskChange } from './task.request-mapper.js';

const AT = new Date('2024-01-01T00:00:00Z');

function aJob(members: Partial<JobSummary> = {}): JobSummary {
  return {
    id: '550e8400-e29b-41d4-a716-446655440000' as JobId,
    number: 123,
    name: 'daily-backup',
    description: null,
    taskFunctionId: 7,
    taskFunctionName: 'shell',
    jobTypeId: 2,
    scheduleConfig: { expression: '0 2 * * *' },
    bounded: { schedule: { kind: 'cron', expression: '0 2 * * *', timeZone: 'UTC' }, startAt: null, endAt: null },
    args: null,
    policies: DEFAULT_POLICIES,
    dependsOn: [1, 2],
    isEnabled: true,
    isPaused: false,
    scheduleVersion: 1,
    nextFireAt: null,
    createdAt: AT,
    updatedAt: AT,
    createdBy: null,
    updatedBy: null,
    lastRun: null,
    taskFunctionDisplayName: 'Shell',
    queue: 'default',
    isRunning: false,
    failureStreak: 0,
    ...members,
  };
}

const text = (schedule: Schedule, scheduleConfig = {}): string =>
  scheduleText({ bounded: { schedule, startAt: null, endAt: null }, scheduleConfig });

describe('scheduleText', () => {
  test('shows cron as it was given, or canonically where it was given in members', () => {
    const schedule = { kind: 'cron', expression: '0 * * * *', timeZone: 'UTC' } as const;
    expect(text(schedule, { expression: '@hourly' })).toBe('@hourly');
    expect(text(schedule, { minute: 0 })).toBe('0 * * * *');
  });

  test.each([[1_000, '@every 1s'], [90_000, '@every 1m30s'], [3_600_000, '@every 1h'], [604_800_000, '@every 168h'], [3_661_000, '@every 1h1m1s']])('shows %d ms as %s', (everyMs, expected) => {
    expect(text({ kind: 'interval', everyMs, anchorAt: AT, timeZone: 'UTC' })).toBe(expected);
  });

  test('shows a single instant', () => {
    expect(text({ kind: 'once', at: AT, timeZone: 'UTC' })).toBe('@once 2024-01-01T00:00:00.000Z');
  });
});

describe('toNewTask', () => {
  const RETRY = { delayMs: 7_000, factor: 3, maxDelayMs: 90_000, jitter: 0.2 };
  const required = { name: 'x', task_type: 'shell', schedule: '@daily' };

  test('asks for a new name and growing waits, and says nothing that the caller did not say', () => {
    expect(toNewTask(Object.assign(new CreateTaskRequest(), required), 7, RETRY)).toEqual({
      name: 'x',
      nameRule: 'unique',
      taskFunctionId: 7,
      jobTypeId: 2,
      scheduleConfig: { expression: '@daily' },
      args: {},
      policies: { backoff: { kind: 'exponential', ...RETRY } },
      dependsOn: [],
      isEnabled: true,
    });
  });

  test('takes null for left out', () => {
    const nulls = { parameters: null, timeout_seconds: null, max_retries: null, dependencies: null, status: null, timezone: null };
    const input = toNewTask(Object.assign(new CreateTaskRequest(), required, nulls), 7, RETRY);
    expect(input).toEqual(toNewTask(Object.assign(new CreateTaskRequest(), required), 7, RETRY));
  });
});

describe('toTaskChange', () => {
  const change = (members: Partial<UpdateTaskRequest>, job = aJob()): object =>
    toTaskChange(Object.assign(new UpdateTaskRequest(), members), job, undefined);

  test('changes what is given alone', () => {
    expect(change({ status: 'Inactive', timeout_seconds: 7200 })).toEqual({ isEnabled: false, policies: { timeoutMs: 7_200_000 } });
    expect(change({ dependencies: [] })).toEqual({ dependsOn: [], policies: {} });
  });

  test('leaves a schedule that reads the same alone, and keeps its zone otherwise', () => {
    const interval = aJob({ bounded: { schedule: { kind: 'interval', everyMs: 30_000, anchorAt: AT, timeZone: 'UTC' }, startAt: null, endAt: null } });
    expect(change({ schedule: '@every 30s' }, interval)).toEqual({ policies: {} });
    const berlin = aJob({ bounded: { schedule: { kind: 'cron', expression: '0 2 * * *', timeZone: 'Europe/Berlin' }, startAt: null, endAt: null } });
    expect(change({ schedule: '0 2 * * *' }, berlin)).toEqual({ policies: {} });
    expect(change({ schedule: '0 3 * * *' }, berlin)).toEqual({ jobTypeId: 2, scheduleConfig: { expression: '0 3 * * *', timezone: 'Europe/Berlin' }, policies: {} });
    expect(change({ timezone: 'UTC' }, berlin)).toEqual({ jobTypeId: 2, scheduleConfig: { expression: '0 2 * * *' }, policies: {} });
  });

  test('is refused when it is empty', () => {
    expect(() => change({})).toThrow(expect.objectContaining({ code: 'CHANGE_EMPTY' }) as Error);
  });
});

describe('presenters', () => {
  test('show a task as the document does', () => {
    expect(presentTask(aJob({ isEnabled: false }))).toMatchObject({ id: 123, parameters: {}, timeout_seconds: 300, status: 'Inactive', dependencies: [1, 2], created_at: '2024-01-01T00:00:00.000Z' });
  });

  test('show percentages with two decimals and 0 of nothing', () => {
    const none: JobStatistics = { total: 1, succeeded: 0, failed: 0, cancelled: 0, durationMs: null, lastSuccessAt: null, lastFailureAt: null, lastCancelledAt: null, last24Hours: 1, last7Days: 1, last30Days: 1 };
    expect(presentTaskStats(none)).toMatchObject({ total_runs: 1, success_rate: 0, average_duration_ms: 0, min_duration_ms: 0, max_duration_ms: 0, last_success: null });
    expect(presentTaskStats({ ...none, total: 30, succeeded: 28, failed: 2 })).toMatchObject({ success_rate: 93.33 });
  });

  test('count cancelled runs as failed, which is their word here', () => {
    const [early, late] = [new Date('2024-01-01T02:00:00Z'), new Date('2024-01-02T02:00:00Z')];
    const some: JobStatistics = { total: 30, succeeded: 28, failed: 1, cancelled: 1, durationMs: null, lastSuccessAt: null, lastFailureAt: early, lastCancelledAt: late, last24Hours: 1, last7Days: 1, last30Days: 1 };
    const shown = { total_runs: 30, successful_runs: 28, failed_runs: 2, success_rate: 93.33, last_failure: '2024-01-02T02:00:00.000Z' };
    expect(presentTaskStats(some)).toMatchObject(shown);
    expect(presentTaskStats({ ...some, lastFailureAt: late, lastCancelledAt: early })).toMatchObject(shown);
    expect(presentTaskStats({ ...some, lastFailureAt: null })).toMatchObject(shown);
  });

  test.each([[null, null], ['done', 'done'], [{ exitCode: 0, output: 'hello', truncated: false }, 'hello'], [{ rows: 3 }, '{"rows":3}'], [[1], '[1]'], [0, '0']])('show the result %j as %j', (result, expected) => {
    expect(resultText(result)).toBe(expected);
  });
});

test('the words of statuses cover every status once', () => {
  expect(statusesOf('Failed')).toEqual(['failed', 'cancelled']);
  expect(statusesOf(undefined)).toEqual(['pending', 'dispatched', 'running', 'success', 'failed', 'timeout', 'cancelled']);
});
