import { describe, expect, test } from 'vitest';
import { BASE, EXAMPLE_JOB, INSTANT, SEEDED, UNKNOWN, UUID, type Job, withSchedulerApi } from '../../../../test/scheduler-api.js';

const { admin, operator, viewer, bodyOf, createJob, run } = withSchedulerApi();

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
