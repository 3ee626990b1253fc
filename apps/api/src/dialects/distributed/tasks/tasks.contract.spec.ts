import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase } from '#testing/stores.js';
import { startApi, type Answer, type ApiUnderTest, type Send } from '../../../../test/api-under-test.js';
import { DocumentedAnswers } from '../../../../test/documented-answers.js';

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

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;
const anInstant = expect.stringMatching(INSTANT) as string;
const aNumber = expect.any(Number) as number;
const UNKNOWN = 2_000_000_000;

interface Task {
  readonly id: number;
  readonly [member: string]: unknown;
}
interface Page {
  readonly items: Task[];
  readonly total: number;
  readonly page: number;
  readonly page_size: number;
  readonly total_pages: number;
}

let api: ApiUnderTest;
let admin: Send;
let operator: Send;
let viewer: Send;
let documented: DocumentedAnswers;
let made = 0;

beforeAll(async () => {
  api = await startApi(await createTestDatabase());
  [admin, operator, viewer] = await Promise.all([api.loginAs('admin'), api.loginAs('operator'), api.loginAs('viewer')]);
  documented = await DocumentedAnswers.of(api.request, 'distributed');
});
afterAll(() => api.close());

/** `data` of an answer that has the status and the form that OpenAPI promises. */
function dataOf<Data = Task>(operation: string, answer: Answer, status = 200): Data {
  expect([answer.status, answer.body]).toEqual([status, answer.body]);
  expect(documented.problems(operation, answer)).toEqual([]);
  const { success, data } = answer.body as { success: boolean; data: Data };
  expect(success).toBe(true);
  return data;
}

function expectError(answer: Answer, status: number, code: string): { message: string; details: { field: string }[] | null } {
  expect([answer.status, answer.body]).toEqual([status, answer.body]);
  expect(answer.body).toEqual({
    success: false,
    error: { code, message: expect.any(String) as string, details: (answer.body as { error: { details: unknown } }).error.details },
    timestamp: anInstant,
  });
  return (answer.body as { error: { message: string; details: { field: string }[] | null } }).error;
}

const simple = (members: object = {}): object => ({
  name: `task ${String((made += 1))}`,
  task_type: 'shell',
  schedule: '0 3 * * *',
  parameters: { command: 'true' },
  ...members,
});

async function createTask(members: object = {}): Promise<Task> {
  return dataOf('POST /api/tasks', await admin('POST /api/tasks', { body: simple(members) }), 201);
}

interface Triggered {
  readonly task_run_id: number;
  readonly executionId: string;
}

async function trigger(task: Task): Promise<Triggered> {
  const answer = await admin(`POST /api/tasks/${String(task.id)}/trigger`);
  const { task_run_id } = dataOf<{ task_run_id: number }>('POST /api/tasks/{id}/trigger', answer);
  const { rows } = await api.database.pool.query<{ id: string }>('select id from execution where number = $1', [task_run_id]);
  return { task_run_id, executionId: rows[0]?.id ?? '' };
}

async function run(task: Task, end: Parameters<ApiUnderTest['worker']['finish']>[1]): Promise<number> {
  const { task_run_id, executionId } = await trigger(task);
  await api.worker.finish(await api.worker.start(executionId), end);
  return task_run_id;
}

