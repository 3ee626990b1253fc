import type { Caller } from '#application/identity/caller.js';
import type { User } from '#application/identity/user.repository.js';
import { SystemClock } from '#domain/clock.js';
import type { UserId } from '#domain/ids.js';
import type { Role } from '#domain/permissions.js';
import { createIdentityStores, type IdentityStores } from '#persistence/identity/identity-database.conformance.js';
import { decodeJwt } from 'jose';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CheckPassword } from '../passwords/check-password.use-case.js';
import { PasswordHasher } from '../passwords/password-hasher.js';
import { AccessTokens } from '../tokens/access-tokens.js';
import { Login } from '../tokens/login.use-case.js';
import { UserAccounts } from './user-accounts.js';

const PASSWORD = 'correct horse battery';
const UNKNOWN = '0190f8a0-0000-7000-8000-000000000000' as UserId;
const hasher = new PasswordHasher({ memoryKib: 64, passes: 1 });

let stores: IdentityStores;
let accounts: UserAccounts;
let check: CheckPassword;
let root: Caller;

beforeEach(async () => {
  stores = await createIdentityStores();
  check = new CheckPassword(stores.users, hasher, { localMode: false });
  accounts = new UserAccounts(stores, hasher, check, stores.audit);
  await stores.users.add({ id: UNKNOWN.replace(/0$/, '1') as UserId, username: 'root', email: null, role: 'Admin', passwordHash: await hasher.hash(PASSWORD) });
  const admin = await stores.users.findByUsername('root');
  if (admin === null) throw new Error('no root');
  root = callerFor(admin, null);
});
afterEach(() => stores.drop());

function callerFor(user: User, sessionId: string | null): Caller {
  const principal = { kind: 'user', userId: user.id, username: user.username, role: user.role, permissions: ['Admin'], sessionId, apiKeyId: null } as const;
  return { principal, ip: '::1' };
}

const create = (username: string, role: Role = 'Operator'): Promise<User> => accounts.create(root, { username, email: null, role, password: PASSWORD });

async function loginSession(username: string): Promise<string> {
  const tokens = new AccessTokens({ secret: 's'.repeat(32) }, new SystemClock());
  const login = new Login(check, stores.sessions, tokens, stores.audit);
  const { accessToken } = await login.execute({ username, password: PASSWORD, origin: { ip: null, userAgent: null } });
  return String(decodeJwt(accessToken)['sid']);
}

const actions = async (): Promise<string[]> => (await stores.audit.list({ limit: 10 })).map(({ action }) => action);

describe('UserAccounts', () => {
  test('creates accounts in lower case and lists them by name', async () => {
    await create('Zoe');
    await create('amir@example.com', 'Viewer');
    expect((await accounts.list()).map(({ username, role }) => [username, role])).toEqual([
      ['amir@example.com', 'Viewer'],
      ['root', 'Admin'],
      ['zoe', 'Operator'],
    ]);
    expect(await actions()).toEqual(['user.created', 'user.created']);
  });

  test.each([
    ['a taken name', 'ROOT', PASSWORD],
    ['a malformed name', 'a b', PASSWORD],
    ['an empty name', '', PASSWORD],
    ['a weak password', 'zoe', 'password1'],
    ['the name as password', 'zoe.smith', 'zoe.smith'],
  ])('refuses %s', async (_, username, password) => {
    const made = accounts.create(root, { username, email: null, role: 'Viewer', password });
    await expect(made).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
    expect(await accounts.list()).toHaveLength(1);
  });

  test('changes roles and says before and after in the audit log', async () => {
    const { id } = await create('zoe');
    expect(await accounts.change(root, id, { role: 'Viewer' })).toMatchObject({ role: 'Viewer', disabledAt: null });
    const [entry] = await stores.audit.list({ target: { type: 'user', id }, limit: 1 });
    expect(entry).toMatchObject({
      action: 'user.access_changed',
      actor: { type: 'user', name: 'root' },
      details: { before: { role: 'Operator', enabled: true }, after: { role: 'Viewer', enabled: true } },
    });
  });

  test('ends the logins of a disabled account', async () => {
    const { id } = await create('zoe');
    const session = await loginSession('zoe');
    await accounts.change(root, id, { state: 'disabled' });
    expect(await stores.sessions.findActiveUser(session)).toBeNull();
    expect(await check.execute('zoe', PASSWORD)).toBeNull();
  });

  test('keeps the last administrator', async () => {
    const change = accounts.change(root, root.principal.userId ?? UNKNOWN, { role: 'Viewer' });
    await expect(change).rejects.toMatchObject({ code: 'LAST_ADMIN' });
    await expect(accounts.change(root, UNKNOWN, { role: 'Viewer' })).rejects.toMatchObject({ code: 'USER_NOT_FOUND' });
  });

  test('changes the own password and ends the other logins', async () => {
    const user = await create('zoe');
    const [here, elsewhere] = [await loginSession('zoe'), await loginSession('zoe')];
    const zoe = callerFor(user, here);
    const wrong = accounts.changeOwnPassword(zoe, { current: 'wrong', next: 'another long one' });
    await expect(wrong).rejects.toMatchObject({ code: 'VALIDATION_FAILED', violations: [{ path: ['currentPassword'] }] });
    await accounts.changeOwnPassword(zoe, { current: PASSWORD, next: 'another long one' });
    expect(await stores.sessions.findActiveUser(here)).not.toBeNull();
    expect(await stores.sessions.findActiveUser(elsewhere)).toBeNull();
    expect(await check.execute('zoe', PASSWORD)).toBeNull();
    expect(await check.execute('zoe', 'another long one')).not.toBeNull();
  });

  test('sets the password of another user and ends all logins of that user', async () => {
    const { id } = await create('zoe');
    const session = await loginSession('zoe');
    await accounts.resetPassword(root, id, 'another long one');
    expect(await stores.sessions.findActiveUser(session)).toBeNull();
    expect((await actions())[0]).toBe('user.password_reset');
  });

  test('ends all logins of a user and says how many', async () => {
    const { id } = await create('zoe');
    const sessions = [await loginSession('zoe'), await loginSession('zoe')];
    await accounts.endSessions(root, id);
    for (const session of sessions) expect(await stores.sessions.findActiveUser(session)).toBeNull();
    const [entry] = await stores.audit.list({ target: { type: 'user', id }, limit: 1 });
    expect(entry).toMatchObject({ action: 'user.sessions_ended', details: { sessions: 2 } });
    await expect(accounts.endSessions(root, UNKNOWN)).rejects.toMatchObject({ code: 'USER_NOT_FOUND' });
  });

  test('writes nothing to the log when nothing changes', async () => {
    const { id } = await create('zoe');
    await accounts.change(root, id, { role: 'Operator', state: 'enabled', email: null });
    expect(await actions()).toEqual(['user.created']);
  });

  test('is not for API keys, which have no password', async () => {
    const byKey: Caller = { ...root, principal: { ...root.principal, kind: 'api-key', apiKeyId: 'k' } };
    const change = accounts.changeOwnPassword(byKey, { current: PASSWORD, next: 'another long one' });
    await expect(change).rejects.toMatchObject({ code: 'PERMISSION_DENIED' });
  });
});
