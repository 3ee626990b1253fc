import { newId, type UserId } from '#domain/ids.js';
import type { Role } from '#domain/permissions.js';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createIdentityStores, type IdentityStores } from './identity-database.conformance.js';
import { PostgresLoginFailures } from './postgres-login-failures.js';

let stores: IdentityStores;
beforeAll(async () => {
  stores = await createIdentityStores();
});
afterAll(() => stores.drop());

const DAY_MS = 86_400_000;

let sequence = 0;
async function aUser(role: Role = 'Viewer'): Promise<UserId> {
  const id = newId<UserId>();
  sequence += 1;
  await stores.users.add({ id, username: `user${sequence}`, email: null, role, passwordHash: 'hash' });
  return id;
}

async function aLogin(userId?: UserId): Promise<{ sessionId: string; hash: Buffer; userId: UserId }> {
  const owner = userId ?? (await aUser());
  const sessionId = newId<string>();
  const hash = randomBytes(32);
  await stores.sessions.open(
    { id: sessionId, userId: owner, lifetimeMs: 30 * DAY_MS, ip: '::1', userAgent: 'spec' },
    { id: newId<string>(), hash, lifetimeMs: 7 * DAY_MS },
  );
  return { sessionId, hash, userId: owner };
}

const waitingForLocks = async (): Promise<number> => {
  const rows = await stores.sql("select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'");
  return rows.length;
};

const successor = (): { id: string; hash: Buffer; lifetimeMs: number } => ({ id: newId<string>(), hash: randomBytes(32), lifetimeMs: DAY_MS });

describe('refresh tokens', () => {
  test('rotate to a successor of the same family', async () => {
    const { sessionId, hash, userId } = await aLogin();
    const next = successor();
    expect(await stores.sessions.rotate(hash, next)).toMatchObject({ kind: 'rotated', sessionId, user: { id: userId } });
    expect(await stores.sessions.rotate(next.hash, successor())).toMatchObject({ kind: 'rotated', sessionId });
  });

  test('rotate once for calls that look at the login at once, and each of the others is a re-use', async () => {
    const { sessionId, hash } = await aLogin();
    // All four have seen the login alive and wait for the token when its lock is let go.
    const rotations = await stores.database.transaction(async (tx) => {
      await tx.query({ name: 'spec-lock', text: 'select 1 from refresh_token where token_hash = $1 for update' }, [hash]);
      const begun = [1, 2, 3, 4].map(() => stores.sessions.rotate(hash, successor()));
      await expect.poll(waitingForLocks, { timeout: 10_000 }).toBe(4);
      return begun;
    });
    const outcomes = await Promise.all(rotations);
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['reused', 'reused', 'reused', 'rotated']);
    expect(await stores.sessions.findActiveUser(sessionId)).toBeNull();
  });

  test('are invalid for whoever comes when a re-use has ended the family', async () => {
    const { hash } = await aLogin();
    const next = successor();
    await stores.sessions.rotate(hash, next);
    await stores.sessions.rotate(hash, successor());
    for (const late of [hash, next.hash]) expect((await stores.sessions.rotate(late, successor())).kind).toBe('invalid');
  });

  test('end the family when a used one comes again after its successor was used', async () => {
    const { sessionId, hash } = await aLogin();
    const second = successor();
    const third = successor();
    await stores.sessions.rotate(hash, second);
    await stores.sessions.rotate(second.hash, third);
    expect(await stores.sessions.rotate(hash, successor())).toMatchObject({ kind: 'reused', sessionId });
    expect((await stores.sessions.rotate(third.hash, successor())).kind).toBe('invalid');
    expect(await stores.sessions.findActiveUser(sessionId)).toBeNull();
  });

  test('end the family when a used one comes again at once', async () => {
    const { sessionId, hash } = await aLogin();
    await stores.sessions.rotate(hash, successor());
    expect((await stores.sessions.rotate(hash, successor())).kind).toBe('reused');
    expect(await stores.sessions.findActiveUser(sessionId)).toBeNull();
  });

  test('are invalid when unknown, expired or of an ended login', async () => {
    expect((await stores.sessions.rotate(randomBytes(32), successor())).kind).toBe('invalid');
    const expired = await aLogin();
    await stores.sql('update refresh_token set expires_at = now() where token_hash = $1', [expired.hash]);
    expect((await stores.sessions.rotate(expired.hash, successor())).kind).toBe('invalid');
    const ended = await aLogin();
    await stores.sessions.revoke(ended.sessionId, 'logout');
    expect((await stores.sessions.rotate(ended.hash, successor())).kind).toBe('invalid');
  });
});