describe('POST /api/tasks', () => {
  test('creates the example of the document', async () => {
    const task = dataOf('POST /api/tasks', await admin('POST /api/tasks', { body: EXAMPLE }), 201);
    expect(task).toMatchObject({ id: aNumber, ...EXAMPLE, status: 'Active', created_at: anInstant, updated_at: anInstant });
  });

  test('fills in what may be left out, and retries with growing waits', async () => {
    const { id } = await createTask({ name: 'minimal' });
    const task = dataOf('GET /api/tasks/{id}', await viewer(`GET /api/tasks/${String(id)}`));
    expect(task).toMatchObject({ timeout_seconds: 300, max_retries: 3, dependencies: [], status: 'Active', timezone: 'UTC', recent_runs: [] });
    const { rows } = await api.database.pool.query('select retry_backoff, retry_delay_ms, retry_factor, retry_max_delay_ms, round(retry_jitter::numeric, 3)::float8 as jitter from scheduled_job where number = $1', [id]);
    expect(rows).toEqual([{ retry_backoff: 'exponential', retry_delay_ms: 5_000, retry_factor: 2, retry_max_delay_ms: 600_000, jitter: 0.1 }]);
  });

  test.each(['* * * * *', '*/10 * * * * *', '0 0 9 1 1 * 2099', '@hourly', '0 9 * * 7', '0 9 * * mon-fri'])('takes the schedule %s and shows it as given', async (schedule) => {
    expect(await createTask({ schedule })).toMatchObject({ schedule, next_run_at: anInstant });
  });

  test('is the same job in the native API, which can change it', async () => {
    const task = await createTask({ timezone: 'Europe/Berlin', schedule: '30 9 * * 1' });
    const { body } = await admin(`GET /api/v1/scheduler/jobs?name=${encodeURIComponent(String(task['name']))}`);
    const [job] = (body as { jobs: { id: string }[] }).jobs;
    expect(job).toMatchObject({ number: task.id, jobTypeId: 2, scheduleConfig: { expression: '30 9 * * 1', timezone: 'Europe/Berlin' }, retryBackoff: 'exponential' });
    await admin(`PUT /api/v1/scheduler/jobs/${String(job?.id)}/status`, { body: { isEnabled: false } });
    expect(dataOf('GET /api/tasks/{id}', await viewer(`GET /api/tasks/${String(task.id)}`))).toMatchObject({ status: 'Inactive', next_run_at: null });
  });

  test('refuses a name that any job has', async () => {
    const taken = await createTask();
    for (const name of [taken['name'], 'Token Cleanup (Daily)']) {
      expectError(await admin('POST /api/tasks', { body: simple({ name }) }), 409, 'DUPLICATE_TASK_NAME');
    }
  });

  test('gives a name to one of many that ask at once', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, async () => admin('POST /api/tasks', { body: simple({ name: 'wanted' }) })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
  });

  test.each(['', 'soon', '61 * * * *', '* * * *', '0 0 30 2 *', '@fortnightly', '@every 30s', '0 0 0 1 1 * 2001'])('refuses the schedule "%s"', async (schedule) => {
    const answer = await admin('POST /api/tasks', { body: simple({ schedule }) });
    if (schedule === '') expectError(answer, 422, 'VALIDATION_ERROR');
    else expect(expectError(answer, 400, 'INVALID_SCHEDULE').details).toMatchObject([{ field: 'schedule' }]);
  });

  test('refuses a time zone that is none', async () => {
    const answer = await admin('POST /api/tasks', { body: simple({ timezone: 'Mars/Olympus' }) });
    expect(expectError(answer, 400, 'INVALID_SCHEDULE').details).toMatchObject([{ field: 'timezone' }]);
  });

  test('refuses an unknown dependency', async () => {
    const answer = await admin('POST /api/tasks', { body: simple({ dependencies: [1, UNKNOWN] }) });
    expect(expectError(answer, 422, 'VALIDATION_ERROR').details).toEqual([{ field: 'dependencies', message: `${String(UNKNOWN)} is no job` }]);
  });
});

