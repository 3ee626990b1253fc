import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createTestDatabase } from '#testing/stores.js';
import { startApi, type Answer, type ApiUnderTest, type Send } from '../../../test/api-under-test.js';
import { DocumentedAnswers } from '../../../test/documented-answers.js';

/** Nine calls, as the document has them; nobody logs in. */
const TASKS = '/api/v1/tasks';
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
const UNKNOWN = '00000000-0000-4000-8000-000000000000';
const EXAMPLE = {
  name: 'Clean up logs',
  description: 'Old logs',
  task_type: 'file_cleanup',
  schedule: '0 2 * * *',
  config: { path: '/tmp/logs', pattern: '*.log', days: 7 },
};

let api: ApiUnderTest;
let call: Send;
let documented: DocumentedAnswers;
beforeAll(async () => {
  api = await startApi(await createTestDatabase());
  call = api.request;
  documented = await DocumentedAnswers.of(call, 'timer4tasker');
});
afterAll(() => api.close());
beforeEach(async () => {
  await api.database.query({ name: 'clear-tasks', text: 'delete from scheduled_job where task_function_id between 10 and 12' });
});

interface Body {
  readonly success: boolean;
  readonly message?: string;
  readonly data: Record<string, unknown>;
}

/** Sends `METHOD /path` below /api/v1 and returns the body, which has the form that OpenAPI promises. */
async function ok(line: string, options?: { body?: unknown; status?: number }): Promise<Body> {
  const answer = await call(line.replace(' /', ' /api/v1/'), options?.body === undefined ? {} : { body: options.body });
  expect([answer.status, answer.body]).toEqual([options?.status ?? 200, answer.body]);
  const pattern = line.split('?')[0]?.replace(' /', ' /api/v1/').replace(/tasks\/[^/]+/, 'tasks/{task_id}') ?? '';
  expect(documented.problems(pattern, answer)).toEqual([]);
  expect(answer.body).toMatchObject({ success: true });
  return answer.body as Body;
}

function refused(answer: Answer, status: number): string {
  expect([answer.status, answer.body]).toEqual([status, { success: false, message: expect.any(String) as string }]);
  return (answer.body as { message: string }).message;
}

async function create(members: object = {}): Promise<string> {
  return String((await ok('POST /tasks', { body: { ...EXAMPLE, ...members }, status: 201 })).data['task_id']);
}

