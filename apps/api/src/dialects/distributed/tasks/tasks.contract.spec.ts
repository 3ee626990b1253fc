import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Answer } from '../../../../test/api-under-test.js';
import { aNumber, anInstant, expectError, TasksUnderTest, UNKNOWN_TASK, type Page, type Task } from '../../../../test/tasks-under-test.js';

/** The examples of the API reference, as printed. */
const EXAMPLE = {
  name: 'daily-backup',
  task_type: 'shell',
  schedule: '0 2 * * *',
  parameters: {
    command: 'pg_dump mydb > /backup/$(date +%Y%m%d).sql',
    working_directory: '/backup',
  },
  timeout_seconds: 3600,
  max_retries: 3,
  dependencies: [1, 2],
};

let tasks: TasksUnderTest;
beforeAll(async () => {
  tasks = await TasksUnderTest.start();
});
afterAll(() => tasks.api.close());

describe('POST /api/tasks', () => {
  test('creates the example of the document', async () => {
    const task = tasks.dataOf('POST /api/tasks', await tasks.admin('POST /api/tasks', { body: EXAMPLE }), 201);
    expect(task).toMatchObject({ id: aNumber, ...EXAMPLE, status: 'Active', created_at: anInstant, updated_at: anInstant });
  });

  test('fills in what may be left out, and retries with growing waits', async () => {
    const { id } = await tasks.createTask({ name: 'minimal' });
    const task = tasks.dataOf('GET /api/tasks/{id}', await tasks.viewer(`GET /api/tasks/${String(id)}`));
    expect(task).toMatchObject({ timeout_seconds: 300, max_retries: 3, dependencies: [], status: 'Active', timezone: 'UTC', recent_runs: [] });
    expect(await tasks.retryOf(id)).toEqual({ retry_backoff: 'exponential', retry_delay_ms: 5_000, retry_factor: 2, retry_max_delay_ms: 600_000, jitter: 0.1 });
  });

  test('gives new tasks the waits that the environment says', async () => {
    const others = await TasksUnderTest.start({ TASK_RETRY_DELAY_MS: '1000', TASK_RETRY_FACTOR: '1.5', TASK_RETRY_MAX_DELAY_MS: '60000', TASK_RETRY_JITTER: '0.25' });
    const { id } = await others.createTask();
    expect(await others.retryOf(id)).toEqual({ retry_backoff: 'exponential', retry_delay_ms: 1_000, retry_factor: 1.5, retry_max_delay_ms: 60_000, jitter: 0.25 });
    await others.api.close();
  });

  test.each(['* * * * *', '*/10 * * * * *', '0 0 9 1 1 * 2099', '@hourly', '0 9 * * 7', '0 9 * * mon-fri'])('takes the schedule %s and shows it as given', async (schedule) => {
    expect(await tasks.createTask({ schedule })).toMatchObject({ schedule, next_run_at: anInstant });
  });

  test('is the same job in the native API, which can change it', async () => {
    const task = await tasks.createTask({ timezone: 'Europe/Berlin', schedule: '30 9 * * 1' });
    const { body } = await tasks.admin(`GET /api/v1/scheduler/jobs?name=${encodeURIComponent(String(task['name']))}`);
    const [job] = (body as { jobs: { id: string }[] }).jobs;
    expect(job).toMatchObject({ number: task.id, jobTypeId: 2, scheduleConfig: { expression: '30 9 * * 1', timezone: 'Europe/Berlin' }, retryBackoff: 'exponential' });
    await tasks.admin(`PUT /api/v1/scheduler/jobs/${String(job?.id)}/status`, { body: { isEnabled: false } });
    expect(tasks.dataOf('GET /api/tasks/{id}', await tasks.viewer(`GET /api/tasks/${String(task.id)}`))).toMatchObject({ status: 'Inactive', next_run_at: null });
  });

  test('refuses a name that any job has', async () => {
    const taken = await tasks.createTask();
    for (const name of [taken['name'], 'Token Cleanup (Daily)']) {
      expectError(await tasks.admin('POST /api/tasks', { body: tasks.simple({ name }) }), 409, 'DUPLICATE_TASK_NAME');
    }
  });

  test('gives a name to one of many that ask at once', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, async () => tasks.admin('POST /api/tasks', { body: tasks.simple({ name: 'wanted' }) })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
  });

  test.each(['', 'soon', '61 * * * *', '* * * *', '0 0 30 2 *', '@fortnightly', '@every 30s', '0 0 0 1 1 * 2001'])('refuses the schedule "%s"', async (schedule) => {
    const answer = await tasks.admin('POST /api/tasks', { body: tasks.simple({ schedule }) });
    if (schedule === '') expectError(answer, 422, 'VALIDATION_ERROR');
    else expect(expectError(answer, 400, 'INVALID_SCHEDULE').details).toMatchObject([{ field: 'schedule' }]);
  });

  test('refuses a time zone that is none', async () => {
    const answer = await tasks.admin('POST /api/tasks', { body: tasks.simple({ timezone: 'Mars/Olympus' }) });
    expect(expectError(answer, 400, 'INVALID_SCHEDULE').details).toMatchObject([{ field: 'timezone' }]);
  });

  test('refuses an unknown dependency', async () => {
    const answer = await tasks.admin('POST /api/tasks', { body: tasks.simple({ dependencies: [1, UNKNOWN_TASK] }) });
    expect(expectError(answer, 422, 'VALIDATION_ERROR').details).toEqual([{ field: 'dependencies', message: `${String(UNKNOWN_TASK)} is no job` }]);
  });
});