describe('GET /api/tasks', () => {
  test('lists newest first, page by page', async () => {
    const names = ['paged 1', 'paged 2', 'paged 3'];
    for (const name of names) await createTask({ name });
    const page = dataOf<Page>('GET /api/tasks', await viewer('GET /api/tasks?name=PAGED&page=1&page_size=2'));
    expect(page).toMatchObject({ total: 3, page: 1, page_size: 2, total_pages: 2 });
    expect(page.items.map(({ name }) => name)).toEqual(['paged 3', 'paged 2']);
    const last = dataOf<Page>('GET /api/tasks', await viewer('GET /api/tasks?name=paged&page=2&page_size=2'));
    expect(last.items.map(({ name }) => name)).toEqual(['paged 1']);
    expect(dataOf<Page>('GET /api/tasks', await viewer('GET /api/tasks?name=paged&page=99'))).toMatchObject({ items: [], total: 3, total_pages: 1 });
    expect(dataOf<Page>('GET /api/tasks', await viewer('GET /api/tasks?name=no-such-task'))).toEqual({ items: [], total: 0, page: 1, page_size: 20, total_pages: 0 });
  });

  test('filters by status in any case, by type and by a literal part of the name', async () => {
    await createTask({ name: 'filter 100% http', task_type: 'http', parameters: { url: 'http://localhost/' }, status: 'Inactive' });
    await createTask({ name: 'filter 100 shell' });
    const found = async (query: string): Promise<unknown[]> =>
      dataOf<Page>('GET /api/tasks', await viewer(`GET /api/tasks?name=filter&${query}`)).items.map(({ name }) => name);
    expect(await found('status=inactive')).toEqual(['filter 100% http']);
    expect(await found('status=ACTIVE')).toEqual(['filter 100 shell']);
    expect(await found('task_type=http')).toEqual(['filter 100% http']);
    expect(await found('task_type=unheard-of')).toEqual([]);
    const literal = dataOf<Page>('GET /api/tasks', await viewer('GET /api/tasks?name=0%25'));
    expect(literal.items.map(({ name }) => name)).toEqual(['filter 100% http']);
  });

  test('shows jobs of every other dialect, with their schedules in one text', async () => {
    const once = new Date(Date.now() + 86_400_000).toISOString();
    const others = [
      { name: 'other interval', jobTypeId: 1, scheduleConfig: { hours: 1, minutes: 30 } },
      { name: 'other cron', jobTypeId: 2, scheduleConfig: { hour: '9' } },
      { name: 'other once', jobTypeId: 3, scheduleConfig: { at: once } },
    ];
    for (const job of others) expect((await admin('POST /api/v1/scheduler/jobs', { body: { taskFunctionId: 7, taskArgs: { command: 'true' }, ...job } })).status).toBe(201);
    const { items } = dataOf<Page>('GET /api/tasks', await viewer('GET /api/tasks?name=other'));
    expect(items.map(({ schedule }) => schedule)).toEqual([`@once ${once}`, expect.stringMatching(/^0 0 9 \* \* \*|^0 9 \* \* \*$/), '@every 1h30m']);
    expect(dataOf<Page>('GET /api/tasks', await viewer('GET /api/tasks?name=Deployment'))).toMatchObject({ items: [{ schedule: '@every 30s', task_type: 'cleanup_stale_deployment_jobs', parameters: {} }] });
  });

  test.each(['page=0', 'page=-1', 'page=x', 'page=1.5', 'page_size=0', 'page_size=101', 'page_size=ten', 'page=99999999999', 'status=Paused', 'page=1&page=2', 'name=x&name=y'])('answers 400 to ?%s', async (query) => {
    expectError(await viewer(`GET /api/tasks?${query}`), 400, 'VALIDATION_ERROR');
  });
});

