/** Document 002, "Worker Management" and "Worker Monitoring". */
import { WorkerRegistry } from '#application/workers/worker-registry.js';
import { newId, type WorkerId } from '#domain/ids.js';
import { createTestDatabase } from '#testing/stores.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApi, type ApiUnderTest, type Send } from '../../../../test/api-under-test.js';
import { DocumentedAnswers } from '../../../../test/documented-answers.js';
import { runCurlScript } from '#testing/curl-script.js';

interface Page {
  readonly data: { readonly items: { readonly id: string; readonly name: string; readonly status: string }[] } & Record<string, unknown>;
}

const WORKER = newId<WorkerId>();
let api: ApiUnderTest;
let viewer: Send & { readonly token: string };

const sql = async (text: string, values: unknown[] = []): Promise<unknown> => api.database.pool.query(text, values);

async function register(id: WorkerId, name: string): Promise<void> {
  const registry = api.app.get(WorkerRegistry);
  await registry.register({
    id,
    name,
    hostname: 'worker-node-1',
    ipAddress: '192.168.1.100',
    pid: 1,
    version: '1.0.0',
    queues: ['default'],
    taskTypes: ['shell', 'http', 'python'],
    concurrency: 10,
    isolation: null,
  });
  await registry.heartbeat(id, { status: 'alive', slotsInUse: 3 });
}

/** Silent since so long, as the database's clock sees it. */
const silent = (id: WorkerId, seconds: number): Promise<unknown> =>
  sql(`update worker set last_heartbeat_at = clock_timestamp() - $2 * interval '1 second' where id = $1`, [id, seconds]);

const list = async (query = ''): Promise<Page['data']> => ((await viewer(`GET /api/workers${query}`)).body as Page).data;

beforeAll(async () => {
  api = await startApi(await createTestDatabase());
  viewer = await api.loginAs('viewer');
});
afterAll(() => api.close());

describe('GET /api/workers', () => {
  test('is an empty page without workers', async () => {
    expect(await list()).toEqual({ items: [], total: 0, page: 1, page_size: 20, total_pages: 0 });
  });

  test('shows a worker as in the document', async () => {
    await register(WORKER, 'worker-001');
    const answer = await viewer('GET /api/workers');
    expect([answer.status, answer.body]).toEqual([
      200,
      {
        success: true,
        data: {
          items: [
            {
              id: WORKER,
              name: 'worker-001',
              hostname: 'worker-node-1',
              ip_address: '192.168.1.100',
              supported_task_types: ['shell', 'http', 'python'],
              max_concurrent_tasks: 10,
              current_task_count: 3,
              status: 'Alive',
              load_percentage: 30,
              last_heartbeat: expect.stringMatching(/Z$/) as string,
              registered_at: expect.stringMatching(/Z$/) as string,
            },
          ],
          total: 1,
          page: 1,
          page_size: 20,
          total_pages: 1,
        },
      },
    ]);
    const documented = await DocumentedAnswers.of(api.request, 'distributed');
    expect(documented.problems('GET /api/workers', answer)).toEqual([]);
  });

  test('takes a worker for down from the 31st second of silence on, though no leader looked', async () => {
    await silent(WORKER, 29);
    expect((await list()).items[0]).toMatchObject({ status: 'Alive', current_task_count: 3 });
    await silent(WORKER, 31);
    expect((await list()).items[0]).toMatchObject({ status: 'Down', current_task_count: 0, load_percentage: 0 });
    await silent(WORKER, 0);
  });

  test('filters by status in any case, and pages, newest start first', async () => {
    const others = Array.from({ length: 4 }, () => newId<WorkerId>());
    for (const [index, id] of others.entries()) await register(id, `other-${String(index)}`);
    for (const id of others.slice(0, 2)) await silent(id, 31);
    expect((await list('?status=Alive')).items).toHaveLength(3);
    expect((await list('?status=down')).items.map(({ name }) => name)).toEqual(['other-1', 'other-0']);
    expect(await list('?status=ALIVE&page=2&page_size=2')).toMatchObject({ items: [{ id: WORKER }], total: 3, page: 2, page_size: 2, total_pages: 2 });
    expect((await list('?page=2000000000')).items).toEqual([]);
    await sql('delete from worker where id <> $1', [WORKER]);
  });

  test.each(['status=Gone', 'status=', 'page=0', 'page=-1', 'page=abc', 'page=1.5', 'page=1&page=2', 'page_size=0', 'page_size=101', 'page=99999999999', 'status=%00'])(
    'answers 400 to %s',
    async (query) => {
      const { status, body } = await viewer(`GET /api/workers?${query}`);
      expect([status, body]).toMatchObject([400, { success: false, error: { code: 'VALIDATION_ERROR' } }]);
    },
  );
});

