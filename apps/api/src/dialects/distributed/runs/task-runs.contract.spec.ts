import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aNumber, anInstant, expectError, TasksUnderTest, type Page, type Task } from '../../../../test/tasks-under-test.js';

/** What happens to tasks: deletion, triggers, runs, statistics, and who may do it. */
let tasks: TasksUnderTest;
beforeAll(async () => {
  tasks = await TasksUnderTest.start();
});
afterAll(() => tasks.api.close());

describe('DELETE /api/tasks/{id}', () => {
  test('takes the history along, once', async () => {
    const task = await tasks.createTask();
    const number = await tasks.run(task, { status: 'success' });
    expect(tasks.dataOf<null>('DELETE /api/tasks/{id}', await tasks.admin(`DELETE /api/tasks/${String(task.id)}`))).toBeNull();
    expectError(await tasks.admin(`GET /api/task-runs/${String(number)}`), 404, 'TASK_RUN_NOT_FOUND');
    expectError(await tasks.admin(`DELETE /api/tasks/${String(task.id)}`), 404, 'TASK_NOT_FOUND');
  });

  test('is refused while a run is active', async () => {
    const task = await tasks.createTask();
    const { executionId } = await tasks.trigger(task);
    expectError(await tasks.admin(`DELETE /api/tasks/${String(task.id)}`), 409, 'CONFLICT');
    const claim = await tasks.api.worker.start(executionId);
    expectError(await tasks.admin(`DELETE /api/tasks/${String(task.id)}`), 409, 'CONFLICT');
    await tasks.api.worker.finish(claim, { status: 'success' });
    expect((await tasks.admin(`DELETE /api/tasks/${String(task.id)}`)).status).toBe(200);
  });

  test('is refused while another task depends on it, in the native API too', async () => {
    const parent = await tasks.createTask();
    const child = await tasks.createTask({ dependencies: [parent.id] });
    expect(expectError(await tasks.admin(`DELETE /api/tasks/${String(parent.id)}`), 409, 'CONFLICT').message).toContain(String(child['name']));
    const { rows } = await tasks.api.database.pool.query<{ id: string }>('select id from scheduled_job where number = $1', [parent.id]);
    const native = await tasks.admin(`DELETE /api/v1/scheduler/jobs/${rows[0]?.id ?? ''}`);
    expect(native).toMatchObject({ status: 409, body: { detail: `Other jobs depend on it: ${String(child.id)} '${String(child['name'])}'` } });
    expect((await tasks.admin(`DELETE /api/tasks/${String(child.id)}`)).status).toBe(200);
    expect((await tasks.admin(`DELETE /api/tasks/${String(parent.id)}`)).status).toBe(200);
  });
});

describe('POST /api/tasks/{id}/trigger', () => {
  test('answers as the document says', async () => {
    const task = await tasks.createTask();
    const answer = await tasks.operator(`POST /api/tasks/${String(task.id)}/trigger`);
    const data = tasks.dataOf<Record<string, unknown>>('POST /api/tasks/{id}/trigger', answer);
    expect(data).toEqual({ task_run_id: aNumber, message: 'Task triggered successfully', id: data['task_run_id'], task_id: task.id, status: 'Pending' });
  });

  test('is refused while the task is inactive, is at its limit, or has an unmet dependency', async () => {
    const inactive = await tasks.createTask({ status: 'Inactive' });
    expectError(await tasks.admin(`POST /api/tasks/${String(inactive.id)}/trigger`), 400, 'VALIDATION_ERROR');
    const parent = await tasks.createTask({ max_retries: 0 });
    const child = await tasks.createTask({ dependencies: [parent.id] });
    const line = `POST /api/tasks/${String(child.id)}/trigger`;
    expect(expectError(await tasks.admin(line), 409, 'CONFLICT').message).toContain(`dependency ${String(parent.id)}`);
    await tasks.trigger(parent).then(async ({ executionId }) => {
      expectError(await tasks.admin(`POST /api/tasks/${String(parent.id)}/trigger`), 409, 'CONFLICT');
      await tasks.api.worker.finish(await tasks.api.worker.start(executionId), { status: 'failed', error: 'broken' });
    });
    expectError(await tasks.admin(line), 409, 'CONFLICT');
    await tasks.run(parent, { status: 'success' });
    expect((await tasks.admin(line)).status).toBe(200);
  });
});