describe('GET /api/tasks/{id}', () => {
  test('shows the last runs and the numbers of all', async () => {
    const task = await createTask({ max_retries: 0 });
    await run(task, { status: 'success', result: { exitCode: 0, output: 'Backup completed successfully', truncated: false } });
    await run(task, { status: 'failed', error: 'exit code 1' });
    const detail = dataOf('GET /api/tasks/{id}', await viewer(`GET /api/tasks/${String(task.id)}`));
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
      expect(expectError(await admin(`${method} /api/tasks/${String(UNKNOWN)}`, body), 404, 'TASK_NOT_FOUND').message).toBe(`Task with ID ${String(UNKNOWN)} not found`);
      for (const id of ['0', '-1', 'abc', '1.5', '99999999999', '%00', "1'--"]) {
        expectError(await admin(`${method} /api/tasks/${id}`, body), 400, 'VALIDATION_ERROR');
      }
    }
    for (const line of ['POST /api/tasks/2000000000/trigger', 'GET /api/tasks/2000000000/runs', 'GET /api/tasks/2000000000/stats']) {
      expectError(await admin(line), 404, 'TASK_NOT_FOUND');
    }
  });
});

describe('PUT and PATCH /api/tasks/{id}', () => {
  test('PUT replaces what is given', async () => {
    const task = await createTask();
    const body = { name: 'replaced', task_type: 'http', schedule: '0 4 * * *', parameters: { url: 'http://localhost/' }, timeout_seconds: 60, max_retries: 1, dependencies: [1] };
    const answer = dataOf('PUT /api/tasks/{id}', await operator(`PUT /api/tasks/${String(task.id)}`, { body }));
    expect(answer).toMatchObject({ id: task.id, ...body, status: 'Active', created_at: task['created_at'] });
    const partial = dataOf('PUT /api/tasks/{id}', await operator(`PUT /api/tasks/${String(task.id)}`, { body: { max_retries: 0 } }));
    expect(partial).toMatchObject({ ...body, max_retries: 0 });
  });

  test('PATCH changes the members of the example and leaves the others', async () => {
    const task = await createTask({ dependencies: [1] });
    const body = { name: 'updated-backup-name', status: 'Inactive', timeout_seconds: 7200 };
    const answer = dataOf('PATCH /api/tasks/{id}', await operator(`PATCH /api/tasks/${String(task.id)}`, { body }));
    expect(answer).toMatchObject({ ...body, schedule: '0 3 * * *', parameters: { command: 'true' }, max_retries: 3, dependencies: [1], next_run_at: null });
  });

  test('take back what was read, also of a job that has no cron expression', async () => {
    const { items } = dataOf<Page>('GET /api/tasks', await viewer('GET /api/tasks?name=Deployment'));
    const [read] = items;
    const before = await api.database.pool.query('select schedule, schedule_version from scheduled_job where number = $1', [read?.id]);
    const answer = dataOf('PUT /api/tasks/{id}', await admin(`PUT /api/tasks/${String(read?.id)}`, { body: read }));
    expect(answer).toMatchObject({ schedule: '@every 30s' });
    const after = await api.database.pool.query('select schedule, schedule_version from scheduled_job where number = $1', [read?.id]);
    expect(after.rows).toEqual(before.rows);
  });

  test('keep the time zone when the schedule changes alone', async () => {
    const task = await createTask({ timezone: 'Europe/Berlin' });
    const answer = await admin(`PATCH /api/tasks/${String(task.id)}`, { body: { schedule: '0 5 * * *' } });
    expect(dataOf('PATCH /api/tasks/{id}', answer)).toMatchObject({ schedule: '0 5 * * *', timezone: 'Europe/Berlin' });
  });

  test('refuse what cannot be: an empty change, a taken name, unknown types and dependencies, a bad schedule, a cycle', async () => {
    const [one, two, three] = [await createTask(), await createTask(), await createTask()];
    const patch = async (task: Task, body: object): Promise<Answer> => admin(`PATCH /api/tasks/${String(task.id)}`, { body });
    expectError(await patch(one, {}), 400, 'VALIDATION_ERROR');
    expectError(await patch(one, { nmae: 'x' }), 400, 'VALIDATION_ERROR');
    expectError(await patch(one, { name: two['name'] }), 409, 'DUPLICATE_TASK_NAME');
    expect((await patch(one, { name: one['name'] })).status).toBe(200);
    expect(expectError(await patch(one, { task_type: 'teleport' }), 422, 'VALIDATION_ERROR').details).toMatchObject([{ field: 'task_type' }]);
    expectError(await patch(one, { parameters: {} }), 422, 'VALIDATION_ERROR');
    expectError(await patch(one, { schedule: 'never' }), 400, 'INVALID_SCHEDULE');
    expectError(await patch(one, { dependencies: [UNKNOWN] }), 422, 'VALIDATION_ERROR');
    expectError(await patch(one, { dependencies: [one.id] }), 400, 'DEPENDENCY_CYCLE');
    expect((await patch(two, { dependencies: [one.id] })).status).toBe(200);
    expect((await patch(three, { dependencies: [two.id] })).status).toBe(200);
    for (const method of ['PUT', 'PATCH']) {
      const answer = await admin(`${method} /api/tasks/${String(one.id)}`, { body: { name: 'in a circle', dependencies: [three.id] } });
      expect(expectError(answer, 400, 'DEPENDENCY_CYCLE').message).toContain(`${String(one.id)} → ${String(three.id)} → ${String(two.id)} → ${String(one.id)}`);
    }
    expect(dataOf('GET /api/tasks/{id}', await viewer(`GET /api/tasks/${String(one.id)}`))).toMatchObject({ name: one['name'], dependencies: [] });
  });
});

