import { createIdentityStores, type IdentityStores } from '#persistence/identity/identity-database.conformance.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CheckPassword } from '../passwords/check-password.use-case.js';
import { PasswordHasher } from '../passwords/password-hasher.js';
import { seedAccounts, type SeedOptions, type SeedResult } from './seed-accounts.js';

const hasher = new PasswordHasher({ memoryKib: 64, passes: 1 });
let stores: IdentityStores;
beforeEach(async () => {
  stores = await createIdentityStores();
});
afterEach(() => stores.drop());

const seed = (options: SeedOptions): Promise<SeedResult> => seedAccounts({ ...stores, hasher }, options);
const login = (username: string, password: string, localMode: boolean): Promise<string | null> =>
  new CheckPassword(stores.users, hasher, { localMode }).execute(username, password).then((user) => user?.role ?? null);

describe('seedAccounts in local mode', () => {
  const local = { localMode: true, adminPassword: null };

  test('makes the three demo accounts of the document', async () => {
    await seed(local);
    expect(await login('admin', 'admin123', true)).toBe('Admin');
    expect(await login('operator', 'op123', true)).toBe('Operator');
    expect(await login('Viewer', 'view123', true)).toBe('Viewer');
    expect(await stores.users.findByUsername('admin')).toMatchObject({ email: 'admin@example.com' });
  });

  test('changes nothing when it runs again, and once when instances boot together', async () => {
    await Promise.all([seed(local), seed(local), seed(local)]);
    const before = await stores.sql('select * from user_account order by id');
    await seed({ localMode: true, adminPassword: 'something else' });
    expect(await stores.sql('select * from user_account order by id')).toEqual(before);
    expect(before).toHaveLength(3);
  });
});

describe('seedAccounts elsewhere', () => {
  test('makes the administrator alone, with the given password', async () => {
    const password = 'correct horse battery';
    expect(await seed({ localMode: false, adminPassword: password })).toEqual({ generatedAdminPassword: null });
    expect(await login('admin', password, false)).toBe('Admin');
    expect(await stores.users.list()).toHaveLength(1);
  });

  test('generates a password, and of instances that boot together one returns it', async () => {
    const results = await Promise.all([1, 2, 3].map(() => seed({ localMode: false, adminPassword: null })));
    const passwords = results.flatMap(({ generatedAdminPassword }) => generatedAdminPassword ?? []);
    expect(passwords).toHaveLength(1);
    expect(await login('admin', passwords[0] ?? '', false)).toBe('Admin');
  });

  test('refuses a weak password', async () => {
    await expect(seed({ localMode: false, adminPassword: 'admin123' })).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
  });

  test('refuses the demo passwords of a moved database and gives the administrator a new one', async () => {
    await seed({ localMode: true, adminPassword: null });
    expect(await login('admin', 'admin123', false)).toBeNull();
    expect(await login('operator', 'op123', false)).toBeNull();
    const { generatedAdminPassword } = await seed({ localMode: false, adminPassword: null });
    expect(await login('admin', generatedAdminPassword ?? '', false)).toBe('Admin');
    expect(await seed({ localMode: false, adminPassword: null })).toEqual({ generatedAdminPassword: null });
  });
});
