import { WorkerRegistry } from '#application/workers/worker-registry.js';
import { newId, type WorkerId } from '#domain/ids.js';
import { createTestDatabase } from '#testing/stores.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApi, type ApiUnderTest, type Send } from '../../../../test/api-under-test.js';
import { NATIVE, nativeBodies, UNKNOWN_ID, violationsOf, type BodyOf } from '../../../../test/native-answers.js';

const WORKER = newId<WorkerId>();
const SILENT = newId<WorkerId>();
let api: ApiUnderTest;
let viewer: Send;
let admin: Send;
let bodyOf: BodyOf;

interface Queue {
  readonly name: string;
  readonly [figure: string]: unknown;
}

const sql = async (text: string, values: unknown[] = []): Promise<unknown> => api.database.pool.query(text, values);
const queueNamed = async (name: string): Promise<Queue | undefined> =>
  bodyOf<{ queues: Queue[] }>('GET /queues', await viewer(`GET ${NATIVE}/queues`)).queues.find((queue) => queue.name === name);

async function register(id: WorkerId, name: string): Promise<void> {
  const registry = api.app.get(WorkerRegistry);
  const about = { hostname: 'node-1', ipAddress: '::1', pid: 7, version: '1.0.0', queues: ['file_queue'], taskTypes: ['shell'] };
  await registry.register({ id, name, ...about, concurrency: 10, isolation: 'process' });
  await registry.heartbeat(id, { status: 'alive', slotsInUse: 3 });
}

async function startRun(): Promise<string> {
  const body = { name: 'Cleaning', taskFunctionId: 5, jobTypeId: 1, scheduleConfig: { hours: 1 } };
  const { id } = (await admin(`POST ${NATIVE}/jobs`, { body })).body as { id: string };
  const { executionId } = (await admin(`POST ${NATIVE}/jobs/${id}/trigger`)).body as { executionId: string };
  await api.worker.start(executionId);
  await sql('update execution set worker_id = $2 where id = $1', [executionId, WORKER]);
  return executionId;
}

beforeAll(async () => {
  api = await startApi(await createTestDatabase());
  [admin, viewer] = [await api.loginAs('admin'), await api.loginAs('viewer')];
  bodyOf = await nativeBodies(api);
});
afterAll(() => api.close());

describe('before there are workers', () => {
  test('the list is empty, the queues have nobody and health says so', async () => {
    expect(bodyOf('GET /workers', await viewer(`GET ${NATIVE}/workers`))).toEqual({ workers: [], total: 0 });
    expect(await queueNamed('file_queue')).toMatchObject({ workers: 0, waiting: 0, running: 0, oldestWaitingSeconds: null });
    const health = bodyOf<{ status: string; checks: object[] }>('GET /health', await viewer(`GET ${NATIVE}/health`));
    expect(health.status).toBe('degraded');
    expect(health.checks).toMatchObject([
      { name: 'api', status: 'ok', since: null },
      { name: 'database', status: 'ok', since: null },
      { name: 'queue', status: 'ok', since: null },
      { name: 'scheduler', status: 'ok', since: null },
      { name: 'workers', status: 'degraded', message: 'No worker is alive', since: expect.stringMatching(/Z$/) as string },
    ]);
  });
});

