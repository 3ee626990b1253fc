import { AuditLog } from '#application/identity/audit-log.js';
import { createTestDatabase } from '#testing/stores.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApi, type Answer, type ApiUnderTest, type Send } from '../../../../test/api-under-test.js';
import { NATIVE, nativeBodies, UNKNOWN_ID, violationsOf, type BodyOf } from '../../../../test/native-answers.js';

const PASSWORD = 'correct horse battery';
const NEXT = 'another long enough one';
let api: ApiUnderTest;
let admin: Send;
let bodyOf: BodyOf;
let counter = 0;

interface User {
  readonly id: string;
  readonly username: string;
  readonly [member: string]: unknown;
}

async function create(members: object = {}): Promise<User> {
  counter += 1;
  const body = { username: `user-${String(counter)}`, email: 'u@example.com', password: PASSWORD, role: 'Operator', ...members };
  return bodyOf<User>('POST /users', await admin(`POST ${NATIVE}/users`, { body }), 201);
}

const login = (username: string, password: string): Promise<Answer> => api.request('POST /api/auth/login', { body: { username, password } });

/** Sends requests as a user who logs in for it. */
async function as(username: string, password = PASSWORD): Promise<Send> {
  const { body } = await login(username, password);
  const token = (body as { data: { access_token: string } }).data.access_token;
  return (line, options = {}) => api.request(line, { ...options, headers: { authorization: `Bearer ${token}`, ...options.headers } });
}

const get = async (id: string): Promise<User> => bodyOf<User>('GET /users/{user_id}', await admin(`GET ${NATIVE}/users/${id}`));
const put = (id: string, body: object): Promise<Answer> => admin(`PUT ${NATIVE}/users/${id}`, { body });
const newestAudit = async (id: string): Promise<unknown> => (await api.app.get(AuditLog).list({ target: { type: 'user', id }, limit: 1 }))[0];

beforeAll(async () => {
  api = await startApi(await createTestDatabase());
  admin = await api.loginAs('admin');
  bodyOf = await nativeBodies(api);
});
afterAll(() => api.close());

