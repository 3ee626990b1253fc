import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase } from '#testing/stores.js';
import { startApi, type Answer, type ApiUnderTest, type Send } from '../../../test/api-under-test.js';
import { DocumentedAnswers } from '../../../test/documented-answers.js';

/** The examples of the API reference, as printed. */
const SEEDED = '550e8400-e29b-41d4-a716-446655440000';
const UNKNOWN = '00000000-0000-4000-8000-000000000000';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/;
const BASE = '/api/v1/scheduler';

const EXAMPLE_JOB = {
  name: 'Custom Cleanup Job',
  description: 'Run custom cleanup every 6 hours',
  taskFunctionId: 5,
  jobTypeId: 1,
  scheduleConfig: { hours: 6, minutes: 0, seconds: 0 },
  taskArgs: { retention_days: 30 },
  maxInstances: 1,
  timeoutSeconds: 300,
  retryCount: 3,
  retryDelaySeconds: 60,
  isEnabled: true,
};

let api: ApiUnderTest;
let admin: Send;
let operator: Send;
let viewer: Send;
let documented: DocumentedAnswers;

beforeAll(async () => {
  api = await startApi(await createTestDatabase());
  [admin, operator, viewer] = await Promise.all([api.loginAs('admin'), api.loginAs('operator'), api.loginAs('viewer')]);
  documented = await DocumentedAnswers.of(api.request, 'scheduler');
});
afterAll(() => api.close());

/** The body of an answer that has the status and the form that OpenAPI promises. */
function bodyOf<Body = Record<string, unknown>>(operation: string, answer: Answer, status: number): Body {
  expect([answer.status, answer.body]).toEqual([status, answer.body]);
  expect(documented.problems(operation.replace(' /', ` ${BASE}/`), answer)).toEqual([]);
  return answer.body as Body;
}

interface Job {
  readonly id: string;
  readonly [member: string]: unknown;
}

async function createJob(members: object = {}): Promise<Job> {
  const answer = await admin(`POST ${BASE}/jobs`, { body: { ...EXAMPLE_JOB, ...members } });
  return bodyOf<Job>('POST /jobs', answer, 201);
}

async function trigger(jobId: string): Promise<string> {
  const answer = await admin(`POST ${BASE}/jobs/${jobId}/trigger`);
  return bodyOf<{ executionId: string }>('POST /jobs/{job_id}/trigger', answer, 200).executionId;
}

/** Triggers the job and runs it to the end. */
async function run(jobId: string, end: Parameters<ApiUnderTest['worker']['finish']>[1]): Promise<string> {
  const executionId = await trigger(jobId);
  await api.worker.finish(await api.worker.start(executionId), end);
  return executionId;
}

describe('task functions', () => {
  test('lists the six functions of the reference in their order, page by page', async () => {
    const answer = await viewer(`GET ${BASE}/task-functions?page=1&per_page=6`);
    const body = bodyOf<{ taskFunctions: Record<string, unknown>[]; total: number }>('GET /task-functions', answer, 200);
    expect(body.taskFunctions.map(({ id, name }) => [id, name])).toEqual([
      [1, 'sync_domain_users'],
      [2, 'cleanup_expired_tokens'],
      [3, 'cleanup_stale_desktop_sessions'],
      [4, 'cleanup_stale_deployment_jobs'],
      [5, 'cleanup_expired_files'],
      [6, 'retry_pending_uploads'],
    ]);
    expect(body.taskFunctions[0]).toMatchObject({
      id: 1,
      name: 'sync_domain_users',
      displayName: 'Domain User Sync',
      description: 'Synchronize users from Active Directory',
      handlerPath: 'tasks.ad_sync_tasks.sync_domain_users_task',
      handlerType: 'celery_task',
      queue: 'ad_queue',
      defaultTimeoutSeconds: 600,
      isActive: true,
      isSystem: true,
      createdAt: expect.stringMatching(INSTANT) as string,
    });
    expect(body.total).toBeGreaterThanOrEqual(6);
    expect(answer.headers.get('x-total-count')).toBe(String(body.total));
    expect(answer.headers.get('x-page')).toBe('1');
    expect(answer.headers.get('x-per-page')).toBe('6');
  });

  test('filters by active status', async () => {
    const inactive = bodyOf<{ total: number }>('GET /task-functions', await viewer(`GET ${BASE}/task-functions?is_active=false`), 200);
    expect(inactive).toEqual({ taskFunctions: [], total: 0 });
    const all = bodyOf<{ taskFunctions: unknown[]; total: number }>('GET /task-functions', await viewer(`GET ${BASE}/task-functions?is_active=true`), 200);
    expect(all.taskFunctions).toHaveLength(Math.min(50, all.total));
  });
});

