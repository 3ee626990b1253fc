/**
 * Every route that the running API serves, by every method, as everybody there is, against the table of
 * `route-permissions.ts`. A route that is missing there fails, and so does one that lets in anybody else.
 */
import { ApiKeyRepository } from '#application/identity/api-key.repository.js';
import { UserRepository } from '#application/identity/user.repository.js';
import { Clock } from '#domain/clock.js';
import { PERMISSIONS, ROLE_PERMISSIONS, permits, type Permission } from '#domain/permissions.js';
import { newApiKey } from '#identity/api-keys/api-key-format.js';
import { IdentityOptions } from '#identity/identity-options.js';
import { AccessTokens } from '#identity/tokens/access-tokens.js';
import { FakeClock } from '#testing/fake-clock.js';
import { createTestDatabase } from '#testing/stores.js';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RouteInventory } from '../src/security/route-inventory.js';
import { startApi, type Answer, type ApiUnderTest } from './api-under-test.js';
import { servedRoutes, withoutThings } from './express-routes.js';
import { ROUTE_ACCESS, type Access } from './route-permissions.js';

/** POST at the end: logging out ends the logins that all other visits need. */
const METHODS = ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'POST'] as const;
type Method = (typeof METHODS)[number];

interface Caller {
  readonly name: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Null: proves nothing, or nothing that still counts. */
  readonly holds: readonly Permission[] | null;
}

/** What an answer says about who may: refused as unknown, refused as not allowed, no such method, or let in. */
type Verdict = 'unauthenticated' | 'forbidden' | 'no such method' | 'let in';

let api: ApiUnderTest;
let callers: Caller[];

const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });

async function keyWith(permissions: readonly Permission[], lifetimeMs: number | null = null): Promise<{ id: string; key: string }> {
  const admin = await api.app.get(UserRepository).findByUsername('admin');
  if (admin === null) throw new Error('no admin');
  const { key, hash, lastFour } = newApiKey();
  const id = crypto.randomUUID();
  const stored = { id, name: 'walk', prefix: 'sk_live_', lastFour, hash, permissions, createdBy: admin.id, lifetimeMs };
  await api.app.get(ApiKeyRepository).add(stored);
  return { id, key };
}

/** A token of a login that still stands, whose own time is over. */
async function expiredToken(token: string): Promise<string> {
  const { sub, sid } = decodeJwt<{ sid: string }>(token);
  const yesterday = new FakeClock(new Date(api.app.get(Clock).now().getTime() - 86_400_000));
  const tokens = new AccessTokens(api.app.get(IdentityOptions).settings.accessTokens, yesterday);
  return (await tokens.issue((sub ?? '') as Parameters<AccessTokens['issue']>[0], sid)).token;
}

async function everybody(): Promise<Caller[]> {
  const [admin, operator, viewer, left] = [await api.loginAs('admin'), await api.loginAs('operator'), await api.loginAs('viewer'), await api.loginAs('admin')];
  await left('POST /api/auth/logout');
  const [expired, revoked] = [await keyWith(['Admin'], -1_000), await keyWith(['Admin'])];
  await api.app.get(ApiKeyRepository).revoke(revoked.id);
  const keys = await Promise.all(PERMISSIONS.map(async (permission) => ({ permission, ...(await keyWith([permission])) })));
  return [
    { name: 'nobody', headers: {}, holds: null },
    { name: 'a token where none belongs', headers: { 'x-access-token': admin.token, cookie: `token=${admin.token}` }, holds: null },
    { name: 'an expired token', headers: bearer(await expiredToken(admin.token)), holds: null },
    { name: 'the token of a login that ended', headers: bearer(left.token), holds: null },
    { name: 'an expired key', headers: { 'x-api-key': expired.key }, holds: null },
    { name: 'a revoked key', headers: bearer(revoked.key), holds: null },
    { name: 'viewer', headers: bearer(viewer.token), holds: ROLE_PERMISSIONS.Viewer },
    { name: 'operator', headers: bearer(operator.token), holds: ROLE_PERMISSIONS.Operator },
    { name: 'admin', headers: bearer(admin.token), holds: ROLE_PERMISSIONS.Admin },
    ...keys.map(({ permission, key }) => ({ name: `a key with ${permission}`, headers: { 'x-api-key': key }, holds: [permission] })),
  ];
}

beforeAll(async () => {
  api = await startApi(await createTestDatabase(), { TIMER4TASKER_ANONYMOUS: 'false' });
  // Nobody plans here, and jobs that are overdue would make the API say that it is not ready.
  await api.database.query({ name: 'nothing-due', text: 'update scheduled_job set next_fire_at = null' });
  callers = await everybody();
});
afterAll(() => api.close());

const lineOf = ({ method, path }: { method: string; path: string }): string => `${method} ${path}`;

