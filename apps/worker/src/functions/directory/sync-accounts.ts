import { SYSTEM_ACTOR } from '#application/identity/audit-log.js';
import type { User } from '#application/identity/user.repository.js';
import { newId, type UserId } from '#domain/ids.js';
import type { TaskServices } from '../task-services.js';
import type { DirectoryEntry } from './directory-entries.js';
import { unusablePasswords } from './unusable-passwords.js';

export interface SyncedAccounts {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
}

export type SyncServices = Pick<TaskServices, 'users' | 'accountEmails' | 'audit' | 'passwords'>;

/** New accounts may look; everything else is an administrator's to give. */
const ROLE = 'Viewer';

type Outcome = keyof SyncedAccounts;

/**
 * Makes accounts for users that have none and brings e-mail addresses up to date. Roles, passwords and whether an account is
 * disabled are never touched, administrators not at all, and nobody is removed. Idempotent; what was done before an abort
 * stays done. Every change is audited.
 *
 * @throws the reason of the signal once it is aborted
 */
export async function syncAccounts(
  entries: readonly DirectoryEntry[],
  services: SyncServices,
  run: { readonly signal: AbortSignal; readonly progress: (fraction: number) => void },
): Promise<SyncedAccounts> {
  const known = new Map((await services.users.list()).map((user) => [user.username, user]));
  const newPassword = await unusablePasswords(services.passwords);
  const counts = { created: 0, updated: 0, unchanged: 0 };
  for (const [index, entry] of entries.entries()) {
    run.signal.throwIfAborted();
    const user = known.get(entry.username) ?? (await create(entry, newPassword(), services));
    counts[user === 'created' ? user : await update(user, entry, services)] += 1;
    run.progress((index + 1) / entries.length);
  }
  return counts;
}

/** @returns the account that somebody else made in the meantime, if so */
async function create(entry: DirectoryEntry, passwordHash: string, services: SyncServices): Promise<'created' | User> {
  const { username, email } = entry;
  const user = await services.users.add({ id: newId<UserId>(), username, email, role: ROLE, passwordHash });
  if (user === null) {
    const existing = await services.users.findByUsername(username);
    if (existing === null) throw new Error(`the account "${username}" comes and goes`);
    return existing;
  }
  await record(services, 'user.created', user.id, { username, email, role: ROLE }, null);
  return 'created';
}

async function update(user: User, { email }: DirectoryEntry, services: SyncServices): Promise<Outcome> {
  if (email === null || email === user.email || user.role === 'Admin') return 'unchanged';
  if (!(await services.accountEmails.update(user.id, email))) return 'unchanged';
  await record(services, 'user.email_changed', user.id, { email }, { email: user.email });
  return 'updated';
}

type Details = Record<string, string | null>;

async function record(
  { audit }: SyncServices,
  action: 'user.created' | 'user.email_changed',
  id: UserId,
  after: Details,
  before: Details | null,
): Promise<void> {
  const details = { source: 'directory', after, ...(before === null ? {} : { before }) };
  await audit.record({ actor: SYSTEM_ACTOR, action, target: { type: 'user', id }, details });
}