describe('DELETE /api/tasks/{id}', () => {
  test('takes the history along, once', async () => {
    const task = await createTask();
    const number = await run(task, { status: 'success' });
    expect(dataOf<null>('DELETE /api/tasks/{id}', await admin(`DELETE /api/tasks/${String(task.id)}`))).toBeNull();
    expectError(await admin(`GET /api/task-runs/${String(number)}`), 404, 'TASK_RUN_NOT_FOUND');
    expectError(await admin(`DELETE /api/tasks/${String(task.id)}`), 404, 'TASK_NOT_FOUND');
  });

  test('is refused while a run is active', async () => {
    const task = await createTask();
    const { executionId } = await trigger(task);
    expectError(await admin(`DELETE /api/tasks/${String(task.id)}`), 409, 'CONFLICT');
    const claim = await api.worker.start(executionId);
    expectError(await admin(`DELETE /api/tasks/${String(task.id)}`), 409, 'CONFLICT');
    await api.worker.finish(claim, { status: 'success' });
    expect((await admin(`DELETE /api/tasks/${String(task.id)}`)).status).toBe(200);
  });

  test('is refused while another task depends on it, in the native API too', async () => {
    const parent = await createTask();
    const child = await createTask({ dependencies: [parent.id] });
    expect(expectError(await admin(`DELETE /api/tasks/${String(parent.id)}`), 409, 'CONFLICT').message).toContain(String(child['name']));
    const { rows } = await api.database.pool.query<{ id: string }>('select id from scheduled_job where number = $1', [parent.id]);
    const native = await admin(`DELETE /api/v1/scheduler/jobs/${rows[0]?.id ?? ''}`);
    expect(native).toMatchObject({ status: 409, body: { detail: `Other jobs depend on it: ${String(child.id)} '${String(child['name'])}'` } });
    expect((await admin(`DELETE /api/tasks/${String(child.id)}`)).status).toBe(200);
    expect((await admin(`DELETE /api/tasks/${String(parent.id)}`)).status).toBe(200);
  });
});

