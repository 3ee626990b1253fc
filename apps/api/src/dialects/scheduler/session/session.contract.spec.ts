import { createTestDatabase } from '#testing/stores.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApi, type ApiUnderTest } from '../../../../test/api-under-test.js';
import { NATIVE, nativeBodies, type BodyOf } from '../../../../test/native-answers.js';

let api: ApiUnderTest;
let bodyOf: BodyOf;

beforeAll(async () => {
  api = await startApi(await createTestDatabase(), { ENVIRONMENT_LABEL: 'staging' });
  bodyOf = await nativeBodies(api);
});
afterAll(() => api.close());

describe('GET me', () => {
  test.each([
    ['admin', 'Admin', ['Admin']],
    ['operator', 'Operator', ['TaskRead', 'TaskWrite', 'WorkerRead', 'WorkerWrite', 'SystemRead']],
    ['viewer', 'Viewer', ['TaskRead', 'WorkerRead', 'SystemRead']],
  ] as const)('tells %s who that is', async (account, role, permissions) => {
    const send = await api.loginAs(account);
    const me = bodyOf('GET /me', await send(`GET ${NATIVE}/me`));
    expect(me).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      username: account,
      email: me['email'],
      role,
      permissions,
      authenticatedBy: 'token',
    });
  });

  test('tells an API key what it may do, which is not what its creator may', async () => {
    const admin = await api.loginAs('admin');
    const made = await admin('POST /api/auth/api-keys', { body: { name: 'ci', permissions: ['TaskRead'] } });
    const key = (made.body as { data: { api_key: string } }).data.api_key;
    const me = bodyOf('GET /me', await api.request(`GET ${NATIVE}/me`, { headers: { 'x-api-key': key } }));
    expect(me).toMatchObject({ username: 'admin', role: null, permissions: ['TaskRead'], authenticatedBy: 'api-key' });
  });

  test('is as of now: a role that was changed shows with the next request', async () => {
    const send = await api.loginAs('operator');
    await api.database.pool.query(`update user_account set role = 'Viewer' where username = 'operator'`);
    expect((await send(`GET ${NATIVE}/me`)).body).toMatchObject({ role: 'Viewer', permissions: ['TaskRead', 'WorkerRead', 'SystemRead'] });
  });
});

test('GET meta tells what this installation is', async () => {
  const viewer = await api.loginAs('viewer');
  const meta = bodyOf('GET /meta', await viewer(`GET ${NATIVE}/meta`));
  expect(meta).toEqual({
    version: expect.stringMatching(/^\d+\.\d+\.\d+$/) as string,
    queueBackend: 'postgres',
    mode: 'local',
    environmentLabel: 'staging',
    defaultTimezone: 'UTC',
    limits: {
      pageSize: 100,
      bodyBytes: 1_048_576,
      streamsPerUser: 8,
      passwordMinLength: 8,
      passwordMaxLength: 128,
      apiKeyLifetimeDays: 3650,
    },
    documentation: '/docs',
    bullBoard: '/admin/queues',
    metrics: true,
  });
});

test.each(['me', 'meta'])('%s is for nobody without credentials', async (path) => {
  expect(await api.request(`GET ${NATIVE}/${path}`)).toMatchObject({ status: 401, body: { detail: 'Valid authentication token required' } });
});