test('job types are those of the reference, then once', async () => {
  const body = bodyOf<object[]>('GET /job-types', await viewer(`GET ${BASE}/job-types`), 200);
  expect(body.slice(0, 2)).toEqual([
    { id: 1, name: 'interval', displayName: 'Interval', description: 'Run at fixed time intervals' },
    { id: 2, name: 'cron', displayName: 'Cron', description: 'Run on cron schedule' },
  ]);
  expect(body[2]).toMatchObject({ id: 3, name: 'once' });
});

describe('scheduled jobs', () => {
  test('creates the job of the reference', async () => {
    const job = await createJob();
    expect(job).toMatchObject({
      ...EXAMPLE_JOB,
      isPaused: false,
      lastRunTime: null,
      lastStatus: null,
    });
    expect(job.id).toMatch(UUID);
    for (const member of ['nextRunTime', 'createdAt', 'updatedAt']) expect(job[member]).toMatch(INSTANT);
    for (const member of ['createdBy', 'updatedBy']) expect(job[member]).toMatch(UUID);
    const inHours = (Date.parse(job['nextRunTime'] as string) - Date.parse(job['createdAt'] as string)) / 3_600_000;
    expect(inHours).toBeCloseTo(6, 2);
  });

  test('fills in the defaults of a minimal job', async () => {
    const answer = await admin(`POST ${BASE}/jobs`, {
      body: { name: 'Minimal', taskFunctionId: 1, jobTypeId: 1, scheduleConfig: { minutes: 5 } },
    });
    expect(bodyOf('POST /jobs', answer, 201)).toMatchObject({
      description: null,
      taskArgs: null,
      maxInstances: 1,
      timeoutSeconds: 300,
      retryCount: 3,
      retryDelaySeconds: 60,
      isEnabled: true,
      isPaused: false,
      overlapPolicy: 'skip',
      catchUp: { mode: 'latest', windowSeconds: 3600 },
      retryBackoff: 'fixed',
      onWorkerLost: 'retry',
      startAt: null,
      endAt: null,
    });
  });

  test('takes the members beyond the reference and shows them', async () => {
    const members = {
      overlapPolicy: 'queue-one',
      catchUp: { mode: 'all', windowSeconds: 120 },
      retryBackoff: 'exponential',
      retryMaxDelaySeconds: 900,
      retryJitter: 0.25,
      onWorkerLost: 'fail',
      priority: 7,
      startAt: '2030-01-01T00:00:00.000Z',
      endAt: '2031-01-01T00:00:00.000Z',
      isPaused: true,
    };
    const job = await createJob({ ...members, name: 'With policies' });
    expect(job).toMatchObject({ ...members, nextRunTime: null });
    const detail = bodyOf('GET /jobs/{job_id}', await viewer(`GET ${BASE}/jobs/${job.id}`), 200);
    expect(detail).toMatchObject(members);
  });

  test('takes snake_case as well, and leaves the names inside scheduleConfig and taskArgs alone', async () => {
    const answer = await admin(`POST ${BASE}/jobs`, {
      body: {
        name: 'Snake',
        task_function_id: 5,
        job_type_id: 2,
        schedule_config: { hour: '8', minute: '0', day_of_week: 'mon' },
        task_args: { retention_days: 3 },
        timeout_seconds: 20,
        catch_up: { mode: 'none', window_seconds: 9 },
        something_unknown: { is: 'ignored' },
        id: UNKNOWN,
        created_by: 'nobody',
      },
    });
    const job = bodyOf('POST /jobs', answer, 201);
    expect(job).toMatchObject({
      taskFunctionId: 5,
      jobTypeId: 2,
      scheduleConfig: { hour: '8', minute: '0', day_of_week: 'mon' },
      taskArgs: { retention_days: 3 },
      timeoutSeconds: 20,
      catchUp: { mode: 'none', windowSeconds: 9 },
    });
    expect(job['id']).not.toBe(UNKNOWN);
    expect(job['createdBy']).toMatch(UUID);
  });

  test.each([
    [1, { hours: 0, minutes: 0, seconds: 30 }],
    [1, { hours: 0, minutes: 5, seconds: 0 }],
    [1, { hours: 2, minutes: 0, seconds: 0 }],
    [1, { hours: 24, minutes: 0, seconds: 0 }],
    [2, { hour: '0', minute: '0' }],
    [2, { hour: '9', minute: '0' }],
    [2, { hour: '*', minute: '30' }],
    [2, { hour: '8', minute: '0', day_of_week: 'mon' }],
    [2, { hour: '0', minute: '0', day: '1' }],
    [2, { expression: '*/5 * * * *', timezone: 'Europe/Berlin' }],
    [3, { at: '2035-06-01T12:00:00Z' }],
    [3, { delaySeconds: 3600 }],
  ])('accepts a schedule of type %i: %j', async (jobTypeId, scheduleConfig) => {
    const job = await createJob({ jobTypeId, scheduleConfig });
    expect(job['scheduleConfig']).toEqual(scheduleConfig);
    expect(job['nextRunTime']).toMatch(INSTANT);
  });

  test('refuses an unknown task function or job type with 400', async () => {
    const body = { ...EXAMPLE_JOB, taskFunctionId: 99 };
    const unknownFunction = await admin(`POST ${BASE}/jobs`, { body });
    expect(bodyOf('POST /jobs', unknownFunction, 400)).toEqual({ detail: 'Task function 99 not found' });
    const unknownType = await admin(`POST ${BASE}/jobs`, { body: { ...EXAMPLE_JOB, jobTypeId: 9 } });
    expect(bodyOf('POST /jobs', unknownType, 400)).toEqual({ detail: 'Job type 9 not found' });
  });

  test('answers a wrong schedule as the reference prints it', async () => {
    const answer = await admin(`POST ${BASE}/jobs`, { body: { ...EXAMPLE_JOB, scheduleConfig: { hours: 'x' } } });
    expect(bodyOf('POST /jobs', answer, 422)).toEqual({
      detail: [{ loc: ['body', 'scheduleConfig', 'hours'], msg: 'value is not a valid integer', type: 'type_error.integer' }],
    });
    const nothing = await admin(`POST ${BASE}/jobs`, { body: { ...EXAMPLE_JOB, scheduleConfig: { hours: 0 } } });
    expect(bodyOf('POST /jobs', nothing, 422)).toMatchObject({ detail: [{ loc: ['body', 'scheduleConfig', 'hours'] }] });
  });

  test('shows a seeded job in full', async () => {
    const job = bodyOf('GET /jobs/{job_id}', await viewer(`GET ${BASE}/jobs/${SEEDED}`), 200);
    expect(job).toMatchObject({
      id: SEEDED,
      name: 'Domain User Sync (Hourly)',
      description: 'Synchronize domain users from Active Directory every hour',
      taskFunctionId: 1,
      jobTypeId: 1,
      scheduleConfig: { hours: 1, minutes: 0, seconds: 0 },
      taskArgs: null,
      maxInstances: 1,
      timeoutSeconds: 600,
      retryCount: 3,
      retryDelaySeconds: 60,
      isEnabled: true,
      isPaused: false,
      createdBy: null,
      updatedBy: null,
      taskFunction: { id: 1, name: 'sync_domain_users' },
      jobType: { id: 1, name: 'interval', displayName: 'Interval', description: 'Run at fixed time intervals' },
      recentExecutions: [],
    });
  });

  test('shows the last ten executions, newest first, in the form of the reference', async () => {
    const job = await createJob({ name: 'Often run' });
    const ids: string[] = [];
    for (let index = 0; index < 11; index += 1) ids.unshift(await run(job.id, { status: 'success', result: { synced_count: 150 } }));
    const detail = bodyOf<{ recentExecutions: { id: string }[]; lastStatus: string; lastRunTime: string }>(
      'GET /jobs/{job_id}',
      await viewer(`GET ${BASE}/jobs/${job.id}`),
      200,
    );
    expect(detail.recentExecutions.map(({ id }) => id)).toEqual(ids.slice(0, 10));
    expect(detail.lastStatus).toBe('success');
    expect(detail.lastRunTime).toMatch(INSTANT);
    expect(detail.recentExecutions[0]).toMatchObject({
      jobId: job.id,
      celeryTaskId: `${ids[0] ?? ''}-1`,
      status: 'success',
      startedAt: expect.stringMatching(INSTANT) as string,
      completedAt: expect.stringMatching(INSTANT) as string,
      durationSeconds: 5.2,
      result: { synced_count: 150 },
      errorMessage: null,
      triggeredBy: 'manual',
      triggeredByUserId: expect.stringMatching(UUID) as string,
    });
  });

  test('updates the given members only, as in the reference', async () => {
    const job = await createJob();
    const change = { name: 'Updated Job Name', scheduleConfig: { hours: 2, minutes: 0, seconds: 0 }, isEnabled: false };
    const updated = bodyOf('PUT /jobs/{job_id}', await operator(`PUT ${BASE}/jobs/${job.id}`, { body: change }), 200);
    expect(updated).toMatchObject({ ...EXAMPLE_JOB, ...change, nextRunTime: null, taskFunction: { id: 5 }, recentExecutions: [] });
    const cleared = await operator(`PUT ${BASE}/jobs/${job.id}`, { body: { description: null, taskArgs: null } });
    expect(bodyOf('PUT /jobs/{job_id}', cleared, 200)).toMatchObject({ name: 'Updated Job Name', description: null, taskArgs: null });
  });

  test('toggles, pauses and resumes', async () => {
    const { id } = await createJob();
    const off = await operator(`PUT ${BASE}/jobs/${id}/status`, { body: { isEnabled: false } });
    expect(bodyOf('PUT /jobs/{job_id}/status', off, 200)).toMatchObject({ isEnabled: false, nextRunTime: null, jobType: { id: 1 } });
    const on = await operator(`PUT ${BASE}/jobs/${id}/status`, { body: { is_enabled: true } });
    expect(bodyOf('PUT /jobs/{job_id}/status', on, 200)).toMatchObject({ isEnabled: true, nextRunTime: expect.stringMatching(INSTANT) as string });
    const paused = bodyOf('POST /jobs/{job_id}/pause', await operator(`POST ${BASE}/jobs/${id}/pause`), 200);
    expect(paused).toMatchObject({ isEnabled: true, isPaused: true, nextRunTime: null });
    const resumed = bodyOf('POST /jobs/{job_id}/resume', await operator(`POST ${BASE}/jobs/${id}/resume`), 200);
    expect(resumed).toMatchObject({ isPaused: false, nextRunTime: expect.stringMatching(INSTANT) as string });
  });

  test('deletes once; the jobs of system functions stay', async () => {
    const { id } = await createJob();
    expect(bodyOf('DELETE /jobs/{job_id}', await admin(`DELETE ${BASE}/jobs/${id}`), 204)).toBe('');
    bodyOf('DELETE /jobs/{job_id}', await admin(`DELETE ${BASE}/jobs/${id}`), 404);
    const refused = bodyOf<{ detail: string }>('DELETE /jobs/{job_id}', await admin(`DELETE ${BASE}/jobs/${SEEDED}`), 403);
    expect(refused.detail).toContain('system function');
    bodyOf('GET /jobs/{job_id}', await admin(`GET ${BASE}/jobs/${SEEDED}`), 200);
  });
});

