import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BASE, EXAMPLE_JOB, INSTANT, UNKNOWN, UUID, withSchedulerApi } from '../../../test/scheduler-api.js';

const { api, operator, viewer, bodyOf, createJob } = withSchedulerApi();

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

  describe('of which there are many', () => {
    const list = async (query: string) => {
      const answer = await viewer(`GET ${BASE}/task-functions?${query}`);
      const { taskFunctions, total } = bodyOf<{ taskFunctions: { id: number; name: string }[]; total: number }>('GET /task-functions', answer, 200);
      return { names: taskFunctions.map(({ name }) => name), ids: taskFunctions.map(({ id }) => id), total };
    };

    beforeAll(async () => {
      await api.database.query({
        text: `insert into task_function (id, name, display_name, description, handler_path, handler_type, queue, default_timeout_ms)
               select 5000 + n, 'many_' || n, 'One of Many ' || n, 'does 100% of_it', 'functions.many_' || n, 'function', 'crowd', 1000
                 from generate_series(1, 150) n`,
      });
    });
    afterAll(async () => {
      await api.database.query({ text: 'delete from task_function where id > 5000' });
    });

    test('are all reached, page by page', async () => {
      const pages = await Promise.all([1, 2, 3].map((page) => list(`q=one of many&per_page=60&page=${String(page)}`)));
      expect(pages.map(({ total }) => total)).toEqual([150, 150, 150]);
      expect(pages.flatMap(({ ids }) => ids)).toEqual(Array.from({ length: 150 }, (_, at) => 5001 + at));
    });

    test('are found by name, display name, description and queue, taken literally', async () => {
      expect(await list('q=MANY_150')).toEqual({ names: ['many_150'], ids: [5150], total: 1 });
      expect((await list('q=Many 15')).total).toBe(2);
      expect((await list(`q=${encodeURIComponent('100% of_')}`)).total).toBe(150);
      expect((await list(`q=${encodeURIComponent('100_')}`)).total).toBe(0);
      expect((await list('q=crowd&is_active=false')).total).toBe(0);
      expect((await list('q=&per_page=1')).total).toBeGreaterThan(150);
    });

    test('are found by id', async () => {
      expect(await list('id=5150')).toEqual({ names: ['many_150'], ids: [5150], total: 1 });
      expect((await list('id=4999')).total).toBe(0);
      bodyOf('GET /task-functions', await viewer(`GET ${BASE}/task-functions?id=x`), 422);
    });
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

  test('say in which minute most other jobs are due, when asked', async () => {
    // In a year in which nothing else is due.
    const at = (clock: string) => ({ jobTypeId: 2, scheduleConfig: { expression: `${clock} 1 1 * 2040` } });
    const own = await createJob({ name: 'due at 3:17', ...at('0 17 3') });
    await createJob({ name: 'due at 3:17, too', ...at('0 17 3') });
    await createJob({ name: 'due ten seconds later', ...at('10 17 3') });
    await createJob({ name: 'due, but disabled', isEnabled: false, ...at('0 17 3') });
    await createJob({ name: 'due a minute later', ...at('0 18 3') });
    const busiest = async (more: object) => (await preview({ ...at('0 17,18 3'), ...more }))['busiestMinute'];
    expect(await busiest({})).toBeUndefined();
    expect(await busiest({ withOtherJobs: true })).toEqual({ at: '2040-01-01T03:17:00.000Z', otherJobs: 3 });
    expect(await busiest({ withOtherJobs: true, jobId: own.id })).toEqual({ at: '2040-01-01T03:17:00.000Z', otherJobs: 2 });
    expect(await busiest({ ...at('0 44 4'), withOtherJobs: true })).toBeNull();
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