describe('GET /api/tasks', () => {
  test('lists newest first, page by page', async () => {
    const names = ['paged 1', 'paged 2', 'paged 3'];
    for (const name of names) await tasks.createTask({ name });
    const page = tasks.dataOf<Page>('GET /api/tasks', await tasks.viewer('GET /api/tasks?name=PAGED&page=1&page_size=2'));
    expect(page).toMatchObject({ total: 3, page: 1, page_size: 2, total_pages: 2 });
    expect(page.items.map(({ name }) => name)).toEqual(['paged 3', 'paged 2']);
    const last = tasks.dataOf<Page>('GET /api/tasks', await tasks.viewer('GET /api/tasks?name=paged&page=2&page_size=2'));
    expect(last.items.map(({ name }) => name)).toEqual(['paged 1']);
    expect(tasks.dataOf<Page>('GET /api/tasks', await tasks.viewer('GET /api/tasks?name=paged&page=99'))).toMatchObject({ items: [], total: 3, total_pages: 1 });
    expect(tasks.dataOf<Page>('GET /api/tasks', await tasks.viewer('GET /api/tasks?name=no-such-task'))).toEqual({ items: [], total: 0, page: 1, page_size: 20, total_pages: 0 });
  });

  test('filters by status in any case, by type and by a literal part of the name', async () => {
    await tasks.createTask({ name: 'filter 100% http', task_type: 'http', parameters: { url: 'http://localhost/' }, status: 'Inactive' });
    await tasks.createTask({ name: 'filter 100 shell' });
    const found = async (query: string): Promise<unknown[]> =>
      tasks.dataOf<Page>('GET /api/tasks', await tasks.viewer(`GET /api/tasks?name=filter&${query}`)).items.map(({ name }) => name);
    expect(await found('status=inactive')).toEqual(['filter 100% http']);
    expect(await found('status=ACTIVE')).toEqual(['filter 100 shell']);
    expect(await found('task_type=http')).toEqual(['filter 100% http']);
    expect(await found('task_type=unheard-of')).toEqual([]);
    const literal = tasks.dataOf<Page>('GET /api/tasks', await tasks.viewer('GET /api/tasks?name=0%25'));
    expect(literal.items.map(({ name }) => name)).toEqual(['filter 100% http']);
  });

  test('shows jobs of every other dialect, with their schedules in one text', async () => {
    const once = new Date(Date.now() + 86_400_000).toISOString();
    const others = [
      { name: 'other interval', jobTypeId: 1, scheduleConfig: { hours: 1, minutes: 30 } },
      { name: 'other cron', jobTypeId: 2, scheduleConfig: { hour: '9' } },
      { name: 'other once', jobTypeId: 3, scheduleConfig: { at: once } },
    ];
    for (const job of others) expect((await tasks.admin('POST /api/v1/scheduler/jobs', { body: { taskFunctionId: 7, taskArgs: { command: 'true' }, ...job } })).status).toBe(201);
    const { items } = tasks.dataOf<Page>('GET /api/tasks', await tasks.viewer('GET /api/tasks?name=other'));
    expect(items.map(({ schedule }) => schedule)).toEqual([`@once ${once}`, expect.stringMatching(/^0 0 9 \* \* \*|^0 9 \* \* \*$/), '@every 1h30m']);
    expect(tasks.dataOf<Page>('GET /api/tasks', await tasks.viewer('GET /api/tasks?name=Deployment'))).toMatchObject({ items: [{ schedule: '@every 30s', task_type: 'cleanup_stale_deployment_jobs', parameters: {} }] });
  });

  test.each(['page=0', 'page=-1', 'page=x', 'page=1.5', 'page_size=0', 'page_size=101', 'page_size=ten', 'page=99999999999', 'status=Paused', 'page=1&page=2', 'name=x&name=y'])('answers 400 to ?%s', async (query) => {
    expectError(await tasks.viewer(`GET /api/tasks?${query}`), 400, 'VALIDATION_ERROR');
  });
});