describe('runs', () => {
  test('come newest first with every member of the document', async () => {
    const task = await tasks.createTask({ max_retries: 0 });
    const numbers = [await tasks.run(task, { status: 'success', result: 'done' }), await tasks.run(task, { status: 'failed', error: 'broken' })];
    const page = tasks.dataOf<Page>('GET /api/tasks/{id}/runs', await tasks.viewer(`GET /api/tasks/${String(task.id)}/runs?page=1&page_size=1`));
    expect(page).toMatchObject({ total: 2, page: 1, page_size: 1, total_pages: 2, items: [{ id: numbers[1] }] });
    const single = tasks.dataOf('GET /api/task-runs/{id}', await tasks.viewer(`GET /api/task-runs/${String(numbers[0])}`));
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
    const task = await tasks.createTask({ max_retries: 0 });
    await tasks.run(task, { status: 'success' });
    await tasks.run(task, { status: 'failed', error: 'broken' });
    const pending = await tasks.trigger(task);
    await tasks.api.database.pool.query("update execution set status = 'cancelled', finished_at = now() where number = $1", [pending.task_run_id]);
    await tasks.trigger(task);
    await tasks.api.database.pool.query(
      `insert into execution (id, job_id, scheduled_for, sort_at, trigger, schedule_version, status, reason, task_function, queue, priority, timeout_ms, finished_at)
       select gen_random_uuid(), id, now(), now(), 'scheduler', 1, 'skipped', 'overlap', 'shell', 'default', 0, 1, now() from scheduled_job where number = $1`,
      [task.id],
    );
    const statuses = async (query: string): Promise<unknown[]> =>
      tasks.dataOf<Page>('GET /api/tasks/{id}/runs', await tasks.viewer(`GET /api/tasks/${String(task.id)}/runs?${query}`)).items.map(({ status }) => status);
    expect(await statuses('status=completed')).toEqual(['Completed']);
    expect(await statuses('status=Failed')).toEqual(['Failed', 'Failed']);
    expect(await statuses('status=Pending')).toEqual(['Pending']);
    expect(await statuses('status=Timeout')).toEqual([]);
    expect((await statuses('')).sort()).toEqual(['Completed', 'Failed', 'Failed', 'Pending']);
    expect((await statuses('include_skipped=true')).sort()).toEqual(['Completed', 'Failed', 'Failed', 'Pending', 'Skipped']);
    for (const query of ['status=Done', 'include_skipped=maybe', 'page_size=101', 'page=0']) {
      expectError(await tasks.viewer(`GET /api/tasks/${String(task.id)}/runs?${query}`), 400, 'VALIDATION_ERROR');
    }
  });

  test('answer 404 to an unknown id and 400 to one that is none', async () => {
    expectError(await tasks.viewer('GET /api/task-runs/9007199254740'), 404, 'TASK_RUN_NOT_FOUND');
    for (const id of ['0', 'abc', '1e3', '99999999999999999999']) expectError(await tasks.viewer(`GET /api/task-runs/${id}`), 400, 'VALIDATION_ERROR');
  });
});

describe('GET /api/tasks/{id}/stats', () => {
  const stats = async (task: Task): Promise<Record<string, unknown>> =>
    tasks.dataOf('GET /api/tasks/{id}/stats', await tasks.viewer(`GET /api/tasks/${String(task.id)}/stats`));

  test('is zero and null without runs', async () => {
    expect(await stats(await tasks.createTask())).toEqual({
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
    const task = await tasks.createTask({ max_retries: 0 });
    await tasks.run(task, { status: 'success' });
    await tasks.run(task, { status: 'success' });
    await tasks.run(task, { status: 'failed', error: 'broken' });
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
    const task = await tasks.createTask();
    const send = { nobody: tasks.api.request, viewer: tasks.viewer, operator: tasks.operator }[who];
    for (const path of ['', `/${String(task.id)}`, `/${String(task.id)}/runs`, `/${String(task.id)}/stats`]) {
      expect((await send(`GET /api/tasks${path}`)).status).toBe(expected.read);
    }
    expect((await send(`PATCH /api/tasks/${String(task.id)}`, { body: { max_retries: 1 } })).status).toBe(expected.write);
    expect((await send(`POST /api/tasks/${String(task.id)}/trigger`)).status).toBe(expected.write);
    expect((await send(`DELETE /api/tasks/${String(task.id)}`)).status).toBe(expected.delete);
  });
});
