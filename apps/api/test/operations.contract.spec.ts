import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase } from '#testing/stores.js';
import { startApi, type ApiUnderTest } from './api-under-test.js';
import { DocumentedAnswers } from './documented-answers.js';

let api: ApiUnderTest;
beforeAll(async () => {
  api = await startApi(await createTestDatabase());
  // Nobody plans here, and the template may be old enough for its jobs to be overdue.
  await api.database.query({ name: 'nothing-due', text: 'update scheduled_job set next_fire_at = null' });
});
afterAll(() => api.close());

const basic = (login: string): Record<string, string> => ({ authorization: `Basic ${Buffer.from(login).toString('base64')}` });

describe('health', () => {
  test('answers as documented, without credentials', async () => {
    const documented = await DocumentedAnswers.of(api.request, 'distributed');
    for (const path of ['/health', '/health/live', '/health/ready']) {
      const answer = await api.request(`GET ${path}`);
      expect([path, answer.status]).toEqual([path, 200]);
      expect(documented.problems(`GET ${path}`, answer)).toEqual([]);
    }
    const { body } = await api.request('GET /health');
    expect(body).toEqual({ success: true, data: { status: 'healthy', timestamp: expect.stringMatching(/Z$/) as string } });
  });

  test('says what is wrong: jobs that are overdue', async () => {
    const ready = await api.request('GET /health/ready');
    expect(ready.body).toMatchObject({ status: 'ready', checks: { database: { status: 'ok' }, queue: { status: 'ok' }, scheduler: { status: 'ok' } } });
    await api.database.query({ name: 'late', text: `update scheduled_job set next_fire_at = now() - interval '1 minute'` });
    await expect.poll(async () => (await api.request('GET /health/ready')).status, { timeout: 5_000 }).toBe(503);
    const late = await api.request('GET /health/ready');
    expect(late.body).toMatchObject({
      status: 'degraded',
      checks: { scheduler: { status: 'degraded', overdueJobs: 4, error: '4 job(s) are overdue by more than 10 s' } },
    });
    expect((await api.request('GET /health/live')).status).toBe(200);
    expect((await api.request('GET /metrics')).body).toContain('takt_fires_overdue{service="api"} 4');
  });
});