describe('creating', () => {
  test('answers 201 with what was stored', async () => {
    const { data } = await ok('POST /tasks', { body: EXAMPLE, status: 201 });
    expect(data).toEqual({
      task_id: expect.any(String) as string,
      name: 'Clean up logs',
      task_type: 'file_cleanup',
      schedule: '0 2 * * *',
      enabled: true,
      created_at: expect.stringMatching(INSTANT) as string,
    });
  });

  test.each(['*/5 * * * *', '30 0 2 * * *', '0 0 2 1 1 * 2040', '@hourly', '0 9 * * MON-FRI'])('takes the schedule %s and gives it back', async (schedule) => {
    const id = await create({ schedule });
    expect((await ok(`GET /tasks/${id}`)).data).toMatchObject({ schedule, next_run: expect.stringMatching(INSTANT) as string });
  });

  test('needs a name, a type and a schedule only, and a name may be used twice', async () => {
    const minimal = { name: 'x', task_type: 'data_backup', schedule: '@daily' };
    const { data } = await ok('POST /tasks', { body: minimal, status: 201 });
    await ok('POST /tasks', { body: minimal, status: 201 });
    expect((await ok(`GET /tasks/${String(data['task_id'])}`)).data).toMatchObject({ description: '', config: {}, enabled: true, last_run: null });
  });

  test.each<[string, unknown, RegExp]>([
    ['no name', { ...EXAMPLE, name: undefined }, /name: field required/],
    ['an empty name', { ...EXAMPLE, name: '' }, /^name: /],
    ['a blank name', { ...EXAMPLE, name: '  ' }, /name: must not be blank/],
    ['a name that is a number', { ...EXAMPLE, name: 5 }, /name: str type expected/],
    ['a NUL in the name', { ...EXAMPLE, name: 'a\u0000b' }, /^name: NUL/],
    ['an unknown type', { ...EXAMPLE, task_type: 'shell' }, /task_type: .*file_cleanup, data_summary, data_backup/],
    ['no type', { ...EXAMPLE, task_type: undefined }, /task_type: field required/],
    ['no schedule', { ...EXAMPLE, schedule: undefined }, /schedule: field required/],
    ['an empty schedule', { ...EXAMPLE, schedule: '' }, /^schedule: .*empty/],
    ['three fields', { ...EXAMPLE, schedule: '* * *' }, /^schedule: .*3 fields/],
    ['a date that never comes', { ...EXAMPLE, schedule: '0 0 30 2 *' }, /^schedule: .*never/],
    ['a schedule that is no text', { ...EXAMPLE, schedule: { minute: 5 } }, /^schedule: /],
    ['an interval', { ...EXAMPLE, schedule: '@every 5m' }, /^schedule: /],
    ['a config that is a list', { ...EXAMPLE, config: [] }, /^config: /],
    ['days that are text', { ...EXAMPLE, config: { days: '7' } }, /^config\.days: /],
    ['days that are a fraction', { ...EXAMPLE, config: { days: 1.5 } }, /^config\.days: /],
    ['negative days', { ...EXAMPLE, config: { days: -1 } }, /^config\.days: /],
    ['a path that is a number', { ...EXAMPLE, config: { path: 1 } }, /^config\.path: /],
    ['a flag that is text', { ...EXAMPLE, enabled: 'yes' }, /^enabled: /],
    ['nothing', {}, /name: field required; task_type: field required; schedule: field required/],
    ['a list', [], /./],
    ['half a JSON', '{"name":', /JSON/],
  ])('answers 400 to %s', async (_what, body, message) => {
    expect(refused(await call(`POST ${TASKS}`, { body }), 400)).toMatch(message);
  });

  test('answers 400 without a body or with another media type, and 413 to a large one', async () => {
    refused(await call(`POST ${TASKS}`), 400);
    refused(await call(`POST ${TASKS}`, { body: 'name=x', headers: { 'content-type': 'text/plain' } }), 400);
    refused(await call(`POST ${TASKS}`, { body: { ...EXAMPLE, description: 'x'.repeat(1_100_000) } }), 413);
  });
});

describe('the list', () => {
  test('has the newest first, page by page', async () => {
    const ids = [await create({ name: 'a' }), await create({ name: 'b' }), await create({ name: 'c' })];
    const first = await ok('GET /tasks?page=1&page_size=2');
    expect(first.data).toMatchObject({ total: 3, page: 1, page_size: 2, tasks: [{ task_id: ids[2], last_run: null }, { task_id: ids[1] }] });
    expect((await ok('GET /tasks?page=2&page_size=2')).data).toMatchObject({ page: 2, tasks: [{ task_id: ids[0] }] });
    expect((await ok('GET /tasks?page=99')).data).toMatchObject({ total: 3, page: 99, page_size: 10, tasks: [] });
  });

  test('filters by type and by state', async () => {
    await create();
    const backup = await create({ task_type: 'data_backup', config: {}, enabled: false });
    expect((await ok('GET /tasks?task_type=data_backup')).data).toMatchObject({ total: 1, tasks: [{ task_id: backup }] });
    expect((await ok('GET /tasks?enabled=false')).data).toMatchObject({ total: 1, tasks: [{ task_id: backup, enabled: false }] });
    expect((await ok('GET /tasks?enabled=true&task_type=data_backup')).data).toMatchObject({ total: 0, tasks: [] });
  });

  test.each(['page=0', 'page=-1', 'page=abc', 'page=1.5', 'page=', 'page_size=0', 'page_size=x', 'page=1&page=2', 'enabled=maybe', 'task_type=shell', 'page=99999999999'])(
    'answers 400 to %s',
    async (query) => {
      expect(refused(await call(`GET ${TASKS}?${query}`), 400)).toMatch(new RegExp(`^${query.split('=')[0] ?? ''}: `));
    },
  );
});