describe('GET /api/workers/{id}', () => {
  test('finds a worker by id and by name, of several of a name the newest', async () => {
    const byId = await viewer(`GET /api/workers/${WORKER}`);
    expect(byId.body).toMatchObject({ success: true, data: { id: WORKER, status: 'Alive' } });
    expect((await viewer('GET /api/workers/worker-001')).body).toMatchObject({ data: { id: WORKER } });
    const again = newId<WorkerId>();
    await register(again, 'worker-001');
    expect((await viewer('GET /api/workers/worker-001')).body).toMatchObject({ data: { id: again } });
    expect((await viewer(`GET /api/workers/${WORKER}`)).body).toMatchObject({ data: { id: WORKER } });
    await sql('delete from worker where id = $1', [again]);
  });

  test.each(['worker-999', newId<WorkerId>(), "' or 1=1 --", 'x'.repeat(255)])('answers 404 to %s', async (id) => {
    for (const path of ['', '/stats']) {
      const { status, body } = await viewer(`GET /api/workers/${encodeURIComponent(id)}${path}`);
      expect([status, body]).toMatchObject([404, { success: false, error: { code: 'WORKER_NOT_FOUND', details: null } }]);
    }
  });

  test('answers 400 to what is no name', async () => {
    expect((await viewer(`GET /api/workers/${'x'.repeat(256)}`)).status).toBe(400);
    expect((await viewer('GET /api/workers/%00')).status).toBe(400);
  });
});

describe('GET /api/workers/{id}/stats', () => {
  const ended = (status: string, durationMs: number): Promise<unknown> =>
    sql(
      `insert into execution (id, job_id, scheduled_for, sort_at, trigger, schedule_version, status, task_function, queue, priority,
                              timeout_ms, worker_id, finished_at, duration_ms)
       select gen_random_uuid(), id, now(), now(), 'manual', 1, $1, 'shell', 'default', 0, 1000, $2, now(), $3 from scheduled_job limit 1`,
      [status, WORKER, durationMs],
    );

  test('is zero for a worker that has run nothing', async () => {
    expect((await viewer('GET /api/workers/worker-001/stats')).body).toMatchObject({
      data: { total_tasks_executed: 0, success_rate: 0, average_execution_time_ms: 0, last_task_completed: null },
    });
  });

  test('counts what the worker ran to an end', async () => {
    for (const status of ['success', 'success', 'failed']) await ended(status, 1_000);
    await sql(`update worker set registered_at = clock_timestamp() - interval '86400 seconds' where id = $1`, [WORKER]);
    const answer = await viewer(`GET /api/workers/${WORKER}/stats`);
    expect(answer.body).toEqual({
      success: true,
      data: {
        total_tasks_executed: 3,
        successful_tasks: 2,
        failed_tasks: 1,
        success_rate: 66.67,
        average_execution_time_ms: 1_000,
        current_load_percentage: 30,
        uptime_seconds: 86_400,
        tasks_last_24h: 3,
        tasks_last_7d: 3,
        last_task_completed: expect.stringMatching(/Z$/) as string,
      },
    });
    const documented = await DocumentedAnswers.of(api.request, 'distributed');
    expect(documented.problems('GET /api/workers/{id}/stats', answer)).toEqual([]);
  });
});

test('the script "Worker Monitoring" runs as printed', async () => {
  const answers = await runCurlScript(api.url, viewer.token, `
# List all workers
curl -X GET http://localhost:8080/api/workers \\
  -H "Authorization: Bearer YOUR_TOKEN"

# Get worker details
curl -X GET http://localhost:8080/api/workers/worker-001 \\
  -H "Authorization: Bearer YOUR_TOKEN"

# Get worker performance stats
curl -X GET http://localhost:8080/api/workers/worker-001/stats \\
  -H "Authorization: Bearer YOUR_TOKEN"
`);
  expect(answers).toMatchObject([
    { success: true, data: { items: [{ name: 'worker-001' }], total: 1 } },
    { success: true, data: { name: 'worker-001', status: 'Alive' } },
    { success: true, data: { total_tasks_executed: 3 } },
  ]);
});