describe('the list of jobs', () => {
  test('has the members and counts of the reference, newest first', async () => {
    const older = await createJob({ name: 'List me 1' });
    const newer = await createJob({ name: 'list ME 2', isEnabled: false });
    const answer = await viewer(`GET ${BASE}/jobs?name=LIST%20ME&page=1&per_page=20`);
    const body = bodyOf<{ jobs: Job[] }>('GET /jobs', answer, 200);
    expect(body.jobs.map(({ id }) => id)).toEqual([newer.id, older.id]);
    expect(body).toMatchObject({ total: 2, enabledCount: 1, disabledCount: 1, runningCount: 0 });
    expect(answer.headers.get('x-total-count')).toBe('2');
    const second = bodyOf<{ jobs: Job[]; total: number }>('GET /jobs', await viewer(`GET ${BASE}/jobs?name=list%20me&page=2&per_page=1`), 200);
    expect([second.jobs.map(({ id }) => id), second.total]).toEqual([[older.id], 2]);
  });

  test('filters by status and task function', async () => {
    await createJob({ name: 'Filter me', taskFunctionId: 6, isEnabled: false });
    const off = bodyOf<{ jobs: Job[]; enabledCount: number }>('GET /jobs', await viewer(`GET ${BASE}/jobs?is_enabled=false&per_page=100`), 200);
    expect(off.jobs.length).toBeGreaterThan(0);
    expect(off.jobs.every((job) => job['isEnabled'] === false)).toBe(true);
    expect(off.enabledCount).toBe(0);
    const ofFunction = bodyOf<{ jobs: Job[] }>('GET /jobs', await viewer(`GET ${BASE}/jobs?task_function_id=6`), 200);
    expect(ofFunction.jobs.map(({ name }) => name)).toEqual(['Filter me']);
  });

  test('takes its query in camelCase, too', async () => {
    await createJob({ name: 'Spelled', taskFunctionId: 6, isEnabled: false });
    const { jobs } = bodyOf<{ jobs: Job[] }>('GET /jobs', await viewer(`GET ${BASE}/jobs?taskFunctionId=6&isEnabled=false&perPage=1&name=spelled`), 200);
    expect(jobs.map(({ name }) => name)).toEqual(['Spelled']);
    bodyOf('GET /jobs', await viewer(`GET ${BASE}/jobs?perPage=101`), 422);
    bodyOf('GET /executions', await viewer(`GET ${BASE}/executions?perPage=100&page=10001`), 200);
    bodyOf('GET /executions', await viewer(`GET ${BASE}/executions?perPage=100&page=10002`), 422);
  });

  test('takes % and _ in the name literally, and SQL for text', async () => {
    const { id } = await createJob({ name: `100%_done'; drop table scheduled_job; --` });
    for (const name of ['100%', '%_d', '_done', `'; drop`]) {
      const { jobs } = bodyOf<{ jobs: Job[] }>('GET /jobs', await viewer(`GET ${BASE}/jobs?name=${encodeURIComponent(name)}`), 200);
      expect(jobs.map((job) => job.id), name).toEqual([id]);
    }
  });
});

