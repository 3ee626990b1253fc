import { link, mkdir, symlink, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newId, type UserId } from '#domain/ids.js';
import type { AttemptOutcome } from '#domain/execution/outcome.js';
import { aRunContext } from '#executors/testing/a-run-context.js';
import { PasswordHasher } from '#identity/passwords/password-hasher.js';
import { FunctionExecutor } from '#executors/functions/function.executor.js';
import { FunctionRegistry } from '#executors/functions/function-registry.js';
import syncDomainUsers from './sync-domain-users.task.js';
import { createTestingGround, type TestingGround } from './testing-ground.conformance.js';

let ground: TestingGround;
beforeAll(async () => {
  ground = await createTestingGround();
});
afterAll(() => ground.drop());
beforeEach(async () => {
  await ground.clear();
  await ground.database.pool.query('truncate user_account cascade');
  await mkdir(join(ground.folder, 'allowed'));
});

async function sync(users: unknown): Promise<AttemptOutcome> {
  const source = await ground.file('allowed/users.json', typeof users === 'string' ? users : JSON.stringify(users));
  return ground.run('sync_domain_users', { source });
}

async function account(username: string, role: 'Admin' | 'Operator' | 'Viewer', email: string | null): Promise<UserId> {
  const id = newId<UserId>();
  await ground.services.users.add({ id, username, email, role, passwordHash: 'known' });
  return id;
}

