import { AuditLog } from '#application/identity/audit-log.js';
import { createTestDatabase } from '#testing/stores.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApi, type Answer, type ApiUnderTest, type Send } from '../../../../test/api-under-test.js';
import { NATIVE, nativeBodies, UNKNOWN_ID, violationsOf, type BodyOf } from '../../../../test/native-answers.js';

let api: ApiUnderTest;
let admin: Send;
let operator: Send;
let viewer: Send;
let bodyOf: BodyOf;

interface Key {
  readonly id: string;
  readonly key: string;
  readonly [member: string]: unknown;
}

const post = (send: Send, members: object = {}): Promise<Answer> =>
  send(`POST ${NATIVE}/api-keys`, { body: { name: 'ci', permissions: ['TaskRead'], expiresAt: null, ...members } });
const create = async (send: Send, members: object = {}): Promise<Key> => bodyOf<Key>('POST /api-keys', await post(send, members), 201);
const list = async (send: Send, query = ''): Promise<{ keys: Key[]; total: number }> =>
  bodyOf('GET /api-keys', await send(`GET ${NATIVE}/api-keys${query}`));
const withKey = (key: string): Send => (line, options = {}) => api.request(line, { ...options, headers: { 'x-api-key': key } });

beforeAll(async () => {
  api = await startApi(await createTestDatabase());
  [admin, operator, viewer] = [await api.loginAs('admin'), await api.loginAs('operator'), await api.loginAs('viewer')];
  bodyOf = await nativeBodies(api);
});
afterAll(() => api.close());