describe('triggering', () => {
  test('answers as in the reference and records who did it', async () => {
    const job = await createJob({ name: 'Trigger me' });
    const answer = bodyOf('POST /jobs/{job_id}/trigger', await operator(`POST ${BASE}/jobs/${job.id}/trigger`), 200);
    expect(answer).toEqual({
      jobId: job.id,
      executionId: expect.stringMatching(UUID) as string,
      celeryTaskId: `${String(answer['executionId'])}-1`,
      message: 'Job triggered successfully',
    });
    const execution = await viewer(`GET ${BASE}/executions/${String(answer['executionId'])}`);
    expect(bodyOf('GET /executions/{execution_id}', execution, 200)).toMatchObject({
      status: 'pending',
      triggeredBy: 'manual',
      triggeredByUserId: expect.stringMatching(UUID) as string,
      celeryTaskId: answer['celeryTaskId'],
      startedAt: null,
      completedAt: null,
      durationSeconds: null,
      attempts: [],
    });
  });

  test('takes arguments for the one execution', async () => {
    const job = await createJob();
    const answer = await operator(`POST ${BASE}/jobs/${job.id}/trigger`, { body: { task_args: { retention_days: 1 } } });
    const { executionId } = bodyOf<{ executionId: string }>('POST /jobs/{job_id}/trigger', answer, 200);
    const execution = await viewer(`GET ${BASE}/executions/${executionId}`);
    expect(execution.body).toMatchObject({ taskArgs: { retention_days: 1 } });
  });

  test('says api when an API key did it', async () => {
    const created = await admin('POST /api/auth/api-keys', { body: { name: 'CI', permissions: ['TaskRead', 'TaskWrite'] } });
    const key = (created.body as { data: { key?: string; api_key?: string } }).data;
    const headers = { 'x-api-key': key.api_key ?? key.key ?? '' };
    const job = await createJob();
    const answer = await api.request(`POST ${BASE}/jobs/${job.id}/trigger`, { headers });
    const { executionId } = bodyOf<{ executionId: string }>('POST /jobs/{job_id}/trigger', answer, 200);
    const execution = await api.request(`GET ${BASE}/executions/${executionId}`, { headers });
    expect(execution.body).toMatchObject({ triggeredBy: 'api', triggeredByUserId: expect.stringMatching(UUID) as string });
  });

  test('is refused for a disabled, a busy and an unknown job', async () => {
    const disabled = await createJob({ isEnabled: false });
    bodyOf('POST /jobs/{job_id}/trigger', await admin(`POST ${BASE}/jobs/${disabled.id}/trigger`), 400);
    const busy = await createJob();
    await trigger(busy.id);
    bodyOf('POST /jobs/{job_id}/trigger', await admin(`POST ${BASE}/jobs/${busy.id}/trigger`), 409);
    const unknown = bodyOf('POST /jobs/{job_id}/trigger', await admin(`POST ${BASE}/jobs/${UNKNOWN}/trigger`), 404);
    expect(unknown).toEqual({ detail: `Scheduled job ${UNKNOWN} not found` });
  });
});