describe('one task', () => {
  test('has every member of the document', async () => {
    const id = await create();
    expect((await ok(`GET /tasks/${id}`)).data).toEqual({
      ...EXAMPLE,
      task_id: id,
      enabled: true,
      created_at: expect.stringMatching(INSTANT) as string,
      updated_at: expect.stringMatching(INSTANT) as string,
      last_run: null,
      next_run: expect.stringMatching(/T02:00:00\.000Z$/) as string,
    });
    expect((await ok(`GET /tasks/${id.toUpperCase()}`)).data).toMatchObject({ task_id: id });
  });

  test.each([UNKNOWN, '1', 'abc', '%00', '%F0%9F%98%80', 'x'.repeat(2_000)])('is not found by %s', async (id) => {
    expect(refused(await call(`GET ${TASKS}/${id}`), 404)).toBe('Task not found');
    refused(await call(`PUT ${TASKS}/${id}`, { body: { name: 'x' } }), 404);
    refused(await call(`DELETE ${TASKS}/${id}`), 404);
    refused(await call(`POST ${TASKS}/${id}/toggle`, { body: { enabled: true } }), 404);
    refused(await call(`POST ${TASKS}/${id}/execute`), 404);
    refused(await call(`GET ${TASKS}/${id}/executions`), 404);
  });

  test('is deleted once', async () => {
    const id = await create();
    expect(await ok(`DELETE /tasks/${id}`)).toEqual({ success: true, message: 'Task deleted' });
    refused(await call(`DELETE ${TASKS}/${id}`), 404);
    refused(await call(`GET ${TASKS}/${id}`), 404);
  });
});

describe('updating', () => {
  test('changes what is given and replaces the configuration', async () => {
    const id = await create();
    const { data } = await ok(`PUT /tasks/${id}`, { body: { name: 'New', config: { path: '/tmp/other' } } });
    expect(data).toEqual({ task_id: id, name: 'New', task_type: 'file_cleanup', schedule: '0 2 * * *', enabled: true, updated_at: expect.stringMatching(INSTANT) as string });
    expect((await ok(`GET /tasks/${id}`)).data).toMatchObject({ description: 'Old logs', config: { path: '/tmp/other' } });
    await ok(`PUT /tasks/${id}`, { body: { schedule: '0 5 * * *', enabled: false, description: null } });
    expect((await ok(`GET /tasks/${id}`)).data).toMatchObject({ name: 'New', description: '', schedule: '0 5 * * *', enabled: false, next_run: null });
    await ok(`PUT /tasks/${id}`, { body: {} });
  });

  test('never changes the type', async () => {
    const id = await create();
    expect((await ok(`PUT /tasks/${id}`, { body: { task_type: 'data_backup' } })).data).toMatchObject({ task_type: 'file_cleanup' });
  });

  test.each<[object]>([[{ name: '' }], [{ name: null }], [{ schedule: 'x' }], [{ schedule: null }], [{ config: 'x' }], [{ config: null }], [{ config: { days: 'x' } }], [{ enabled: 1 }]])(
    'answers 400 to %j',
    async (body) => {
      const id = await create();
      refused(await call(`PUT ${TASKS}/${id}`, { body }), 400);
      expect((await ok(`GET /tasks/${id}`)).data).toMatchObject(EXAMPLE);
    },
  );

  test('toggle sets, it does not turn over', async () => {
    const id = await create();
    expect((await ok(`POST /tasks/${id}/toggle`, { body: { enabled: false } })).data).toEqual({ task_id: id, enabled: false });
    expect((await ok(`POST /tasks/${id}/toggle`, { body: { enabled: false } })).data).toEqual({ task_id: id, enabled: false });
    expect((await ok(`GET /tasks/${id}`)).data).toMatchObject({ enabled: false, next_run: null });
    expect((await ok(`POST /tasks/${id}/toggle`, { body: { enabled: true } })).data).toEqual({ task_id: id, enabled: true });
    for (const body of [{}, { enabled: 'true' }, { enabled: null }, { enabled: 1 }]) refused(await call(`POST ${TASKS}/${id}/toggle`, { body }), 400);
    refused(await call(`POST ${TASKS}/${id}/toggle`), 400);
  });
});