describe('API keys', () => {
  test('are shown once, work at once, and are listed without their secret', async () => {
    const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
    const { key, ...shown } = await create(operator, { name: 'deploy', permissions: ['TaskRead', 'TaskWrite'], expiresAt });
    expect(key).toMatch(/^sk_live_[0-9A-Za-z]{36}$/);
    expect(shown).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      name: 'deploy',
      prefix: `sk_live_…${key.slice(-4)}`,
      permissions: ['TaskRead', 'TaskWrite'],
      createdBy: { id: expect.any(String) as string, username: 'operator' },
      createdAt: expect.stringMatching(/Z$/) as string,
      expiresAt,
      lastUsedAt: null,
      isRevoked: false,
      isExpired: false,
    });
    expect((await withKey(key)(`GET ${NATIVE}/jobs`)).status).toBe(200);
    const listed = await list(operator);
    expect(listed).toMatchObject({ keys: [{ id: shown.id, lastUsedAt: expect.stringMatching(/Z$/) as string }], total: 1 });
    expect(JSON.stringify(listed)).not.toContain(key);
    const [entry] = await api.app.get(AuditLog).list({ target: { type: 'api-key', id: shown.id }, limit: 1 });
    expect(entry).toMatchObject({ action: 'api_key.created', actor: { name: 'operator' } });
    expect(JSON.stringify(entry)).not.toContain(key);
  });

  test('are the caller’s own; administrators see all on request', async () => {
    const { id } = await create(viewer);
    expect((await list(viewer)).keys.map((key) => key.id)).toEqual([id]);
    expect((await list(admin)).keys.map((key) => key.id)).not.toContain(id);
    expect((await list(admin, '?all=true')).keys.map((key) => key.id)).toContain(id);
    for (const send of [operator, viewer]) {
      expect(await send(`GET ${NATIVE}/api-keys?all=true`)).toMatchObject({ status: 403, body: { detail: 'Admin permission required' } });
    }
  });

  test('are those of the other API', async () => {
    const { id } = await create(admin);
    const { body } = await admin('GET /api/auth/api-keys');
    expect((body as { data: { id: string }[] }).data.map((key) => key.id)).toContain(id);
  });

  test('never do what their creator may not', async () => {
    const refused = bodyOf('POST /api-keys', await post(viewer, { permissions: ['TaskRead', 'TaskWrite'] }), 403);
    expect(refused).toEqual({ detail: 'A key cannot have TaskWrite, which its creator does not have' });
    expect((await post(operator, { permissions: ['Admin'] })).status).toBe(403);
    expect((await post(operator, { permissions: ['TaskDelete'] })).status).toBe(403);
  });

  test('do not make or revoke keys, unless they may do everything', async () => {
    const narrow = withKey((await create(operator, { permissions: ['TaskRead'] })).key);
    const other = await create(operator);
    expect((await post(narrow)).status).toBe(403);
    expect((await narrow(`DELETE ${NATIVE}/api-keys/${other.id}`)).status).toBe(403);
    expect((await list(narrow)).total).toBeGreaterThan(1);
    const wide = withKey((await create(admin, { permissions: ['Admin'] })).key);
    const made = await create(wide);
    expect((await wide(`DELETE ${NATIVE}/api-keys/${made.id}`)).status).toBe(204);
  });

  test('are refused from the moment they are revoked, and stay in the list', async () => {
    const { id, key } = await create(viewer);
    bodyOf('DELETE /api-keys/{key_id}', await viewer(`DELETE ${NATIVE}/api-keys/${id}`), 204);
    expect((await withKey(key)(`GET ${NATIVE}/jobs`)).status).toBe(401);
    expect((await list(viewer)).keys.find((listed) => listed.id === id)).toMatchObject({ isRevoked: true });
    expect((await viewer(`DELETE ${NATIVE}/api-keys/${id}`)).status).toBe(204);
  });

  test('of others are not there for people, and there for administrators', async () => {
    const { id, key } = await create(operator);
    const hidden = bodyOf('DELETE /api-keys/{key_id}', await viewer(`DELETE ${NATIVE}/api-keys/${id}`), 404);
    expect(hidden).toEqual({ detail: `API key with ID ${id} not found` });
    expect((await withKey(key)(`GET ${NATIVE}/jobs`)).status).toBe(200);
    expect((await admin(`DELETE ${NATIVE}/api-keys/${id}`)).status).toBe(204);
    expect((await withKey(key)(`GET ${NATIVE}/jobs`)).status).toBe(401);
  });

  test('say that they expired', async () => {
    const { id } = await create(operator, { expiresAt: new Date(Date.now() + 60_000).toISOString() });
    await api.database.pool.query(`update api_key set expires_at = now() - interval '1 s' where id = $1`, [id]);
    expect((await list(operator)).keys.find((listed) => listed.id === id)).toMatchObject({ isExpired: true, isRevoked: false });
  });

  test.each([
    ['no name', { name: undefined }, 'body.name: field required'],
    ['an empty name', { name: ' ' }, 'body.name: ensure this value has at least 1 characters'],
    ['NUL in the name', { name: 'a\u0000' }, 'body.name: NUL characters are not allowed'],
    ['no permission', { permissions: [] }, 'body.permissions: ensure this value has at least 1 items'],
    ['permissions that are no list', { permissions: 'TaskRead' }, 'body.permissions: value is not a valid list'],
    ['an end that is past', { expiresAt: '2020-01-01T00:00:00Z' }, 'body.expiresAt: must be an ISO 8601 instant in the future, at most ten years away'],
    ['an end that is far', { expiresAt: '2099-01-01T00:00:00Z' }, 'body.expiresAt: must be an ISO 8601 instant in the future, at most ten years away'],
  ])('are not made with %s', async (_, members, violation) => {
    expect(violationsOf(await post(admin, members))).toEqual([violation]);
  });

  test('are not made with an unknown permission', async () => {
    expect(violationsOf(await post(admin, { permissions: ['Everything'] }))[0]).toMatch(/^body\.permissions: value is not a valid enumeration member/);
  });

  test('that do not exist are 404, ids that are none 422', async () => {
    expect((await admin(`DELETE ${NATIVE}/api-keys/${UNKNOWN_ID}`)).status).toBe(404);
    expect(violationsOf(await admin(`DELETE ${NATIVE}/api-keys/7`))).toEqual(['path.key_id: value is not a valid uuid']);
    expect((await api.request(`GET ${NATIVE}/api-keys`)).status).toBe(401);
  });
});
