import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startIdentityApp, type IdentityApp } from '../../../security/identity-app.conformance.js';

let api: IdentityApp;
beforeAll(async () => {
  api = await startIdentityApp();
});
afterAll(() => api.close());

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const JWT = /^eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9\.[\w-]+\.[\w-]+$/;

const anyError = (code: string): object => ({
  success: false,
  error: { code, message: expect.any(String) as string },
  timestamp: expect.stringMatching(ISO) as string,
});

describe('POST /api/auth/login', () => {
  test('answers the example of the document', async () => {
    const { status, body } = await api.send('POST /api/auth/login', { body: { username: 'admin', password: 'admin123' } });
    expect(status).toBe(200);
    expect(body).toEqual({
      success: true,
      data: {
        access_token: expect.stringMatching(JWT) as string,
        refresh_token: expect.any(String) as string,
        token_type: 'Bearer',
        expires_in: 3600,
        user: {
          id: expect.stringMatching(UUID) as string,
          username: 'admin',
          email: 'admin@example.com',
          role: 'Admin',
          permissions: ['Admin'],
        },
      },
    });
  });

  test('knows the operator and the viewer', async () => {
    const operator = await api.send('POST /api/auth/login', { body: { username: 'operator', password: 'op123' } });
    expect(operator.body).toMatchObject({ data: { user: { role: 'Operator', permissions: ['TaskRead', 'TaskWrite', 'WorkerRead', 'WorkerWrite', 'SystemRead'] } } });
    const viewer = await api.send('POST /api/auth/login', { body: { username: 'viewer', password: 'view123' } });
    expect(viewer.body).toMatchObject({ data: { user: { role: 'Viewer', permissions: ['TaskRead', 'WorkerRead', 'SystemRead'] } } });
  });

  test('refuses an unknown user and a wrong password with the same answer, and audits both', async () => {
    const answers = await Promise.all(
      ['admin', 'nobody'].map((username) => api.send('POST /api/auth/login', { body: { username, password: 'wrong' } })),
    );
    for (const { status, body } of answers) {
      expect(status).toBe(401);
      expect(body).toMatchObject(anyError('AUTHENTICATION_REQUIRED'));
    }
    const messages = answers.map(({ body }) => (body as { error: unknown }).error);
    expect(messages[0]).toEqual(messages[1]);
    const failures = await api.stores.sql<{ actor_name: string }>("select actor_name from audit_log where action = 'user.login_failed'");
    expect(failures.map((row) => row.actor_name).sort()).toEqual(['admin', 'nobody']);
  });

  test.each([
    ['nothing', {}, ['username', 'password']],
    ['no password', { username: 'admin' }, ['password']],
    ['a name that is no string', { username: 7, password: 'x' }, ['username']],
    ['an empty name', { username: '', password: 'x' }, ['username']],
    ['a NUL in the name', { username: 'a\u0000b', password: 'x' }, ['username']],
    ['a password without end', { username: 'admin', password: 'x'.repeat(1_025) }, ['password']],
    ['a list', [], ['']],
  ])('answers 422 to %s', async (_, body, fields) => {
    const answer = await api.send('POST /api/auth/login', { body });
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ ...anyError('VALIDATION_ERROR'), error: { code: 'VALIDATION_ERROR', details: fields.map((field) => ({ field })) } });
  });

  test.each(['null', '"x"', '7', '[]'])('answers 422 to the JSON %s, which is no object', async (text) => {
    const { status, body } = await api.send('POST /api/auth/login', { body: text });
    expect([status, body]).toMatchObject([422, anyError('VALIDATION_ERROR')]);
  });

  test('answers 400 to malformed JSON', async () => {
    const { status, body } = await api.send('POST /api/auth/login', { body: '{"username":' });
    expect([status, body]).toMatchObject([400, anyError('VALIDATION_ERROR')]);
  });
});

describe('POST /api/auth/refresh', () => {
  test('answers as login does, with new tokens that work', async () => {
    const { access, refresh } = await api.login('admin', 'admin123');
    const { status, body } = await api.send('POST /api/auth/refresh', { body: { refresh_token: refresh } });
    expect(status).toBe(200);
    expect(body).toMatchObject({ success: true, data: { token_type: 'Bearer', expires_in: 3600, user: { username: 'admin' } } });
    const data = (body as { data: { access_token: string; refresh_token: string } }).data;
    expect(data.refresh_token).not.toBe(refresh);
    expect(data.access_token).not.toBe(access);
    expect((await api.send('GET /api/auth/validate', { token: data.access_token })).status).toBe(200);
  });

  test('refuses what is no refresh token', async () => {
    const { access } = await api.login('admin', 'admin123');
    for (const refresh_token of ['x', access, `takt_rt_${'A'.repeat(43)}`]) {
      const { status, body } = await api.send('POST /api/auth/refresh', { body: { refresh_token } });
      expect([status, body]).toMatchObject([401, anyError('INVALID_TOKEN')]);
    }
    expect((await api.send('POST /api/auth/refresh', { body: {} })).status).toBe(422);
  });

  test('ends the login when an old token is used again, and audits it', async () => {
    const { refresh } = await api.login('operator', 'op123');
    const refreshed = await api.send('POST /api/auth/refresh', { body: { refresh_token: refresh } });
    const second = (refreshed.body as { data: { access_token: string; refresh_token: string } }).data;
    expect((await api.send('POST /api/auth/refresh', { body: { refresh_token: refresh } })).status).toBe(401);
    expect((await api.send('GET /api/auth/validate', { token: second.access_token })).body).toMatchObject(anyError('INVALID_TOKEN'));
    expect(await api.stores.sql("select 1 from audit_log where action = 'session.refresh_reused'")).toHaveLength(1);
  });
});