describe('users', () => {
  test('are created, shown and listed by name', async () => {
    const user = await create({ username: 'Zoe.Smith', email: 'zoe@example.com' });
    expect(user).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      username: 'zoe.smith',
      email: 'zoe@example.com',
      role: 'Operator',
      isActive: true,
      createdAt: expect.stringMatching(/Z$/) as string,
      lastLoginAt: null,
      activeSessions: 0,
    });
    expect(await get(user.id)).toEqual(user);
    const answer = await admin(`GET ${NATIVE}/users`);
    const { users, total } = bodyOf<{ users: User[]; total: number }>('GET /users', answer);
    expect(users.map(({ username }) => username)).toEqual(['admin', 'operator', 'viewer', 'zoe.smith']);
    expect([total, answer.headers.get('x-total-count')]).toEqual([4, '4']);
    expect(await newestAudit(user.id)).toMatchObject({ action: 'user.created', actor: { name: 'admin' } });
    expect(JSON.stringify(answer.body)).not.toContain('argon2');
  });

  test('are found by part of the name or address, literally, and paged', async () => {
    const names = async (query: string): Promise<string[]> =>
      bodyOf<{ users: User[] }>('GET /users', await admin(`GET ${NATIVE}/users?${query}`)).users.map(({ username }) => username);
    expect(await names('q=ZOE')).toEqual(['zoe.smith']);
    expect(await names('q=zoe%40example')).toEqual(['zoe.smith']);
    expect(await names('q=%25')).toEqual([]);
    expect(await names('q=_')).toEqual([]);
    expect(await names('per_page=2&page=2')).toEqual(['viewer', 'zoe.smith']);
  });

  test.each([
    ['a weak password', { password: 'password1' }, 'body.password: is one of the passwords that are tried first'],
    ['a short password', { password: 'abc' }, 'body.password: must have at least 8 characters'],
    ['a taken name', { username: 'ADMIN' }, 'body.username: is taken'],
    ['a malformed name', { username: 'a b' }, 'body.username: must be letters, digits and . _ @ -, at most 100'],
    ['no name', { username: undefined }, 'body.username: field required'],
    ['an address that is none', { email: 'nobody' }, 'body.email: value is not a valid email address'],
    ['an unknown role', { role: 'Root' }, "body.role: value is not a valid enumeration member; permitted: 'Admin', 'Operator', 'Viewer'"],
    ['NUL', { email: 'a\u0000@b' }, 'body.email: NUL characters are not allowed'],
  ])('are not created with %s', async (_, members, violation) => {
    const body = { username: 'nobody', email: null, password: PASSWORD, role: 'Viewer', ...members };
    expect(violationsOf(await admin(`POST ${NATIVE}/users`, { body }))).toEqual([violation]);
  });

  test('change address and role, which acts on the next request', async () => {
    const { id, username } = await create();
    const send = await as(username);
    expect((await send(`GET ${NATIVE}/me`)).body).toMatchObject({ role: 'Operator' });
    const changed = bodyOf('PUT /users/{user_id}', await put(id, { email: null, role: 'Viewer' }));
    expect(changed).toMatchObject({ email: null, role: 'Viewer', isActive: true, activeSessions: 1 });
    expect((await send(`GET ${NATIVE}/me`)).body).toMatchObject({ role: 'Viewer' });
    expect(await newestAudit(id)).toMatchObject({
      action: 'user.access_changed',
      details: { before: { email: 'u@example.com', role: 'Operator', enabled: true }, after: { email: null, role: 'Viewer', enabled: true } },
    });
    expect((await put(id, {})).body).toEqual(await get(id));
  });

  test('that are deactivated stop at once: tokens, refreshing, keys, login; activated again they log in anew', async () => {
    const { id, username } = await create();
    const tokens = (await login(username, PASSWORD)).body as { data: { access_token: string; refresh_token: string } };
    const headers = { authorization: `Bearer ${tokens.data.access_token}` };
    const made = await api.request(`POST ${NATIVE}/api-keys`, { headers, body: { name: 'mine', permissions: ['TaskRead'] } });
    const key = { 'x-api-key': (made.body as { key: string }).key };
    expect((await api.request(`GET ${NATIVE}/jobs`, { headers: key })).status).toBe(200);
    bodyOf('PUT /users/{user_id}', await put(id, { isActive: false }));
    const statuses = [
      await api.request(`GET ${NATIVE}/me`, { headers }),
      await api.request(`GET ${NATIVE}/jobs`, { headers: key }),
      await api.request('POST /api/auth/refresh', { body: { refresh_token: tokens.data.refresh_token } }),
      await login(username, PASSWORD),
    ].map(({ status }) => status);
    expect(statuses).toEqual([401, 401, 401, 401]);
    expect(await get(id)).toMatchObject({ isActive: false, activeSessions: 0 });
    await put(id, { isActive: true });
    expect((await api.request(`GET ${NATIVE}/me`, { headers })).status).toBe(401);
    expect((await login(username, PASSWORD)).status).toBe(200);
  });

  test('keep one active administrator', async () => {
    const { users } = bodyOf<{ users: User[] }>('GET /users', await admin(`GET ${NATIVE}/users?q=admin`));
    const id = users[0]?.id ?? '';
    for (const change of [{ role: 'Viewer' }, { isActive: false }]) {
      const refused = bodyOf('PUT /users/{user_id}', await put(id, change), 409);
      expect(refused).toEqual({ detail: 'The last administrator must stay one' });
    }
    const second = await create({ role: 'Admin' });
    expect((await put(second.id, { role: 'Operator' })).status).toBe(200);
  });

  test('are logged out everywhere', async () => {
    const { id, username } = await create();
    const [here, there] = [await as(username), await as(username)];
    expect(await get(id)).toMatchObject({ activeSessions: 2, lastLoginAt: expect.stringMatching(/Z$/) as string });
    bodyOf('DELETE /users/{user_id}/sessions', await admin(`DELETE ${NATIVE}/users/${id}/sessions`), 204);
    for (const send of [here, there]) expect((await send(`GET ${NATIVE}/me`)).status).toBe(401);
    expect(await get(id)).toMatchObject({ activeSessions: 0 });
    expect(await newestAudit(id)).toMatchObject({ action: 'user.sessions_ended', details: { sessions: 2 } });
  });

  test('get a password from an administrator, which ends their logins', async () => {
    const { id, username } = await create();
    const send = await as(username);
    expect(violationsOf(await admin(`PUT ${NATIVE}/users/${id}/password`, { body: { password: username } }))).toEqual(['body.password: must have at least 8 characters']);
    bodyOf('PUT /users/{user_id}/password', await admin(`PUT ${NATIVE}/users/${id}/password`, { body: { password: NEXT } }), 204);
    expect((await send(`GET ${NATIVE}/me`)).status).toBe(401);
    expect([(await login(username, PASSWORD)).status, (await login(username, NEXT)).status]).toEqual([401, 200]);
    const entry = await newestAudit(id);
    expect(entry).toMatchObject({ action: 'user.password_reset' });
    expect(JSON.stringify(entry)).not.toContain(NEXT);
  });

  test.each([`GET`, 'PUT'])('that do not exist are 404, ids that are none 422, by %s', async (method) => {
    const body = method === 'PUT' ? { body: {} } : {};
    const unknown = await admin(`${method} ${NATIVE}/users/${UNKNOWN_ID}`, body);
    expect(bodyOf(`${method} /users/{user_id}`, unknown, 404)).toEqual({ detail: `User with ID ${UNKNOWN_ID} not found` });
    expect(violationsOf(await admin(`${method} ${NATIVE}/users/7`, body))).toEqual(['path.user_id: value is not a valid uuid']);
  });

  test('that do not exist have neither sessions nor a password', async () => {
    expect((await admin(`DELETE ${NATIVE}/users/${UNKNOWN_ID}/sessions`)).status).toBe(404);
    expect((await admin(`PUT ${NATIVE}/users/${UNKNOWN_ID}/password`, { body: { password: NEXT } })).status).toBe(404);
  });

  test.each(['operator', 'viewer'] as const)('are nothing for the %s', async (account) => {
    const send = await api.loginAs(account);
    for (const line of [`GET ${NATIVE}/users`, `GET ${NATIVE}/users/${UNKNOWN_ID}`, `DELETE ${NATIVE}/users/${UNKNOWN_ID}/sessions`]) {
      expect(await send(line)).toMatchObject({ status: 403, body: { detail: 'Admin permission required' } });
    }
    for (const line of [`POST ${NATIVE}/users`, `PUT ${NATIVE}/users/${UNKNOWN_ID}`, `PUT ${NATIVE}/users/${UNKNOWN_ID}/password`]) {
      expect((await send(line, { body: {} })).status).toBe(403);
    }
  });
});

