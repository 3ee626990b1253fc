import { SystemClock } from '#domain/clock.js';
import { newId, type UserId } from '#domain/ids.js';
import { RateLimitError } from '#domain/rate-limit-error.js';
import { createIdentityStores, type IdentityStores } from '#persistence/identity/identity-database.conformance.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CheckLogin } from './check-login.use-case.js';
import { CheckPassword } from './check-password.use-case.js';
import { PasswordHasher } from './password-hasher.js';

const hasher = new PasswordHasher({ memoryKib: 64, passes: 1 });
const RIGHT = 'correct horse battery';
let stores: IdentityStores;
let login: CheckLogin;

beforeAll(async () => {
  stores = await createIdentityStores();
  const check = new CheckPassword(stores.users, hasher, { localMode: false });
  login = new CheckLogin(check, stores.loginFailures, stores.audit, new SystemClock());
  await stores.users.add({ id: newId<UserId>(), username: 'jane', email: null, role: 'Viewer', passwordHash: await hasher.hash(RIGHT) });
});
beforeEach(async () => {
  await stores.sql('delete from login_failure');
});
afterAll(() => stores.drop());

const attempt = async (username: string, password: string): Promise<string> =>
  login.execute(username, password, '192.0.2.1').then(
    (user) => (user === null ? 'wrong' : 'in'),
    (error: unknown) => (error instanceof RateLimitError ? `refused for ${String(Math.ceil(error.retryAfterMs / 1000))} s` : String(error)),
  );

const attempts = async (username: string, passwords: string[]): Promise<string[]> => {
  const outcomes: string[] = [];
  for (const password of passwords) outcomes.push(await attempt(username, password));
  return outcomes;
};

const endRefusal = (): Promise<unknown> => stores.sql(`update login_failure set blocked_until = now() - interval '1 ms'`);
const FIVE = Array.from({ length: 5 }, () => 'guess');

describe.each(['jane', 'nobody'])('guessing at %s', (username) => {
  it('is free five times, then refused for a second, and twice as long with each further guess', async () => {
    expect(await attempts(username, FIVE)).toEqual(FIVE.map(() => 'wrong'));
    const refusals: string[] = [];
    for (let round = 0; round < 8; round += 1) {
      refusals.push(await attempt(username, 'guess'));
      await endRefusal();
    }
    expect(refusals).toEqual([1, 2, 4, 8, 16, 32, 60, 60].map((seconds) => `refused for ${String(seconds)} s`));
  });

  it('gets the same answer to a right and a wrong password during a refusal, which does not grow', async () => {
    await attempts(username, [...FIVE, 'guess']);
    expect(await attempts(username, ['guess', RIGHT, username.toUpperCase()])).toEqual(FIVE.slice(2).map(() => 'refused for 1 s'));
  });

  it('in parallel gets no further', async () => {
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => attempt(username, 'guess')));
    expect(outcomes.filter((outcome) => outcome === 'wrong')).toHaveLength(5);
    expect(outcomes.filter((outcome) => outcome.startsWith('refused for '))).toHaveLength(15);
  });
});

describe('the owner of an account', () => {
  it('gets in as soon as the refusal is over, and starts afresh', async () => {
    await attempts('jane', [...FIVE, 'guess']);
    await endRefusal();
    expect(await attempt('Jane', RIGHT)).toBe('in');
    expect(await attempts('jane', FIVE)).toEqual(FIVE.map(() => 'wrong'));
  });

  it('is not held up by logins that succeed, however many at once', async () => {
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => attempt('jane', RIGHT)));
    expect(new Set(outcomes)).toEqual(new Set(['in']));
  });

  it('is forgiven after a quarter of an hour', async () => {
    await attempts('jane', [...FIVE, 'guess']);
    await stores.sql(`update login_failure set last_failed_at = now() - interval '16 min', blocked_until = now()`);
    expect(await attempts('jane', FIVE)).toEqual(FIVE.map(() => 'wrong'));
  });
});

it('audits the beginning of each refusal', async () => {
  await stores.audit.record({ actor: { type: 'system', id: null, name: null }, action: 'test.began' });
  await attempts('jane', [...FIVE, 'guess', 'guess']);
  const records = await stores.audit.list({ limit: 10 });
  const since = records.slice(0, records.findIndex(({ action }) => action === 'test.began'));
  expect(since).toMatchObject([{ action: 'user.login_refused', actor: { name: 'jane' }, ip: '192.0.2.1', details: { failures: 6 } }]);
});

it('stores no name, and forgets names that nobody guesses at any more', async () => {
  await attempts('a password in the wrong field', ['guess']);
  expect(JSON.stringify(await stores.sql('select l::text from login_failure l'))).not.toContain('password');
  await stores.sql(`update login_failure set last_failed_at = now() - interval '16 min'`);
  await attempts('jane', ['guess']);
  expect(await stores.sql('select 1 from login_failure')).toHaveLength(1);
});