describe('workers', () => {
  beforeAll(async () => {
    await register(SILENT, 'worker-002');
    await register(WORKER, 'worker-001');
    await sql(`update worker set last_heartbeat_at = clock_timestamp() - interval '31 s' where id = $1`, [SILENT]);
  });

  test('are listed with everything that is known of them, newest start first', async () => {
    const answer = await viewer(`GET ${NATIVE}/workers`);
    const { workers, total } = bodyOf<{ workers: object[]; total: number }>('GET /workers', answer);
    expect(total).toBe(2);
    expect(answer.headers.get('x-total-count')).toBe('2');
    expect(workers).toMatchObject([
      {
        id: WORKER, name: 'worker-001', hostname: 'node-1', ipAddress: '::1', pid: 7, version: '1.0.0', status: 'alive', isAlive: true,
        queues: ['file_queue'], taskTypes: ['shell'], concurrency: 10, slotsInUse: 3, isolation: 'process',
      },
      { id: SILENT, status: 'down', isAlive: false, slotsInUse: 0 },
    ]);
  });

  test('are filtered by whether they live, and paged', async () => {
    const ids = async (query: string): Promise<string[]> =>
      bodyOf<{ workers: { id: string }[] }>('GET /workers', await viewer(`GET ${NATIVE}/workers?${query}`)).workers.map(({ id }) => id);
    expect(await ids('status=alive')).toEqual([WORKER]);
    expect(await ids('status=down')).toEqual([SILENT]);
    expect(await ids('page=2&perPage=1')).toEqual([SILENT]);
    expect(await ids('page=3&per_page=1')).toEqual([]);
  });

  test.each([
    ['status=gone', "query.status: value is not a valid enumeration member; permitted: 'alive', 'down'"],
    ['page=0', 'query.page: ensure this value is greater than or equal to 1'],
    ['per_page=101', 'query.per_page: ensure this value is less than or equal to 100'],
    ['status=alive%00', 'query.status: NUL characters and unpaired surrogates are not allowed'],
  ])('answers 422 to %s', async (query, violation) => {
    expect(violationsOf(await viewer(`GET ${NATIVE}/workers?${query}`))).toEqual([violation]);
  });

  test('have details: what they ran and what they run', async () => {
    const executionId = await startRun();
    const detail = bodyOf('GET /workers/{worker_id}', await viewer(`GET ${NATIVE}/workers/${WORKER}`));
    expect(detail).toMatchObject({
      id: WORKER,
      statistics: { succeeded: 0, failed: 0, cancelled: 0, averageDurationSeconds: null, last24Hours: 0, last7Days: 0, lastFinishedAt: null },
      runningExecutions: [{ id: executionId, status: 'running', workerId: WORKER }],
    });
    await sql(`update execution set status = 'success', finished_at = now(), duration_ms = 1500 where id = $1`, [executionId]);
    const after = bodyOf('GET /workers/{worker_id}', await viewer(`GET ${NATIVE}/workers/${WORKER}`));
    expect(after).toMatchObject({ statistics: { succeeded: 1, averageDurationSeconds: 1.5, last24Hours: 1 }, runningExecutions: [] });
  });

  test('that do not exist are 404, ids that are none 422', async () => {
    const unknown = await viewer(`GET ${NATIVE}/workers/${UNKNOWN_ID}`);
    expect(bodyOf('GET /workers/{worker_id}', unknown, 404)).toEqual({ detail: `Worker with ID ${UNKNOWN_ID} not found` });
    expect(violationsOf(await viewer(`GET ${NATIVE}/workers/worker-001`))).toEqual(['path.worker_id: value is not a valid uuid']);
  });
});

describe('queues', () => {
  test('show what waits and runs by the ledger, and what the message queue holds', async () => {
    const running = await startRun();
    const { job_id: jobId } = ((await api.database.pool.query('select job_id from execution where id = $1', [running])).rows[0]) as { job_id: string };
    await sql(`update scheduled_job set max_instances = 5 where id = $1`, [jobId]);
    await admin(`POST ${NATIVE}/jobs/${jobId}/trigger`);
    await sql(`update execution set created_at = now() - interval '90 s' where job_id = $1 and status = 'pending'`, [jobId]);
    const queue = await queueNamed('file_queue');
    expect(queue).toMatchObject({ workers: 1, waiting: 1, running: 1 });
    expect(queue?.['taskFunctions']).toContain('cleanup_expired_files');
    expect(queue?.['oldestWaitingSeconds']).toBeGreaterThanOrEqual(90);
    // Nobody takes entries from the message queue here: each trigger left one.
    expect(queue?.['broker']).toMatchObject({ active: 0, delayed: 0, completed: 0, failed: 0, paused: false });
    expect((queue?.['broker'] as { waiting: number }).waiting).toBeGreaterThanOrEqual(2);
  });

  test('tell the store of the message queue', async () => {
    expect(bodyOf('GET /queues', await viewer(`GET ${NATIVE}/queues`))).toMatchObject({ backend: 'postgres' });
  });
});

test('health counts live workers, and names queues that nobody consumes', async () => {
  const workers = async (): Promise<object | undefined> =>
    bodyOf<{ checks: { name: string }[] }>('GET /health', await viewer(`GET ${NATIVE}/health`)).checks.find(({ name }) => name === 'workers');
  await expect.poll(workers, { timeout: 5_000 }).toMatchObject({ status: 'ok', message: '1 alive', since: null });
  await sql(`update worker set queues = '{other}' where id = $1`, [WORKER]);
  await expect.poll(workers, { timeout: 5_000 }).toMatchObject({ status: 'degraded', message: 'No live worker consumes: file_queue' });
});

test.each(['workers', `workers/${UNKNOWN_ID}`, 'queues', 'health'])('%s is refused to who may not', async (path) => {
  const made = await admin('POST /api/auth/api-keys', { body: { name: 'narrow', permissions: ['TaskWrite'] } });
  const headers = { 'x-api-key': (made.body as { data: { api_key: string } }).data.api_key };
  expect((await api.request(`GET ${NATIVE}/${path}`, { headers })).status).toBe(403);
  expect((await api.request(`GET ${NATIVE}/${path}`)).status).toBe(401);
});