describe('executing', () => {
  const execute = async (id: string): Promise<string> => String((await ok(`POST /tasks/${id}/execute`)).data['execution_id']);

  test('starts at once and belongs to nobody', async () => {
    const id = await create();
    const { data } = await ok(`POST /tasks/${id}/execute`);
    expect(data).toEqual({ execution_id: expect.any(String) as string, task_id: id, status: 'running', started_at: expect.stringMatching(INSTANT) as string });
    const [row] = await api.database.query<{ trigger: string; triggered_by: null }>({ name: 'who', text: 'select trigger, triggered_by from execution where id = $1' }, [data['execution_id']]);
    expect(row).toEqual({ trigger: 'manual', triggered_by: null });
  });

  test('works while the task is disabled, and while it runs', async () => {
    const id = await create({ enabled: false });
    const first = await execute(id);
    const second = await execute(id);
    await api.worker.start(first);
    await expect(api.worker.start(second)).rejects.toThrow(/could not be claimed/);
    expect((await ok(`GET /tasks/${id}`)).data).toMatchObject({ enabled: false, last_run: expect.stringMatching(INSTANT) as string });
  });

  test('ends up in the history, newest first, with its result or its error', async () => {
    const id = await create();
    const done = await execute(id);
    await api.worker.finish(await api.worker.start(done), { status: 'success', result: { scanned: 2, deleted: 1, bytes_freed: 5, errors: [] } });
    const broken = await execute(id);
    await api.worker.finish(await api.worker.start(broken), { status: 'failed', error: '"/tmp/logs" does not exist' });
    const { data } = await ok(`GET /tasks/${id}/executions`);
    const time = expect.stringMatching(INSTANT) as string;
    expect(data).toEqual({
      executions: [
        { execution_id: broken, task_id: id, status: 'failed', started_at: time, completed_at: time, result: null, error: '"/tmp/logs" does not exist' },
        { execution_id: done, task_id: id, status: 'completed', started_at: time, completed_at: time, result: { scanned: 2, deleted: 1, bytes_freed: 5, errors: [] }, error: null },
      ],
    });
    expect((await ok(`GET /tasks/${id}/executions?limit=1`)).data['executions']).toHaveLength(1);
    for (const limit of ['0', '-1', 'x', '1.5', '']) refused(await call(`GET ${TASKS}/${id}/executions?limit=${limit}`), 400);
  });

  test('is in the statistics', async () => {
    const before = (await ok('GET /stats')).data;
    expect(before).toEqual({ total_tasks: 0, active_tasks: 0, total_executions: 0, successful_executions: 0, failed_executions: 0 });
    const id = await create();
    await create({ enabled: false });
    await api.worker.finish(await api.worker.start(await execute(id)), { status: 'success' });
    await api.worker.finish(await api.worker.start(await execute(id)), { status: 'failed', error: 'x' });
    await execute(id);
    expect((await ok('GET /stats')).data).toEqual({ total_tasks: 2, active_tasks: 1, total_executions: 3, successful_executions: 1, failed_executions: 1 });
  });
});

