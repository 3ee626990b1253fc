import { newId, type UserId } from '#domain/ids.js';
import { createIdentityStores, type IdentityStores } from '#persistence/identity/identity-database.conformance.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CheckPassword } from './check-password.use-case.js';
import { PasswordHasher } from './password-hasher.js';

const hasher = new PasswordHasher();
let stores: IdentityStores;
let check: CheckPassword;
beforeAll(async () => {
  stores = await createIdentityStores();
  check = new CheckPassword(stores.users, hasher, { localMode: false });
  const passwordHash = await hasher.hash('correct horse battery');
  await stores.users.add({ id: newId<UserId>(), username: 'known', email: null, role: 'Viewer', passwordHash });
});
afterAll(() => stores.drop());

describe('CheckPassword', () => {
  test('knows the right password from the wrong one', async () => {
    expect(await check.execute('Known', 'correct horse battery')).toMatchObject({ username: 'known' });
    expect(await check.execute('known', 'correct horse batterz')).toBeNull();
    expect(await check.execute('known', '')).toBeNull();
  });

  test('does not cut long passwords', async () => {
    const long = 'x'.repeat(100);
    const passwordHash = await hasher.hash(`${long}1`);
    await stores.users.add({ id: newId<UserId>(), username: 'long', email: null, role: 'Viewer', passwordHash });
    expect(await check.execute('long', `${long}1`)).not.toBeNull();
    expect(await check.execute('long', `${long}2`)).toBeNull();
  });

  test('takes names that no account can have', async () => {
    for (const name of ['', '\u0000', "' or 1=1 --", 'x'.repeat(5_000)]) expect(await check.execute(name, 'x')).toBeNull();
  });

  test('takes as long for an unknown user as for a wrong password', async () => {
    const times = { known: [] as number[], unknown: [] as number[] };
    for (let round = 0; round < 15; round += 1) {
      for (const name of ['known', 'unknown'] as const) {
        const startedAt = performance.now();
        await check.execute(name, 'wrong password');
        times[name].push(performance.now() - startedAt);
      }
    }
    // Without the dummy hash an unknown user would be answered many times faster; load moves both alike.
    const ratio = median(times.known) / median(times.unknown);
    expect(ratio).toBeGreaterThan(0.4);
    expect(ratio).toBeLessThan(2.5);
    expect(median(times.unknown)).toBeGreaterThan(5);
  });
});

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