describe('GET /api/auth/validate', () => {
  test('answers the example of the document', async () => {
    const { access } = await api.login('admin', 'admin123');
    const { status, body } = await api.send('GET /api/auth/validate', { token: access });
    expect(status).toBe(200);
    expect(body).toEqual({ success: true, data: { valid: true, user_id: 'admin', permissions: ['Admin'], expires_at: expect.any(Number) as number } });
    const remaining = (body as { data: { expires_at: number } }).data.expires_at - Date.now() / 1000;
    expect(remaining).toBeGreaterThan(3_500);
    expect(remaining).toBeLessThanOrEqual(3_600);
  });

  test('tells missing credentials from bad ones', async () => {
    expect(await api.send('GET /api/auth/validate')).toMatchObject({ status: 401, body: anyError('AUTHENTICATION_REQUIRED') });
    expect(await api.send('GET /api/auth/validate', { token: 'nonsense' })).toMatchObject({ status: 401, body: anyError('INVALID_TOKEN') });
  });
});

describe('POST /api/auth/logout', () => {
  test('ends access and refresh at once', async () => {
    const { access, refresh } = await api.login('admin', 'admin123');
    expect(await api.send('POST /api/auth/logout', { token: access })).toMatchObject({ status: 200, body: { success: true, data: null } });
    expect(await api.send('GET /api/auth/validate', { token: access })).toMatchObject({ status: 401, body: anyError('INVALID_TOKEN') });
    expect(await api.send('POST /api/auth/refresh', { body: { refresh_token: refresh } })).toMatchObject({ status: 401, body: anyError('INVALID_TOKEN') });
  });

  test('leaves other logins of the same user alone', async () => {
    const [first, second] = [await api.login('admin', 'admin123'), await api.login('admin', 'admin123')];
    await api.send('POST /api/auth/logout', { token: first.access });
    expect((await api.send('GET /api/auth/validate', { token: second.access })).status).toBe(200);
  });
});