describe('the own password', () => {
  const change = (send: Send, currentPassword: unknown, newPassword: unknown): Promise<Answer> =>
    send(`PUT ${NATIVE}/me/password`, { body: { currentPassword, newPassword } });

  test('is changed by whoever knows it; other logins end, this one goes on', async () => {
    const { id, username } = await create({ role: 'Viewer' });
    const [here, there] = [await as(username), await as(username)];
    bodyOf('PUT /me/password', await change(here, PASSWORD, NEXT), 204);
    expect((await here(`GET ${NATIVE}/me`)).status).toBe(200);
    expect((await there(`GET ${NATIVE}/me`)).status).toBe(401);
    expect([(await login(username, PASSWORD)).status, (await login(username, NEXT)).status]).toEqual([401, 200]);
    expect(await newestAudit(id)).toMatchObject({ action: 'user.password_changed', details: {} });
  });

  test('is not changed with a wrong one, a weak one, or none', async () => {
    const send = await as((await create()).username);
    expect(violationsOf(await change(send, 'wrong', NEXT))).toEqual(['body.currentPassword: is wrong']);
    expect(violationsOf(await change(send, PASSWORD, 'password1'))).toEqual(['body.newPassword: is one of the passwords that are tried first']);
    expect(violationsOf(await change(send, PASSWORD, undefined))).toEqual(['body.newPassword: field required']);
    expect((await send(`GET ${NATIVE}/me`)).status).toBe(200);
  });

  test('cannot be guessed at without end', async () => {
    const send = await as((await create()).username);
    const answers: number[] = [];
    for (let guess = 0; guess < 7; guess += 1) answers.push((await change(send, `wrong ${String(guess)}`, NEXT)).status);
    expect(answers).toEqual([422, 422, 422, 422, 422, 429, 429]);
  });

  test('is not a matter of API keys', async () => {
    const made = await admin(`POST ${NATIVE}/api-keys`, { body: { name: 'k', permissions: ['Admin'] } });
    const headers = { 'x-api-key': (made.body as { key: string }).key };
    const answer = await api.request(`PUT ${NATIVE}/me/password`, { headers, body: { currentPassword: 'admin123', newPassword: NEXT } });
    expect([answer.status, answer.body]).toEqual([403, { detail: 'Only users who are logged in have a password' }]);
  });
});
