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

  test('computes as much for an unknown user as for a wrong password', async () => {
    const ratios: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      // The order alternates, so that what the second of a pair finds warm is now the one, now the other.
      const names = round % 2 === 0 ? (['known', 'unknown'] as const) : (['unknown', 'known'] as const);
      const cpu = { known: 0, unknown: 0 };
      for (const name of names) cpu[name] = await cpuMicroseconds(() => check.execute(name, 'wrong password'));
      ratios.push(cpu.unknown / cpu.known);
    }
    expect(median(ratios)).toBeGreaterThan(0.85);
    expect(median(ratios)).toBeLessThan(1.15);
  });

  test('computes as much for a name that no account can have, and for an account that is disabled', async () => {
    const passwordHash = await hasher.hash('correct horse battery');
    const id = newId<UserId>();
    await stores.users.add({ id, username: 'disabled', email: null, role: 'Viewer', passwordHash });
    await stores.users.update(id, { state: 'disabled' });
    const ratios = { impossible: [] as number[], disabled: [] as number[] };
    for (let round = 0; round < ROUNDS; round += 1) {
      const known = await cpuMicroseconds(() => check.execute('known', 'wrong password'));
      ratios.impossible.push((await cpuMicroseconds(() => check.execute('x'.repeat(101), 'wrong password'))) / known);
      ratios.disabled.push((await cpuMicroseconds(() => check.execute('disabled', 'correct horse battery'))) / known);
    }
    for (const kind of ['impossible', 'disabled'] as const) {
      expect(median(ratios[kind]), kind).toBeGreaterThan(0.85);
      expect(median(ratios[kind]), kind).toBeLessThan(1.15);
    }
  });
});

/** Pairs that are compared. Odd, so that one of them is the median. */
const ROUNDS = 21;

/**
 * Processor time that this process spends on `work`, on all of its threads. Unlike the time on the clock it does not grow
 * when other processes want the processor too, so that two of them can be compared closely on a busy machine.
 */
async function cpuMicroseconds(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