describe('one platform', () => {
  const SCHEDULER = '/api/v1/scheduler/jobs';

  test('tasks are jobs of the native API', async () => {
    const admin = await api.loginAs('admin');
    const id = await create();
    expect((await admin(`GET ${SCHEDULER}/${id}`)).body).toMatchObject({
      id,
      taskFunction: { name: 'file_cleanup' },
      scheduleConfig: { expression: '0 2 * * *' },
      taskArgs: EXAMPLE.config,
      createdBy: null,
      retryCount: 0,
    });
  });

  test('jobs of the native API with one of the three functions are tasks, others are not', async () => {
    const admin = await api.loginAs('admin');
    const job = { name: 'Native', taskFunctionId: 11, jobTypeId: 1, scheduleConfig: { hours: 6 }, taskArgs: { source: '/tmp/x.csv' } };
    const made = (await admin(`POST ${SCHEDULER}`, { body: job })).body as { id: string };
    expect((await ok('GET /tasks')).data).toMatchObject({ total: 1, tasks: [{ task_id: made.id, task_type: 'data_summary', schedule: '@every 6h' }] });
    expect((await ok(`PUT /tasks/${made.id}`, { body: { name: 'Renamed', schedule: '@every 6h' } })).data).toMatchObject({ name: 'Renamed', schedule: '@every 6h' });
    const shell = (await admin(`POST ${SCHEDULER}`, { body: { ...job, taskFunctionId: 7, taskArgs: { command: 'true' } } })).body as { id: string };
    refused(await call(`GET ${TASKS}/${shell.id}`), 404);
    refused(await call(`DELETE ${TASKS}/${shell.id}`), 404);
    expect((await admin(`DELETE ${SCHEDULER}/${shell.id}`)).status).toBe(204);
  });

  test('the native API keeps its rule for disabled jobs', async () => {
    const admin = await api.loginAs('admin');
    const id = await create({ enabled: false });
    expect((await admin(`POST ${SCHEDULER}/${id}/trigger`)).status).toBe(400);
  });
});

describe('access', () => {
  test('credentials that are sent count', async () => {
    const viewer = await api.loginAs('viewer');
    expect((await viewer(`GET ${TASKS}`)).status).toBe(200);
    refused(await viewer(`POST ${TASKS}`, { body: EXAMPLE }), 403);
    refused(await call(`GET ${TASKS}`, { headers: { authorization: 'Bearer nonsense' } }), 401);
    const operator = await api.loginAs('operator');
    const created = await operator(`POST ${TASKS}`, { body: EXAMPLE });
    expect(created.status).toBe(201);
    refused(await operator(`DELETE ${TASKS}/${(created.body as { data: { task_id: string } }).data.task_id}`), 403);
  });

  test('writes of other sites are refused', async () => {
    const id = await create();
    refused(await call(`POST ${TASKS}/${id}/execute`, { headers: { origin: 'https://evil.example' } }), 403);
    expect((await ok(`GET /tasks/${id}/executions`)).data).toEqual({ executions: [] });
  });

  test('unknown paths and methods are worded here too', async () => {
    refused(await call(`GET ${TASKS}/${UNKNOWN}/nothing`), 404);
    const patch = await call(`PATCH ${TASKS}/${UNKNOWN}`, { body: {} });
    refused(patch, 405);
    expect(patch.headers.get('allow')).toBe('DELETE, GET, HEAD, PUT');
    refused(await call('GET /api/v1/stats/x'), 404);
    refused(await call(`GET ${TASKS}/%E4%B8`), 400);
  });

  test('everything is closed where the installation does not open it', async () => {
    const closed = await startApi(await createTestDatabase(), { TIMER4TASKER_ANONYMOUS: 'false' });
    try {
      for (const line of [`GET ${TASKS}`, `GET ${TASKS}/${UNKNOWN}`, `POST ${TASKS}/${UNKNOWN}/execute`, `DELETE ${TASKS}/${UNKNOWN}`, 'GET /api/v1/stats']) {
        refused(await closed.request(line), 401);
      }
      const admin = await closed.loginAs('admin');
      expect((await admin(`POST ${TASKS}`, { body: EXAMPLE })).status).toBe(201);
    } finally {
      await closed.close();
    }
  });
});