describe('executions', () => {
  test('are listed over all jobs and by job, with filters and headers', async () => {
    const job = await createJob({ name: 'Two outcomes' });
    const failed = await run(job.id, { status: 'failed', error: 'boom' });
    const succeeded = await run(job.id, { status: 'success' });
    const ofJob = await viewer(`GET ${BASE}/jobs/${job.id}/executions`);
    const body = bodyOf<{ executions: { id: string }[]; total: number }>('GET /jobs/{job_id}/executions', ofJob, 200);
    expect([body.executions.map(({ id }) => id), body.total]).toEqual([[succeeded, failed], 2]);
    expect(ofJob.headers.get('x-per-page')).toBe('50');
    expect(ofJob.headers.get('x-total-count-estimated')).toBeNull();
    const filtered = await viewer(`GET ${BASE}/executions?job_id=${job.id}&status=failed&page=1&per_page=1`);
    expect(bodyOf('GET /executions', filtered, 200)).toMatchObject({ total: 1, executions: [{ id: failed, errorMessage: 'boom' }] });
    const byStatus = await viewer(`GET ${BASE}/jobs/${job.id}/executions?status=success`);
    expect(byStatus.body).toMatchObject({ total: 1, executions: [{ id: succeeded }] });
    const all = bodyOf<{ total: number }>('GET /executions', await viewer(`GET ${BASE}/executions`), 200);
    expect(all.total).toBeGreaterThanOrEqual(2);
  });

  test('of an unknown job are 404, by filter an empty list', async () => {
    bodyOf('GET /jobs/{job_id}/executions', await viewer(`GET ${BASE}/jobs/${UNKNOWN}/executions`), 404);
    expect((await viewer(`GET ${BASE}/executions?job_id=${UNKNOWN}`)).body).toEqual({ executions: [], total: 0 });
  });

  test('show their attempts', async () => {
    const job = await createJob();
    const id = await run(job.id, { status: 'failed', error: 'boom', durationMs: 1_234 });
    const detail = bodyOf('GET /executions/{execution_id}', await viewer(`GET ${BASE}/executions/${id}`), 200);
    expect(detail).toMatchObject({
      status: 'failed',
      durationSeconds: 1.234,
      attempt: 1,
      attempts: [{ attempt: 1, status: 'failed', errorMessage: 'boom', durationSeconds: 1.234 }],
    });
    bodyOf('GET /executions/{execution_id}', await viewer(`GET ${BASE}/executions/${UNKNOWN}`), 404);
  });

  test('are cancelled once', async () => {
    const job = await createJob();
    const id = await trigger(job.id);
    const cancelled = bodyOf('POST /executions/{execution_id}/cancel', await operator(`POST ${BASE}/executions/${id}/cancel`), 200);
    expect(cancelled).toMatchObject({ id, status: 'cancelled' });
    bodyOf('POST /executions/{execution_id}/cancel', await operator(`POST ${BASE}/executions/${id}/cancel`), 409);
    bodyOf('POST /executions/{execution_id}/cancel', await operator(`POST ${BASE}/executions/${UNKNOWN}/cancel`), 404);
  });
});