describe('sessions', () => {
  test('have no active user once they expired, were revoked or the account was disabled', async () => {
    const expired = await aLogin();
    await stores.sql('update session set expires_at = now() where id = $1', [expired.sessionId]);
    expect(await stores.sessions.findActiveUser(expired.sessionId)).toBeNull();
    const revoked = await aLogin();
    expect(await stores.sessions.revoke(revoked.sessionId, 'logout')).toBe(true);
    expect(await stores.sessions.revoke(revoked.sessionId, 'logout')).toBe(false);
    expect(await stores.sessions.findActiveUser(revoked.sessionId)).toBeNull();
    const disabled = await aLogin();
    await stores.users.update(disabled.userId, { state: 'disabled' });
    await stores.users.update(disabled.userId, { state: 'enabled' });
    expect(await stores.sessions.findActiveUser(disabled.sessionId)).toBeNull();
  });

  test('note their use when the last note is older than a minute', async () => {
    const { sessionId } = await aLogin();
    const lastUse = async (): Promise<number> => {
      const [row] = await stores.sql<{ age: number }>('select extract(epoch from now() - last_used_at)::float8 as age from session where id = $1', [sessionId]);
      return row?.age ?? Number.NaN;
    };
    await stores.sql("update session set last_used_at = now() - interval '50 seconds' where id = $1", [sessionId]);
    await stores.sessions.findActiveUser(sessionId);
    expect(await lastUse()).toBeGreaterThan(49);
    await stores.sql("update session set last_used_at = now() - interval '61 seconds' where id = $1", [sessionId]);
    await stores.sessions.findActiveUser(sessionId);
    expect(await lastUse()).toBeLessThan(10);
  });

  test('that ended long ago are pruned with their tokens', async () => {
    const old = await aLogin();
    const fresh = await aLogin();
    await stores.sql("update session set revoked_at = now() - interval '8 days' where id = $1", [old.sessionId]);
    expect(await stores.sessions.prune(7 * DAY_MS)).toBe(1);
    expect(await stores.sql('select 1 from refresh_token where token_hash = $1', [old.hash])).toEqual([]);
    expect(await stores.sessions.findActiveUser(fresh.sessionId)).not.toBeNull();
  });

  test('of a user end with a new password, but for the one that is kept', async () => {
    const kept = await aLogin();
    const other = await aLogin(kept.userId);
    expect(await stores.users.setPassword(kept.userId, { passwordHash: 'new', keepSessionId: kept.sessionId })).toBe(true);
    expect(await stores.sessions.findActiveUser(kept.sessionId)).not.toBeNull();
    expect(await stores.sessions.findActiveUser(other.sessionId)).toBeNull();
    const stale = { passwordHash: 'newer', keepSessionId: null, expectedHash: 'hash' };
    expect(await stores.users.setPassword(kept.userId, stale)).toBe(false);
  });
});

describe('users', () => {
  test('are added once, also by parallel calls', async () => {
    const add = (): ReturnType<typeof stores.users.add> =>
      stores.users.add({ id: newId<UserId>(), username: 'twin', email: null, role: 'Viewer', passwordHash: 'hash' });
    const added = await Promise.all([add(), add(), add()]);
    expect(added.filter((user) => user !== null)).toHaveLength(1);
  });

  test('always include an enabled administrator, also when two are demoted at once', async () => {
    await stores.sql("update user_account set role = 'Viewer' where role = 'Admin'");
    const [first, second] = [await aUser('Admin'), await aUser('Admin')];
    const outcomes = await Promise.all([
      stores.users.update(first, { role: 'Viewer' }),
      stores.users.update(second, { state: 'disabled' }),
    ]);
    expect(outcomes.map((outcome) => outcome.kind).sort()).toEqual(['last-admin', 'updated']);
  });
});