describe('POST /api/tasks/{id}/trigger', () => {
  test('answers as the document says', async () => {
    const task = await createTask();
    const answer = await operator(`POST /api/tasks/${String(task.id)}/trigger`);
    const data = dataOf<Record<string, unknown>>('POST /api/tasks/{id}/trigger', answer);
    expect(data).toEqual({ task_run_id: aNumber, message: 'Task triggered successfully', id: data['task_run_id'], task_id: task.id, status: 'Pending' });
  });

  test('is refused while the task is inactive, is at its limit, or has an unmet dependency', async () => {
    const inactive = await createTask({ status: 'Inactive' });
    expectError(await admin(`POST /api/tasks/${String(inactive.id)}/trigger`), 400, 'VALIDATION_ERROR');
    const parent = await createTask({ max_retries: 0 });
    const child = await createTask({ dependencies: [parent.id] });
    const line = `POST /api/tasks/${String(child.id)}/trigger`;
    expect(expectError(await admin(line), 409, 'CONFLICT').message).toContain(`dependency ${String(parent.id)}`);
    await trigger(parent).then(async ({ executionId }) => {
      expectError(await admin(`POST /api/tasks/${String(parent.id)}/trigger`), 409, 'CONFLICT');
      await api.worker.finish(await api.worker.start(executionId), { status: 'failed', error: 'broken' });
    });
    expectError(await admin(line), 409, 'CONFLICT');
    await run(parent, { status: 'success' });
    expect((await admin(line)).status).toBe(200);
  });
});

describe('runs', () => {
  test('come newest first with every member of the document', async () => {
    const task = await createTask({ max_retries: 0 });
    const numbers = [await run(task, { status: 'success', result: 'done' }), await run(task, { status: 'failed', error: 'broken' })];
    const page = dataOf<Page>('GET /api/tasks/{id}/runs', await viewer(`GET /api/tasks/${String(task.id)}/runs?page=1&page_size=1`));
    expect(page).toMatchObject({ total: 2, page: 1, page_size: 1, total_pages: 2, items: [{ id: numbers[1] }] });
    const single = dataOf('GET /api/task-runs/{id}', await viewer(`GET /api/task-runs/${String(numbers[0])}`));
    expect(single).toEqual({
      id: numbers[0],
      task_id: task.id,
      status: 'Completed',
      worker_id: expect.any(String) as string,
      retry_count: 0,
      scheduled_at: anInstant,
      started_at: anInstant,
      completed_at: anInstant,
      result: 'done',
      error_message: null,
      execution_duration_ms: aNumber,
      created_at: anInstant,
      reason: null,
    });
    const [started, completed] = [single['started_at'], single['completed_at']].map((text) => Date.parse(text as string));
    expect(single['execution_duration_ms']).toBe((completed ?? 0) - (started ?? 0));
  });

  test('are filtered by status; what is cancelled counts as failed; what was skipped is shown on request', async () => {
    const task = await createTask({ max_retries: 0 });
    await run(task, { status: 'success' });
    await run(task, { status: 'failed', error: 'broken' });
    const pending = await trigger(task);
    await api.database.pool.query("update execution set status = 'cancelled', finished_at = now() where number = $1", [pending.task_run_id]);
    await trigger(task);
    await api.database.pool.query(
      `insert into execution (id, job_id, scheduled_for, sort_at, trigger, schedule_version, status, reason, task_function, queue, priority, timeout_ms, finished_at)
       select gen_random_uuid(), id, now(), now(), 'scheduler', 1, 'skipped', 'overlap', 'shell', 'default', 0, 1, now() from scheduled_job where number = $1`,
      [task.id],
    );
    const statuses = async (query: string): Promise<unknown[]> =>
      dataOf<Page>('GET /api/tasks/{id}/runs', await viewer(`GET /api/tasks/${String(task.id)}/runs?${query}`)).items.map(({ status }) => status);
    expect(await statuses('status=completed')).toEqual(['Completed']);
    expect(await statuses('status=Failed')).toEqual(['Failed', 'Failed']);
    expect(await statuses('status=Pending')).toEqual(['Pending']);
    expect(await statuses('status=Timeout')).toEqual([]);
    expect((await statuses('')).sort()).toEqual(['Completed', 'Failed', 'Failed', 'Pending']);
    expect((await statuses('include_skipped=true')).sort()).toEqual(['Completed', 'Failed', 'Failed', 'Pending', 'Skipped']);
    for (const query of ['status=Done', 'include_skipped=maybe', 'page_size=101', 'page=0']) {
      expectError(await viewer(`GET /api/tasks/${String(task.id)}/runs?${query}`), 400, 'VALIDATION_ERROR');
    }
  });

  test('answer 404 to an unknown id and 400 to one that is none', async () => {
    expectError(await viewer('GET /api/task-runs/9007199254740'), 404, 'TASK_RUN_NOT_FOUND');
    for (const id of ['0', 'abc', '1e3', '99999999999999999999']) expectError(await viewer(`GET /api/task-runs/${id}`), 400, 'VALIDATION_ERROR');
  });
});