describe('previews', () => {
  const preview = async (body: object): Promise<Record<string, unknown>> =>
    bodyOf('POST /schedule/preview', await viewer(`POST ${BASE}/schedule/preview`, { body }), 200);

  test('show the next fire times in the zone and in UTC, with what daylight saving does', async () => {
    const answer = await preview({
      jobType: 'cron',
      scheduleConfig: { hour: '2', minute: '30', timezone: 'Europe/Berlin' },
      after: '2030-03-30T12:00:00Z',
      count: 2,
    });
    expect(answer).toMatchObject({
      valid: true,
      timezone: 'Europe/Berlin',
      nextRuns: [
        { utc: '2030-03-31T01:00:00.000Z', local: '2030-03-31T03:00:00+02:00', dst: 'gap' },
        { utc: '2030-04-01T00:30:00.000Z', local: '2030-04-01T02:30:00+02:00', dst: null },
      ],
      errors: [],
    });
    expect(answer['description']).toEqual(expect.any(String));
  });

  test('have ten times by default and end with endAt', async () => {
    const ten = await preview({ jobTypeId: 1, scheduleConfig: { seconds: 30 } });
    expect(ten['nextRuns']).toHaveLength(10);
    const two = await preview({
      jobTypeId: 2,
      scheduleConfig: { hour: '9' },
      startAt: '2030-01-01T00:00:00Z',
      endAt: '2030-01-02T23:00:00Z',
    });
    expect(two['nextRuns']).toHaveLength(2);
  });

  test('answer a wrong schedule with what is wrong', async () => {
    const answer = await preview({ jobTypeId: 1, scheduleConfig: { hours: 'x' } });
    expect(answer).toEqual({
      valid: false,
      description: null,
      timezone: null,
      nextRuns: [],
      errors: [{ loc: ['body', 'scheduleConfig', 'hours'], msg: 'value is not a valid integer', type: 'type_error.integer' }],
    });
    expect(await preview({ jobTypeId: 2, scheduleConfig: { expression: '' } })).toMatchObject({ valid: false });
  });

  test('need a kind of schedule', async () => {
    const missing = await viewer(`POST ${BASE}/schedule/preview`, { body: { scheduleConfig: {} } });
    expect(bodyOf('POST /schedule/preview', missing, 422)).toMatchObject({ detail: [{ loc: ['body', 'jobTypeId'], type: 'value_error.missing' }] });
    const unknown = await viewer(`POST ${BASE}/schedule/preview`, { body: { jobTypeId: 9, scheduleConfig: {} } });
    bodyOf('POST /schedule/preview', unknown, 400);
  });
});

