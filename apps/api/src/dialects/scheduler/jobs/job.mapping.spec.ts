import { describe, expect, test } from 'vitest';
import type { JobSummary } from '#application/jobs/job-views.js';
import type { JobId, UserId } from '#domain/ids.js';
import { DEFAULT_POLICIES } from '#domain/job/scheduled-job.js';
import { CreateJobRequest, JobListQuery, UpdateJobRequest } from './job.dto.js';
import { presentJob, presentJobList, presentRunMark, presentTriggered } from './job.presenter.js';
import { stateOf } from '../job-state.js';
import { toJobChange, toJobFilter, toJobOrder, toNewJob } from './job.request-mapper.js';

const AT = new Date('2024-01-15T11:00:00Z');
const LATER = new Date('2024-01-15T12:00:00Z');

const REQUIRED = { name: 'Custom Cleanup Job', taskFunctionId: 5, jobTypeId: 1, scheduleConfig: { hours: 6 } };

function aJob(members: Partial<JobSummary> = {}): JobSummary {
  return {
    id: '550e8400-e29b-41d4-a716-446655440000' as JobId,
    number: 1,
    name: 'Domain User Sync (Hourly)',
    description: null,
    taskFunctionId: 1,
    taskFunctionName: 'sync_domain_users',
    taskFunctionDisplayName: 'Domain User Sync',
    queue: 'ad_queue',
    isRunning: false,
    failureStreak: 0,
    jobTypeId: 1,
    scheduleConfig: { hours: 1, minutes: 0, seconds: 0 },
    bounded: { schedule: { kind: 'interval', everyMs: 3_600_000, anchorAt: AT, timeZone: 'UTC' }, startAt: null, endAt: null },
    args: null,
    policies: DEFAULT_POLICIES,
    dependsOn: [],
    isEnabled: true,
    isPaused: false,
    scheduleVersion: 1,
    nextFireAt: LATER,
    createdAt: AT,
    updatedAt: AT,
    createdBy: null,
    updatedBy: 'user' as UserId,
    lastRun: { startedAt: AT, status: 'success' },
    ...members,
  };
}

const create = (members: Partial<CreateJobRequest> = {}): CreateJobRequest => Object.assign(new CreateJobRequest(), REQUIRED, members);
const update = (members: Partial<UpdateJobRequest>): UpdateJobRequest => Object.assign(new UpdateJobRequest(), members);

describe('toNewJob', () => {
  test('says nothing that the caller did not say, but for the time limit', () => {
    expect(toNewJob(create())).toEqual({ ...REQUIRED, policies: { timeoutMs: 300_000 } });
  });

  test('turns seconds into milliseconds, texts into instants and flat members into policies', () => {
    const input = toNewJob(
      create({
        timeoutSeconds: 20,
        retryCount: 0,
        retryDelaySeconds: 5,
        retryBackoff: 'exponential',
        retryMaxDelaySeconds: 60,
        retryJitter: 0.5,
        overlapPolicy: 'queue-all',
        catchUp: { mode: 'all', windowSeconds: 9 },
        onWorkerLost: 'fail',
        priority: 3,
        maxInstances: 2,
        startAt: '2030-01-01T00:00:00Z',
        endAt: null,
        taskArgs: { a: 1 },
        isEnabled: false,
        isPaused: true,
      }),
    );
    expect(input).toEqual({
      ...REQUIRED,
      args: { a: 1 },
      startAt: new Date('2030-01-01T00:00:00Z'),
      endAt: null,
      isEnabled: false,
      isPaused: true,
      policies: {
        timeoutMs: 20_000,
        retryCount: 0,
        backoff: { kind: 'exponential', delayMs: 5_000, maxDelayMs: 60_000, jitter: 0.5 },
        overlap: 'queue-all',
        catchUp: { mode: 'all', windowMs: 9_000 },
        onWorkerLost: 'fail',
        priority: 3,
        maxInstances: 2,
      },
    });
  });
});

describe('toJobChange', () => {
  test('of nothing is nothing', () => {
    expect(toJobChange(update({}))).toEqual({});
  });

  test('keeps null apart from not said', () => {
    expect(toJobChange(update({ description: null, taskArgs: null }))).toEqual({ description: null, args: null });
  });

  test('takes the default window when catch-up names none', () => {
    expect(toJobChange(update({ catchUp: { mode: 'latest' } }))).toEqual({ policies: { catchUp: { mode: 'latest', windowMs: 3_600_000 } } });
  });
});