describe('GET /api/tasks/{id}/stats', () => {
  const stats = async (task: Task): Promise<Record<string, unknown>> =>
    dataOf('GET /api/tasks/{id}/stats', await viewer(`GET /api/tasks/${String(task.id)}/stats`));

  test('is zero and null without runs', async () => {
    expect(await stats(await createTask())).toEqual({
      total_runs: 0,
      successful_runs: 0,
      failed_runs: 0,
      success_rate: 0,
      average_duration_ms: 0,
      min_duration_ms: 0,
      max_duration_ms: 0,
      last_success: null,
      last_failure: null,
      runs_last_24h: 0,
      runs_last_7d: 0,
      runs_last_30d: 0,
    });
  });

  test('counts what just ended, with two decimals', async () => {
    const task = await createTask({ max_retries: 0 });
    await run(task, { status: 'success' });
    await run(task, { status: 'success' });
    await run(task, { status: 'failed', error: 'broken' });
    const found = await stats(task);
    expect(found).toMatchObject({ total_runs: 3, successful_runs: 2, failed_runs: 1, success_rate: 66.67, runs_last_24h: 3, runs_last_7d: 3, runs_last_30d: 3, last_success: anInstant, last_failure: anInstant });
    expect(found['min_duration_ms']).toBeLessThanOrEqual(found['average_duration_ms'] as number);
    expect(found['average_duration_ms']).toBeLessThanOrEqual(found['max_duration_ms'] as number);
  });
});

describe('who may', () => {
  test.each([
    ['nobody', 401, { read: 401, write: 401, delete: 401 }],
    ['viewer', 200, { read: 200, write: 403, delete: 403 }],
    ['operator', 200, { read: 200, write: 200, delete: 403 }],
  ] as const)('%s', async (who, _status, expected) => {
    const task = await createTask();
    const send = { nobody: api.request, viewer, operator }[who];
    for (const path of ['', `/${String(task.id)}`, `/${String(task.id)}/runs`, `/${String(task.id)}/stats`]) {
      expect((await send(`GET /api/tasks${path}`)).status).toBe(expected.read);
    }
    expect((await send(`PATCH /api/tasks/${String(task.id)}`, { body: { max_retries: 1 } })).status).toBe(expected.write);
    expect((await send(`POST /api/tasks/${String(task.id)}/trigger`)).status).toBe(expected.write);
    expect((await send(`DELETE /api/tasks/${String(task.id)}`)).status).toBe(expected.delete);
  });
});

