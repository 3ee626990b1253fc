import { DomainError } from '#domain/errors.js';
import { newId, type UserId } from '#domain/ids.js';
import { SYSTEM_ACTOR, type AuditLog } from '#application/identity/audit-log.js';
import type { UserRepository, UserWithPassword } from '#application/identity/user.repository.js';
import { randomBytes } from 'node:crypto';
import { DEMO_ACCOUNTS, type DemoAccount } from '../passwords/demo-accounts.js';
import type { PasswordHasher } from '../passwords/password-hasher.js';
import { passwordObjection } from '../passwords/password-policy.js';

export interface SeedOptions {
  /** Loopback only and not production: the demo accounts are wanted. */
  readonly localMode: boolean;
  /** For the first administrator; null: generate one. Ignored once the account exists. */
  readonly adminPassword: string | null;
}

export interface SeedStores {
  readonly users: UserRepository;
  readonly hasher: PasswordHasher;
  readonly audit: AuditLog;
}

/** What the caller has to tell the operator, once. */
export interface SeedResult {
  /** Null when none was generated. It is stored nowhere: print it or it is lost. */
  readonly generatedAdminPassword: string | null;
}

/**
 * Makes sure that somebody can log in: the three demo accounts in local mode, `admin` alone elsewhere. Existing accounts
 * are left as they are, with one exception: outside local mode an `admin` that still has the published demo password (a
 * laptop's database that went into production) gets a new one, because the demo password is refused there and nobody
 * could log in. Any number of instances may boot together: one of them creates, and only that one returns a password.
 * @throws DomainError `VALIDATION_FAILED` for a weak `adminPassword` outside local mode
 */
export async function seedAccounts(stores: SeedStores, options: SeedOptions): Promise<SeedResult> {
  if (options.localMode) {
    for (const account of DEMO_ACCOUNTS) {
      const chosen = account.username === 'admin' ? options.adminPassword : null;
      await addIfMissing(stores, { ...account, password: chosen ?? account.password });
    }
    return { generatedAdminPassword: null };
  }
  return seedAdministrator(stores, options.adminPassword);
}

async function seedAdministrator(stores: SeedStores, adminPassword: string | null): Promise<SeedResult> {
  const objection = adminPassword === null ? null : passwordObjection(adminPassword, 'admin');
  if (objection !== null) throw new DomainError('VALIDATION_FAILED', `ADMIN_PASSWORD ${objection}`);
  const password = adminPassword ?? randomBytes(18).toString('base64url');
  const existing = await stores.users.findByUsername('admin');
  const done =
    existing === null
      ? await addIfMissing(stores, { username: 'admin', email: 'admin@example.com', role: 'Admin', password })
      : await replaceDemoPassword(stores, existing, password);
  return { generatedAdminPassword: done && adminPassword === null ? password : null };
}

async function addIfMissing({ users, hasher, audit }: SeedStores, account: DemoAccount): Promise<boolean> {
  const { username, email, role, password } = account;
  if ((await users.findByUsername(username)) !== null) return false;
  const user = await users.add({ id: newId<UserId>(), username, email, role, passwordHash: await hasher.hash(password) });
  if (user === null) return false; // another instance was faster
  await audit.record({ actor: SYSTEM_ACTOR, action: 'user.created', target: { type: 'user', id: user.id }, details: { after: { username, role } } });
  return true;
}

async function replaceDemoPassword({ users, hasher, audit }: SeedStores, admin: UserWithPassword, password: string): Promise<boolean> {
  const demo = DEMO_ACCOUNTS.find((account) => account.username === admin.username);
  if (demo === undefined || !(await hasher.matches(admin.passwordHash, demo.password))) return false;
  const passwordHash = await hasher.hash(password);
  const replaced = await users.setPassword(admin.id, { passwordHash, keepSessionId: null, expectedHash: admin.passwordHash });
  if (replaced) await audit.record({ actor: SYSTEM_ACTOR, action: 'user.password_reset', target: { type: 'user', id: admin.id } });
  return replaced;
}