test('toJobFilter keeps a false filter', () => {
  expect(toJobFilter(Object.assign(new JobListQuery(), { is_enabled: false, name: '%' }))).toEqual({ isEnabled: false, name: '%' });
});

test('toJobFilter takes every filter', () => {
  const query = Object.assign(new JobListQuery(), { q: 'x', status: 'never_run', job_type_id: 2, queue: 'a', timezone: 'UTC', task_function_id: 3 });
  expect(toJobFilter(query)).toEqual({ text: 'x', condition: 'never-run', jobTypeId: 2, queue: 'a', timeZone: 'UTC', taskFunctionId: 3 });
});

test.each([
  [undefined, { by: 'created', direction: 'descending' }],
  ['created', { by: 'created', direction: 'ascending' }],
  ['-next_run', { by: 'next-run', direction: 'descending' }],
  ['last_run', { by: 'last-run', direction: 'ascending' }],
])('sort %j is %j', (sort, order) => {
  expect(toJobOrder(sort)).toEqual(order);
});

test('disabled wins over paused', () => {
  expect([true, false].flatMap((isEnabled) => [true, false].map((isPaused) => stateOf({ isEnabled, isPaused })))).toEqual([
    'paused', 'enabled', 'disabled', 'disabled',
  ]);
});

test('a mark of a run has seconds', () => {
  const run = { id: 'run', number: 3, status: 'skipped', reason: 'overlap', trigger: 'scheduler', scheduledFor: AT, startedAt: null, durationMs: 1_500 } as const;
  expect(presentRunMark({ ...run, id: run.id as never })).toEqual({
    id: 'run', number: 3, status: 'skipped', reason: 'overlap', trigger: 'scheduler',
    scheduledFor: '2024-01-15T11:00:00.000Z', startedAt: null, durationSeconds: 1.5,
  });
});

describe('presentJob', () => {
  test('shows a job in the members and units of the API', () => {
    expect(presentJob(aJob())).toEqual({
      id: '550e8400-e29b-41d4-a716-446655440000',
      number: 1,
      name: 'Domain User Sync (Hourly)',
      description: null,
      taskFunctionId: 1,
      taskFunctionName: 'sync_domain_users',
      taskFunctionDisplayName: 'Domain User Sync',
      queue: 'ad_queue',
      jobTypeId: 1,
      scheduleConfig: { hours: 1, minutes: 0, seconds: 0 },
      scheduleText: 'Every hour',
      timezone: 'UTC',
      scheduleVersion: 1,
      taskArgs: null,
      maxInstances: 1,
      timeoutSeconds: 300,
      retryCount: 3,
      retryDelaySeconds: 60,
      retryBackoff: 'fixed',
      retryMaxDelaySeconds: 3600,
      retryJitter: 0,
      overlapPolicy: 'skip',
      catchUp: { mode: 'latest', windowSeconds: 3600 },
      onWorkerLost: 'retry',
      priority: 0,
      startAt: null,
      endAt: null,
      isEnabled: true,
      isPaused: false,
      state: 'enabled',
      isRunning: false,
      failureStreak: 0,
      nextRunTime: '2024-01-15T12:00:00.000Z',
      lastRunTime: '2024-01-15T11:00:00.000Z',
      lastStatus: 'success',
      createdAt: '2024-01-15T11:00:00.000Z',
      updatedAt: '2024-01-15T11:00:00.000Z',
      createdBy: null,
      updatedBy: 'user',
    });
  });

  test.each([[{ isEnabled: false }], [{ isPaused: true }], [{ nextFireAt: null }]])('has no next run with %j', (members) => {
    expect(presentJob(aJob(members)).nextRunTime).toBeNull();
  });

  test('has no last run before the first one', () => {
    expect(presentJob(aJob({ lastRun: null }))).toMatchObject({ lastRunTime: null, lastStatus: null });
  });
});

test('a list has the four counts', () => {
  const list = presentJobList({ items: [], counts: { total: 4, enabled: 3, disabled: 1, running: 2 } });
  expect(list).toEqual({ jobs: [], total: 4, enabledCount: 3, disabledCount: 1, runningCount: 2 });
});

test('a trigger is answered with the broker’s id', () => {
  expect(presentTriggered('job', { executionId: 'run' as never, queueJobId: 'run-1' })).toEqual({
    jobId: 'job',
    executionId: 'run',
    celeryTaskId: 'run-1',
    message: 'Job triggered successfully',
  });
});