describe('bad input', () => {
  const snapshot = async (): Promise<unknown> =>
    (await api.database.pool.query("select md5(string_agg(j::text, '' order by j.id)) as jobs, (select count(*) from job_dependency) as edges from scheduled_job j")).rows;
  const nested = (depth: number): object => (depth === 0 ? {} : { deeper: nested(depth - 1) });

  test.each<[string, object, string]>([
    ['no name', { name: undefined }, 'name'],
    ['an empty name', { name: '' }, 'name'],
    ['a blank name', { name: '   ' }, 'name'],
    ['a name of 256 characters', { name: 'x'.repeat(256) }, 'name'],
    ['a name that is a number', { name: 5 }, 'name'],
    ['a name that is an object', { name: { constructor: 'x' } }, 'name'],
    ['a NUL character in the name', { name: 'a\u0000b' }, 'name'],
    ['a NUL character in the parameters', { parameters: { command: 'a\u0000b' } }, 'parameters.command'],
    ['parameters that are nested 100 deep', { parameters: { command: 'true', environment: nested(100) } }, ''],
    ['no task type', { task_type: undefined }, 'task_type'],
    ['a task type of 101 characters', { task_type: 'x'.repeat(101) }, 'task_type'],
    ['an unknown task type', { task_type: "shell'; drop table scheduled_job; --" }, 'task_type'],
    ['no schedule', { schedule: undefined }, 'schedule'],
    ['a schedule of 256 characters', { schedule: '*'.repeat(256) }, 'schedule'],
    ['a schedule that is a list', { schedule: ['* * * * *'] }, 'schedule'],
    ['a missing parameter', { parameters: {} }, 'parameters.command'],
    ['parameters that are a list', { parameters: ['true'] }, 'parameters'],
    ['parameters of the wrong type', { parameters: { command: 5 } }, 'parameters.command'],
    ['a negative timeout', { timeout_seconds: -1 }, 'timeout_seconds'],
    ['no timeout', { timeout_seconds: 0 }, 'timeout_seconds'],
    ['a timeout of more than a day', { timeout_seconds: 86_401 }, 'timeout_seconds'],
    ['a timeout as text', { timeout_seconds: '60' }, 'timeout_seconds'],
    ['half a second', { timeout_seconds: 0.5 }, 'timeout_seconds'],
    ['a negative number of retries', { max_retries: -1 }, 'max_retries'],
    ['11 retries', { max_retries: 11 }, 'max_retries'],
    ['dependencies that are no list', { dependencies: 1 }, 'dependencies'],
    ['dependencies that are texts', { dependencies: ['1'] }, 'dependencies'],
    ['a dependency out of range', { dependencies: [2 ** 40] }, 'dependencies'],
    ['a negative dependency', { dependencies: [-1] }, 'dependencies'],
    ['101 dependencies', { dependencies: Array.from({ length: 101 }, (_, index) => index + 1) }, 'dependencies'],
    ['an unknown status', { status: 'Paused' }, 'status'],
  ])('is answered 422 and changes nothing: %s', async (_words, members, field) => {
    const before = await snapshot();
    const answer = await admin('POST /api/tasks', { body: simple(members) });
    const { details } = expectError(answer, 422, 'VALIDATION_ERROR');
    expect(details?.map((detail) => detail.field)).toContain(field);
    expect(await snapshot()).toEqual(before);
  });

  test('is answered 400 when it is no JSON, 422 when it is no object, 413 when it is too large', async () => {
    const before = await snapshot();
    expectError(await admin('POST /api/tasks', { body: '{"name": ' }), 400, 'VALIDATION_ERROR');
    expectError(await admin('POST /api/tasks', { body: '[]' }), 422, 'VALIDATION_ERROR');
    expectError(await admin('POST /api/tasks', { body: simple({ parameters: { command: 'x'.repeat(1_100_000) } }) }), 413, 'PAYLOAD_TOO_LARGE');
    expectError(await admin('GET /api/tasks/1/unheard-of'), 404, 'NOT_FOUND');
    expectError(await admin('POST /api/task-runs/1'), 405, 'METHOD_NOT_ALLOWED');
    expect(await snapshot()).toEqual(before);
  });

  test('stores what looks like SQL as text', async () => {
    const name = "Robert'); drop table scheduled_job; --";
    expect(await createTask({ name })).toMatchObject({ name });
    const { items } = dataOf<Page>('GET /api/tasks', await viewer(`GET /api/tasks?name=${encodeURIComponent(name)}`));
    expect(items).toHaveLength(1);
  });
});