test('the status has the members of the reference', async () => {
  const status = bodyOf('GET /status', await viewer(`GET ${BASE}/status`), 200);
  expect(status).toMatchObject({
    isRunning: false,
    leaderInstance: null,
    totalJobs: expect.any(Number) as number,
    enabledJobs: expect.any(Number) as number,
    runningJobs: 0,
    nextScheduledJob: { id: expect.stringMatching(UUID) as string, name: expect.any(String) as string, nextRunTime: expect.stringMatching(INSTANT) as string },
    instances: [],
  });
});

describe('who may', () => {
  test('nobody without credentials', async () => {
    for (const line of ['GET /jobs', 'POST /jobs', 'GET /status', `GET /executions/${UNKNOWN}/logs/stream`]) {
      const answer = await api.request(line.replace(' /', ` ${BASE}/`), line.startsWith('POST') ? { body: EXAMPLE_JOB } : {});
      expect([line, answer.status, answer.body]).toEqual([line, 401, { detail: expect.any(String) as string }]);
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    }
  });

  test('a viewer reads, an operator writes, an admin deletes', async () => {
    const { id } = await createJob();
    for (const line of ['POST /jobs', `PUT /jobs/${id}`, `PUT /jobs/${id}/status`, `POST /jobs/${id}/trigger`, `POST /jobs/${id}/pause`]) {
      const answer = await viewer(line.replace(' /', ` ${BASE}/`), { body: EXAMPLE_JOB });
      expect([line, answer.status]).toEqual([line, 403]);
    }
    expect((await operator(`DELETE ${BASE}/jobs/${id}`)).status).toBe(403);
    expect((await viewer(`GET ${BASE}/jobs/${id}`)).body).toMatchObject({ isEnabled: true, isPaused: false });
  });
});