describe('GET /api/tasks/{id}', () => {
  test('shows the last runs and the numbers of all', async () => {
    const task = await tasks.createTask({ max_retries: 0 });
    await tasks.run(task, { status: 'success', result: { exitCode: 0, output: 'Backup completed successfully', truncated: false } });
    await tasks.run(task, { status: 'failed', error: 'exit code 1' });
    const detail = tasks.dataOf('GET /api/tasks/{id}', await tasks.viewer(`GET /api/tasks/${String(task.id)}`));
    expect(detail['recent_runs']).toMatchObject([
      { task_id: task.id, status: 'Failed', error_message: 'exit code 1', result: null },
      { task_id: task.id, status: 'Completed', result: 'Backup completed successfully', error_message: null },
    ]);
    expect(detail['execution_stats']).toEqual({
      total_runs: 2,
      successful_runs: 1,
      failed_runs: 1,
      success_rate: 50,
      average_duration_ms: aNumber,
      last_success: anInstant,
      last_failure: anInstant,
    });
  });

  test('answers 404 to an unknown id and 400 to one that is none', async () => {
    const methods = ['GET', 'PUT', 'PATCH', 'DELETE'];
    for (const method of methods) {
      const body = method.startsWith('P') ? { body: { name: 'x' } } : {};
      expect(expectError(await tasks.admin(`${method} /api/tasks/${String(UNKNOWN_TASK)}`, body), 404, 'TASK_NOT_FOUND').message).toBe(`Task with ID ${String(UNKNOWN_TASK)} not found`);
      for (const id of ['0', '-1', 'abc', '1.5', '99999999999', '%00', "1'--"]) {
        expectError(await tasks.admin(`${method} /api/tasks/${id}`, body), 400, 'VALIDATION_ERROR');
      }
    }
    for (const line of ['POST /api/tasks/2000000000/trigger', 'GET /api/tasks/2000000000/runs', 'GET /api/tasks/2000000000/stats']) {
      expectError(await tasks.admin(line), 404, 'TASK_NOT_FOUND');
    }
  });
});