/** What the table says about a path by a method; HEAD is GET. */
function accessOf(method: Method, path: string): Access | null {
  const line = `${method === 'HEAD' ? 'GET' : method} ${path}`;
  return ROUTE_ACCESS[line] ?? Object.entries(ROUTE_ACCESS).find(([other]) => covers(other, line))?.[1] ?? null;
}

/** Whether a route with a parameter serves the path of another one, as `/jobs/:job_id` does `/jobs/bulk`. */
function covers(route: string, line: string): boolean {
  const [parts, wanted] = [route.split('/'), line.split('/')];
  return parts.length === wanted.length && parts.every((part, index) => part === wanted[index] || part.startsWith(':'));
}

/** OPTIONS tells the methods of a path, with a 405, to everybody who is known. */
function expectedFor(method: Method, access: Access | null, { holds }: Caller): Verdict {
  if (method === 'OPTIONS' && holds === null) return 'unauthenticated';
  if (access === null || access === 'nobody') return 'no such method';
  if (access === 'public') return 'let in';
  if (holds === null) return 'unauthenticated';
  return access === 'authenticated' || permits(holds, access) ? 'let in' : 'forbidden';
}

/** @returns a verdict, or what came instead of one */
function verdictOf({ status, body }: Answer, access: Access | null): string {
  if (status === 405) return 'no such method';
  // Login and refresh say 401 too, to what was sent to them.
  if (access === 'public') return status < 500 ? 'let in' : `${String(status)} ${JSON.stringify(body)}`;
  if (status === 401) return 'unauthenticated';
  if (status === 403) return 'forbidden';
  return status < 500 ? 'let in' : `${String(status)} ${JSON.stringify(body)}`;
}

async function visit(method: Method, path: string, caller: Caller): Promise<string | null> {
  const access = accessOf(method, path);
  const hasBody = method === 'POST' || method === 'PUT' || method === 'PATCH';
  const answer = await api.request(`${method} ${withoutThings(path)}`, { headers: caller.headers, ...(hasBody ? { body: {} } : {}) });
  const [expected, found] = [expectedFor(method, access, caller), verdictOf(answer, access)];
  return expected === found ? null : `${method} ${path} as ${caller.name}: expected ${expected}, found ${found} (${String(answer.status)})`;
}

test('the table has exactly the routes that are served', () => {
  const served = servedRoutes(api).map(lineOf);
  expect(served.filter((line) => !(line in ROUTE_ACCESS))).toEqual([]);
  expect(Object.keys(ROUTE_ACCESS).filter((line) => !served.includes(line))).toEqual([]);
});

test('every controller says of its routes what the table says', () => {
  const wrong = api.app.get(RouteInventory).routes().filter((route) => {
    const declared = route.access?.kind === 'permission' ? route.access.permission : route.access?.kind;
    return ROUTE_ACCESS[lineOf(route)] !== declared;
  });
  expect(wrong).toEqual([]);
});

describe('every route', () => {
  const LAST = '/api/auth/logout';

  test('lets in exactly whom the table names, by every method', async () => {
    const paths = [...new Set(servedRoutes(api).map(({ path }) => path))].filter((path) => path !== LAST);
    const problems: (string | null)[] = [];
    for (const path of [...paths, LAST]) {
      for (const method of METHODS) problems.push(...(await Promise.all(callers.map((caller) => visit(method, path, caller)))));
    }
    expect(problems.filter((problem) => problem !== null)).toEqual([]);
  }, 180_000);
});

describe('what is no route of a controller', () => {
  test.each(['/admin/queues', '/admin/queues/api/queues', '/admin/queues/static/nothing.js'])('%s is for those who may read the state of the system', async (path) => {
    for (const caller of await everybody()) {
      const { status } = await api.request(`GET ${path}`, { headers: caller.headers });
      const expected = caller.holds === null ? 401 : permits(caller.holds, 'SystemRead') ? [200, 404] : 403;
      expect([caller.name, [expected].flat().includes(status)], `${caller.name} got ${String(status)}`).toEqual([caller.name, true]);
    }
  });

  test('the changes that Bull Board can make are for administrators', async () => {
    for (const caller of await everybody()) {
      const { status } = await api.request('PUT /admin/queues/api/queues/no-such-queue/pause', { headers: caller.headers });
      const expected = caller.holds === null ? 401 : permits(caller.holds, 'Admin') ? 404 : 403;
      expect([caller.name, status]).toEqual([caller.name, expected]);
    }
  });

  test('a path that nobody serves is not found, whoever asks', async () => {
    for (const path of ['/', '/api', '/api/tasks-of-others', '/api/system', '/api/auth', '/.env', '/admin']) {
      expect([path, (await api.request(`GET ${path}`)).status]).toEqual([path, 404]);
    }
  });
});