describe('/api/auth/api-keys', () => {
  const example = { name: 'deployment-service', permissions: ['TaskRead', 'TaskWrite', 'WorkerRead'], expires_in_days: 365 };

  test('creates the key of the example, shown once', async () => {
    const { access } = await api.login('admin', 'admin123');
    const { status, body } = await api.send('POST /api/auth/api-keys', { token: access, body: example });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      success: true,
      data: {
        api_key: expect.stringMatching(/^sk_live_[0-9A-Za-z]{36}$/) as string,
        name: 'deployment-service',
        permissions: ['TaskRead', 'TaskWrite', 'WorkerRead'],
        created_at: expect.stringMatching(ISO) as string,
        expires_at: expect.stringMatching(ISO) as string,
      },
    });
    const { created_at, expires_at, api_key } = (body as { data: { created_at: string; expires_at: string; api_key: string } }).data;
    expect(Date.parse(expires_at) - Date.parse(created_at)).toBe(365 * 86_400_000);
    const list = await api.send('GET /api/auth/api-keys', { token: access });
    expect(list.body).toMatchObject({ success: true, data: [{ name: 'deployment-service', hint: `sk_live_…${api_key.slice(-4)}`, created_by: 'admin', revoked_at: null }] });
    expect(JSON.stringify(list.body)).not.toContain(api_key);
  });

  test('creates a key that expires at a given instant', async () => {
    const { access } = await api.login('admin', 'admin123');
    const at = new Date(Date.now() + 86_400_000).toISOString();
    const until = async (body: object): Promise<unknown> =>
      ((await api.send('POST /api/auth/api-keys', { token: access, body: { name: 'dated', permissions: ['TaskRead'], ...body } })).body as { data: { expires_at: string } }).data.expires_at;
    expect(await until({ expires_at: at })).toBe(at);
    expect(await until({ expires_at: at, expires_in_days: 30 })).toBe(at);
  });

  test('accepts a key as bearer token and as X-API-Key until it is revoked, never in the URL', async () => {
    const { access } = await api.login('admin', 'admin123');
    const created = await api.send('POST /api/auth/api-keys', { token: access, body: { name: 'ci', permissions: ['TaskRead'] } });
    const { id, api_key, expires_at } = (created.body as { data: { id: string; api_key: string; expires_at: null } }).data;
    expect(expires_at).toBeNull();
    const accepted = { status: 200, body: { success: true, data: { valid: true, user_id: 'admin', permissions: ['TaskRead'], expires_at: null } } };
    expect(await api.send('GET /api/auth/validate', { token: api_key })).toMatchObject(accepted);
    expect(await api.send('GET /api/auth/validate', { headers: { 'X-API-Key': api_key } })).toMatchObject(accepted);
    for (const query of [`api_key=${api_key}`, `access_token=${access}`, `token=${access}`]) {
      expect((await api.send(`GET /api/auth/validate?${query}`)).body).toMatchObject(anyError('AUTHENTICATION_REQUIRED'));
    }
    expect(await api.send(`DELETE /api/auth/api-keys/${id}`, { token: access })).toMatchObject({ status: 200, body: { success: true, data: null } });
    expect(await api.send('GET /api/auth/validate', { token: api_key })).toMatchObject({ status: 401, body: anyError('INVALID_TOKEN') });
    const actions = await api.stores.sql<{ action: string }>('select action from audit_log where target_id = $1 order by id', [id]);
    expect(actions.map((row) => row.action)).toEqual(['api_key.created', 'api_key.revoked']);
  });

  test('are for administrators; a key without Admin makes no keys', async () => {
    const [viewer, admin] = [await api.login('viewer', 'view123'), await api.login('admin', 'admin123')];
    const body = { name: 'small', permissions: ['TaskRead'] };
    const created = await api.send('POST /api/auth/api-keys', { token: admin.access, body });
    const small = (created.body as { data: { api_key: string } }).data.api_key;
    for (const token of [viewer.access, small]) {
      for (const line of ['POST /api/auth/api-keys', 'GET /api/auth/api-keys', 'DELETE /api/auth/api-keys/0190f8a0-0000-7000-8000-000000000000']) {
        const answer = await api.send(line, { token, ...(line.startsWith('POST') ? { body } : {}) });
        expect(answer).toMatchObject({ status: 403, body: anyError('INSUFFICIENT_PERMISSIONS') });
      }
    }
  });

  test('answer 404 to an unknown id and 400 to one that is none', async () => {
    const { access: token } = await api.login('admin', 'admin123');
    const unknown = await api.send('DELETE /api/auth/api-keys/0190f8a0-0000-7000-8000-000000000000', { token });
    expect(unknown).toMatchObject({ status: 404, body: anyError('NOT_FOUND') });
    for (const id of ['7', '%00', 'x'.repeat(300)]) {
      expect(await api.send(`DELETE /api/auth/api-keys/${id}`, { token })).toMatchObject({ status: 400, body: anyError('VALIDATION_ERROR') });
    }
  });

  test.each([
    ['no name', { permissions: ['TaskRead'] }, 'name'],
    ['a name of 256 characters', { name: 'x'.repeat(256), permissions: ['TaskRead'] }, 'name'],
    ['no permissions', { name: 'x', permissions: [] }, 'permissions'],
    ['permissions that are no list', { name: 'x', permissions: 'TaskRead' }, 'permissions'],
    ['an unknown permission', { name: 'x', permissions: ['Root'] }, 'permissions'],
    ['no day', { name: 'x', permissions: ['TaskRead'], expires_in_days: 0 }, 'expires_in_days'],
    ['half a day', { name: 'x', permissions: ['TaskRead'], expires_in_days: 1.5 }, 'expires_in_days'],
    ['an instant that is past', { name: 'x', permissions: ['TaskRead'], expires_at: '2020-01-01T00:00:00Z' }, 'expires_at'],
    ['an instant that is none', { name: 'x', permissions: ['TaskRead'], expires_at: 'tomorrow' }, 'expires_at'],
    ['days as text', { name: 'x', permissions: ['TaskRead'], expires_in_days: '30' }, 'expires_in_days'],
  ])('answers 422 to %s', async (_, body, field) => {
    const { access: token } = await api.login('admin', 'admin123');
    const answer = await api.send('POST /api/auth/api-keys', { token, body });
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ error: { code: 'VALIDATION_ERROR', details: [{ field }] } });
  });
});

test('stores no issued secret', async () => {
  const { access, refresh } = await api.login('admin', 'admin123');
  const created = await api.send('POST /api/auth/api-keys', { token: access, body: { name: 'secret', permissions: ['TaskRead'] } });
  const key = (created.body as { data: { api_key: string } }).data.api_key;
  const tables = ['user_account', 'session', 'refresh_token', 'api_key', 'audit_log'];
  const dumps = await Promise.all(tables.map((table) => api.stores.sql<{ row: string }>(`select t::text as row from ${table} t`)));
  const dump = dumps.flat().map(({ row }) => row).join('\n');
  for (const secret of [access, refresh, key, 'admin123', key.slice(8, 38)]) {
    expect(dump).not.toContain(secret);
    expect(dump).not.toContain(Buffer.from(secret).toString('hex'));
  }
});