describe('PUT and PATCH /api/tasks/{id}', () => {
  test('PUT replaces what is given', async () => {
    const task = await tasks.createTask();
    const body = { name: 'replaced', task_type: 'http', schedule: '0 4 * * *', parameters: { url: 'http://localhost/' }, timeout_seconds: 60, max_retries: 1, dependencies: [1] };
    const answer = tasks.dataOf('PUT /api/tasks/{id}', await tasks.operator(`PUT /api/tasks/${String(task.id)}`, { body }));
    expect(answer).toMatchObject({ id: task.id, ...body, status: 'Active', created_at: task['created_at'] });
    const partial = tasks.dataOf('PUT /api/tasks/{id}', await tasks.operator(`PUT /api/tasks/${String(task.id)}`, { body: { max_retries: 0 } }));
    expect(partial).toMatchObject({ ...body, max_retries: 0 });
  });

  test('PATCH changes the members of the example and leaves the others', async () => {
    const task = await tasks.createTask({ dependencies: [1] });
    const body = { name: 'updated-backup-name', status: 'Inactive', timeout_seconds: 7200 };
    const answer = tasks.dataOf('PATCH /api/tasks/{id}', await tasks.operator(`PATCH /api/tasks/${String(task.id)}`, { body }));
    expect(answer).toMatchObject({ ...body, schedule: '0 3 * * *', parameters: { command: 'true' }, max_retries: 3, dependencies: [1], next_run_at: null });
  });

  test('take back what was read, also of a job that has no cron expression', async () => {
    const { items } = tasks.dataOf<Page>('GET /api/tasks', await tasks.viewer('GET /api/tasks?name=Deployment'));
    const [read] = items;
    const before = await tasks.api.database.pool.query('select schedule, schedule_version from scheduled_job where number = $1', [read?.id]);
    const answer = tasks.dataOf('PUT /api/tasks/{id}', await tasks.admin(`PUT /api/tasks/${String(read?.id)}`, { body: read }));
    expect(answer).toMatchObject({ schedule: '@every 30s' });
    const after = await tasks.api.database.pool.query('select schedule, schedule_version from scheduled_job where number = $1', [read?.id]);
    expect(after.rows).toEqual(before.rows);
  });

  test('keep the time zone when the schedule changes alone', async () => {
    const task = await tasks.createTask({ timezone: 'Europe/Berlin' });
    const answer = await tasks.admin(`PATCH /api/tasks/${String(task.id)}`, { body: { schedule: '0 5 * * *' } });
    expect(tasks.dataOf('PATCH /api/tasks/{id}', answer)).toMatchObject({ schedule: '0 5 * * *', timezone: 'Europe/Berlin' });
  });

  test('refuse what cannot be: an empty change, a taken name, unknown types and dependencies, a bad schedule, a cycle', async () => {
    const [one, two, three] = [await tasks.createTask(), await tasks.createTask(), await tasks.createTask()];
    const patch = async (task: Task, body: object): Promise<Answer> => tasks.admin(`PATCH /api/tasks/${String(task.id)}`, { body });
    expectError(await patch(one, {}), 400, 'VALIDATION_ERROR');
    expectError(await patch(one, { nmae: 'x' }), 400, 'VALIDATION_ERROR');
    expectError(await patch(one, { name: two['name'] }), 409, 'DUPLICATE_TASK_NAME');
    expect((await patch(one, { name: one['name'] })).status).toBe(200);
    expect(expectError(await patch(one, { task_type: 'teleport' }), 422, 'VALIDATION_ERROR').details).toMatchObject([{ field: 'task_type' }]);
    expectError(await patch(one, { parameters: {} }), 422, 'VALIDATION_ERROR');
    expectError(await patch(one, { schedule: 'never' }), 400, 'INVALID_SCHEDULE');
    expectError(await patch(one, { dependencies: [UNKNOWN_TASK] }), 422, 'VALIDATION_ERROR');
    expectError(await patch(one, { dependencies: [one.id] }), 400, 'DEPENDENCY_CYCLE');
    expect((await patch(two, { dependencies: [one.id] })).status).toBe(200);
    expect((await patch(three, { dependencies: [two.id] })).status).toBe(200);
    for (const method of ['PUT', 'PATCH']) {
      const answer = await tasks.admin(`${method} /api/tasks/${String(one.id)}`, { body: { name: 'in a circle', dependencies: [three.id] } });
      expect(expectError(answer, 400, 'DEPENDENCY_CYCLE').message).toContain(`${String(one.id)} → ${String(three.id)} → ${String(two.id)} → ${String(one.id)}`);
    }
    expect(tasks.dataOf('GET /api/tasks/{id}', await tasks.viewer(`GET /api/tasks/${String(one.id)}`))).toMatchObject({ name: one['name'], dependencies: [] });
  });
});