describe('sync_domain_users', () => {
  test('succeeds without a source and says so', async () => {
    expect(await ground.run('sync_domain_users')).toEqual({
      kind: 'succeeded',
      result: { synced_count: 0, configured: false, message: 'no directory source is configured' },
    });
  });

  test('creates missing accounts as viewers and corrects e-mail addresses', async () => {
    await account('known', 'Operator', 'old@here');
    await account('steady', 'Viewer', 'steady@here');
    const outcome = await sync([
      { username: 'New.User', email: 'new@here', role: 'Admin' },
      { username: 'KNOWN', email: 'new-address@here' },
      { username: 'steady' },
    ]);
    expect(outcome).toEqual({
      kind: 'succeeded',
      result: { synced_count: 3, created: 1, updated: 1, unchanged: 1, invalid: 0, configured: true },
    });
    const users = await ground.services.users.list();
    expect(users.map(({ username, email, role }) => ({ username, email, role }))).toEqual([
      { username: 'known', email: 'new-address@here', role: 'Operator' },
      { username: 'new.user', email: 'new@here', role: 'Viewer' },
      { username: 'steady', email: 'steady@here', role: 'Viewer' },
    ]);
    expect((await ground.services.users.findByUsername('known'))?.passwordHash).toBe('known');
  });

  test('changes nothing the second time', async () => {
    const users = [{ username: 'a', email: 'a@here' }, { username: 'b' }];
    await sync(users);
    expect(await sync(users)).toMatchObject({ result: { created: 0, updated: 0, unchanged: 2 } });
  });

  test('never touches administrators', async () => {
    await account('boss', 'Admin', 'boss@here');
    expect(await sync([{ username: 'boss', email: 'thief@there', role: 'Viewer' }])).toMatchObject({ result: { unchanged: 1 } });
    expect(await ground.services.users.findByUsername('boss')).toMatchObject({ email: 'boss@here', role: 'Admin' });
  });

  test('gives new accounts passwords that nobody knows, checked at the usual cost', async () => {
    await sync([{ username: 'one' }, { username: 'two' }]);
    const one = await ground.services.users.findByUsername('one');
    const two = await ground.services.users.findByUsername('two');
    const hasher = new PasswordHasher();
    const costs = (hash: string | undefined): string => hash?.split('$').slice(0, 4).join('$') ?? '';
    expect(costs(one?.passwordHash)).toBe(costs(await hasher.hash('anything')));
    expect(one?.passwordHash).not.toBe(two?.passwordHash);
    for (const guess of ['', 'one', 'password']) expect(await hasher.matches(one?.passwordHash ?? '', guess)).toBe(false);
  });

  test('audits what it changed, without password hashes', async () => {
    const id = await account('known', 'Viewer', 'old@here');
    await sync([{ username: 'known', email: 'new@here' }, { username: 'fresh' }]);
    const [created] = await ground.services.audit.list({ limit: 1 });
    expect(created).toMatchObject({ actor: { type: 'system' }, action: 'user.created', details: { source: 'directory', after: { username: 'fresh', role: 'Viewer' } } });
    const [changed] = await ground.services.audit.list({ target: { type: 'user', id }, limit: 1 });
    expect(changed).toMatchObject({ action: 'user.email_changed', details: { before: { email: 'old@here' }, after: { email: 'new@here' } } });
    expect(JSON.stringify([created, changed])).not.toContain('argon2');
  });

  test('leaves bad entries out and takes the others', async () => {
    const bad = [null, 7, {}, { username: 'with space' }, { username: 'x'.repeat(101) }, { username: 'nul\0' }, { username: 'mail', email: 'none' }, { username: 'surrogate', email: 'a@\ud800' }];
    const outcome = await sync([...bad, { username: 'good', email: null }, { username: 'GOOD', email: 'second@here' }]);
    expect(outcome).toMatchObject({ kind: 'succeeded', result: { synced_count: 1, created: 1, invalid: 9 } });
    expect((await ground.services.users.list()).map(({ username }) => username)).toEqual(['good']);
  });

  test('fails for good on a file that is no array of users, without quoting it', async () => {
    for (const content of ['{"username":"a"}', 'top secret', '']) {
      const outcome = await sync(content);
      expect(outcome).toMatchObject({ kind: 'failed', retryable: false });
      expect(JSON.stringify(outcome)).not.toContain('secret');
    }
  });

  test('reads no file outside the roots, on whatever way', async () => {
    const outside = await ground.file('outside/users.json', '[{"username":"intruder"}]');
    const inside = join(ground.folder, 'allowed');
    await symlink(outside, join(inside, 'file-link.json'));
    await symlink(join(ground.folder, 'outside'), join(inside, 'folder-link'));
    const ways = [outside, join(inside, 'file-link.json'), join(inside, 'folder-link/users.json'), `${inside}/../outside/users.json`];
    for (const source of ways) {
      expect(await ground.run('sync_domain_users', { source })).toMatchObject({ kind: 'failed', retryable: false, error: expect.stringContaining('outside the allowed folders') as string });
    }
    expect(await ground.services.users.list()).toEqual([]);
  });

  test('reads nothing at all where no roots are configured', async () => {
    const source = await ground.file('allowed/users.json', '[]');
    const executor = new FunctionExecutor(new FunctionRegistry([syncDomainUsers as never]), { ...ground.services, fileRoots: [] });
    const outcome = await executor.run(aRunContext({ taskFunction: 'sync_domain_users', args: { source } }));
    expect(outcome).toMatchObject({ kind: 'failed', retryable: false });
  });

  test('fails on folders and on files over 10 MiB, and may be retried while the file is missing', async () => {
    const source = join(ground.folder, 'allowed/big.json');
    expect(await ground.run('sync_domain_users', { source })).toMatchObject({ kind: 'failed', retryable: true });
    await ground.file('allowed/big.json', '[]');
    await truncate(source, 10 * 1024 * 1024 + 1);
    expect(await ground.run('sync_domain_users', { source })).toMatchObject({ kind: 'failed', error: expect.stringContaining('more than 10485760 bytes') as string });
    expect(await ground.run('sync_domain_users', { source: join(ground.folder, 'allowed') })).toMatchObject({ kind: 'failed', retryable: false });
  });

  test('stops between two users when it is aborted and keeps what is done', async () => {
    const users = Array.from({ length: 10 }, (_, index) => ({ username: `user${index}` }));
    const source = await ground.file('allowed/users.json', JSON.stringify(users));
    const context = aRunContext({ args: { source } });
    const progress = (fraction: number): void => {
      if (fraction >= 0.4) context.stop('cancelled', 'enough');
    };
    expect(await ground.run('sync_domain_users', { source }, { ...context, progress })).toMatchObject({ kind: 'cancelled' });
    expect(await ground.services.users.list()).toHaveLength(4);
  });

  test('reads the file behind a link that stays inside the roots', async () => {
    const file = await ground.file('allowed/users.json', '\uFEFF[{"username":"a"}]');
    await symlink(file, join(ground.folder, 'allowed/link.json'));
    await link(file, join(ground.folder, 'allowed/second.json'));
    for (const name of ['link.json', 'second.json']) {
      expect(await ground.run('sync_domain_users', { source: join(ground.folder, 'allowed', name) })).toMatchObject({ kind: 'succeeded' });
    }
  });
});