test('queues that no live worker consumes are counted, and are no reason to be degraded', async () => {
  const admin = await api.loginAs('admin');
  const jobId = '550e8400-e29b-41d4-a716-446655440000';
  expect((await api.request('GET /metrics')).body).toContain('takt_queues_unserved{service="api"} 0');
  await api.database.query({ name: 'on_time', text: 'update scheduled_job set next_fire_at = null' });
  expect((await admin(`POST /api/v1/scheduler/jobs/${jobId}/trigger`)).status).toBeLessThan(300);
  const { body } = await api.request('GET /metrics');
  expect(body).toContain('takt_queues_unserved{service="api"} 1');
  expect(body).toMatch(/takt_queue_oldest_wait_seconds\{queue="[^"]+",service="api"\} \d/);
  await expect
    .poll(async () => (await api.request('GET /health/ready')).body, { timeout: 5_000 })
    .toMatchObject({ status: 'ready', checks: { scheduler: { status: 'ok', unservedQueues: 1 } } });
});

test('jobs that the planner has set aside are counted, and are no reason to be degraded', async () => {
  await api.database.query({
    name: 'aside',
    text: `update scheduled_job set next_fire_at = now() - interval '1 hour', set_aside_until = now() + interval '1 minute'
            where number = (select min(number) from scheduled_job)`,
  });
  await expect
    .poll(async () => (await api.request('GET /health/ready')).body, { timeout: 5_000 })
    .toMatchObject({ status: 'ready', checks: { scheduler: { status: 'ok', overdueJobs: 0, unreadableJobs: 1 } } });
  const metrics = (await api.request('GET /metrics')).body;
  expect(metrics).toContain('takt_jobs_unreadable{service="api"} 1');
  expect(metrics).toContain('takt_fires_overdue{service="api"} 0');
});

test('metrics are Prometheus text, with the requests by route', async () => {
  await api.request('GET /api/v1/scheduler/jobs/550e8400-e29b-41d4-a716-446655440000');
  const { status, body, headers } = await api.request('GET /metrics');
  expect([status, headers.get('content-type')]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
  expect(body).toContain('route="/api/v1/scheduler/jobs/:job_id"');
  expect(body).not.toContain('route="/api/v1/scheduler/jobs/550e8400');
});

test('the documentation needs a login where the API is not a laptop’s own', async () => {
  const open = await startApi(await createTestDatabase(), { HOST: '0.0.0.0' });
  // Demo logins are refused there.
  await open.database.query({ name: 'own_login', text: `update user_account set username = 'reader' where username = 'viewer'` });
  for (const path of ['/docs', '/docs/scheduler', '/docs/scheduler/openapi.json']) {
    expect((await api.request(`GET ${path}`)).status).toBe(200);
    const nobody = await open.request(`GET ${path}`);
    expect([nobody.status, nobody.headers.get('www-authenticate')]).toEqual([401, expect.stringMatching(/^Basic /)]);
    const reader = await open.request(`GET ${path}`, { headers: basic('reader:view123') });
    expect(reader.status).toBe(200);
  }
  await open.close();
});

describe('Bull Board', () => {
  const queuesOf = async (send: Awaited<ReturnType<ApiUnderTest['loginAs']>>) => {
    const { status, body } = await send('GET /admin/queues/api/queues');
    expect(status).toBe(200);
    return (body as { queues: { name: string; readOnlyMode: boolean }[] }).queues;
  };

  test('is for administrators to act, by Basic or Bearer', async () => {
    const nobody = await api.request('GET /admin/queues');
    expect([nobody.status, nobody.headers.get('www-authenticate')]).toEqual([401, expect.stringMatching(/^Basic /)]);
    expect((await api.request('GET /admin/queues', { headers: basic('admin:wrong') })).status).toBe(401);
    const page = await api.request('GET /admin/queues', { headers: basic('admin:admin123') });
    expect([page.status, page.body]).toEqual([200, expect.stringContaining('<title>Takt</title>')]);
    expect(page.headers.get('content-security-policy')).not.toContain('googleapis');
    expect(page.body).toContain('rel="stylesheet"');
    expect(page.body).not.toMatch(/(href|src)="https?:/);
    const admin = await api.loginAs('admin');
    expect(await queuesOf(admin)).toContainEqual(expect.objectContaining({ name: 'default', readOnlyMode: false }));
  });

  test('is for others to read, by GET only', async () => {
    const page = await api.request('GET /admin/queues', { headers: basic('operator:op123') });
    expect([page.status, page.body]).toEqual([200, expect.stringContaining('<title>Takt, to read</title>')]);
    for (const login of ['viewer', 'operator'] as const) {
      const caller = await api.loginAs(login);
      const queues = await queuesOf(caller);
      expect(queues.filter(({ readOnlyMode }) => !readOnlyMode)).toEqual([]);
      expect(queues.map(({ name }) => name)).toContain('default');
      for (const change of ['PUT /admin/queues/api/queues/default/pause', 'PUT /admin/queues/api/queues/pause', 'PATCH /admin/queues/api/queues/ticks/job-schedulers/x', 'POST /admin/queues/api/queues/default/add']) {
        expect([change, (await caller(change)).status]).toEqual([change, 403]);
      }
    }
  });

  test('shows every queue that task functions go to', async () => {
    const admin = await api.loginAs('admin');
    const names = (await queuesOf(admin)).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['ticks', 'ad_queue', 'celery', 'file_queue', 'default']));
  });

  test('takes writes from its own pages only', async () => {
    const headers = { ...basic('admin:admin123'), origin: 'https://evil.example' };
    expect((await api.request('PUT /admin/queues/api/queues/default/pause', { headers })).status).toBe(403);
    const own = { ...basic('admin:admin123'), origin: api.url };
    expect((await api.request('PUT /admin/queues/api/queues/default/pause', { headers: own })).status).toBe(200);
    expect((await api.request('PUT /admin/queues/api/queues/default/resume', { headers: own })).status).toBe(200);
  });
});