describe('login failures', () => {
  test('that are counted in another order than they began are five before a refusal', async () => {
    // The times of a transaction are those of its beginning: each of these began before the one that counted first.
    const countAfter = async (left: number): Promise<unknown[]> =>
      stores.database.transaction(async (tx) => {
        await tx.query({ name: 'spec-begin', text: 'select now()' });
        const before = left === 0 ? [] : await countAfter(left - 1);
        return [...before, await new PostgresLoginFailures(tx).count('jane')];
      });
    expect(await countAfter(4)).toEqual([1, 2, 3, 4, 5].map((failures) => ({ failures, blockedMs: 0 })));
    expect(await stores.loginFailures.count('jane')).toMatchObject({ failures: 6, blockedMs: expect.closeTo(1_000, -2) as number });
  });
});

describe('API keys', () => {
  const aKey = async (lifetimeMs: number | null): Promise<{ id: string; hash: Buffer; userId: UserId }> => {
    const [id, hash, userId] = [newId<string>(), randomBytes(32), await aUser('Operator')];
    await stores.apiKeys.add({ id, name: 'ci', prefix: 'sk_live_', lastFour: 'abcd', hash, permissions: ['TaskRead'], createdBy: userId, lifetimeMs });
    return { id, hash, userId };
  };

  test('are active until they expire, are revoked, or their creator is disabled', async () => {
    const endless = await aKey(null);
    expect(await stores.apiKeys.findActive(endless.hash)).toMatchObject({ creatorRole: 'Operator', key: { expiresAt: null, permissions: ['TaskRead'] } });
    expect(await stores.apiKeys.revoke(endless.id)).not.toBeNull();
    expect(await stores.apiKeys.findActive(endless.hash)).toBeNull();
    const expired = await aKey(DAY_MS);
    await stores.sql('update api_key set expires_at = now() where id = $1', [expired.id]);
    expect(await stores.apiKeys.findActive(expired.hash)).toBeNull();
    const orphaned = await aKey(DAY_MS);
    await stores.users.update(orphaned.userId, { state: 'disabled' });
    expect(await stores.apiKeys.findActive(orphaned.hash)).toBeNull();
  });

  test('note their use', async () => {
    const key = await aKey(null);
    await stores.apiKeys.findActive(key.hash);
    const listed = (await stores.apiKeys.list()).find(({ id }) => id === key.id);
    expect(listed?.lastUsedAt).toBeInstanceOf(Date);
  });
});

describe('the audit log', () => {
  test('keeps entries in order, newest first, by target and in pages', async () => {
    const target = { type: 'job', id: newId<string>() };
    const actor = { type: 'system', id: null, name: null } as const;
    for (const action of ['job.created', 'job.updated', 'job.deleted'] as const) {
      await stores.audit.record({ actor, action, target, details: { after: { n: 1 } } });
    }
    const newest = await stores.audit.list({ target, limit: 2 });
    expect(newest.map(({ action }) => action)).toEqual(['job.deleted', 'job.updated']);
    const beforeId = newest[1]?.id ?? 0;
    expect(await stores.audit.list({ target, beforeId, limit: 2 })).toMatchObject([{ action: 'job.created', details: { after: { n: 1 } } }]);
  });

  test('records what Postgres could not hold', async () => {
    const name = `\u0000evil\ud800${'x'.repeat(300)}`;
    await stores.audit.record({ actor: { type: 'anonymous', id: null, name }, action: 'user.login_failed', details: { a: '\u0000\udfff' } });
    const [entry] = await stores.audit.list({ limit: 1 });
    expect(entry?.actor.name).toMatch(/^\ufffdevil\ufffdx+$/);
    expect(entry?.details).toEqual({ a: '\ufffd\ufffd' });
  });

  test('refuses to be changed', async () => {
    await expect(stores.sql("update audit_log set action = 'x.y'")).rejects.toThrow(/append-only/);
    await expect(stores.sql('delete from audit_log')).rejects.toThrow(/append-only/);
    await expect(stores.sql('truncate audit_log')).rejects.toThrow(/append-only/);
  });
});
