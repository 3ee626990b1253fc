import { DomainError } from '#domain/errors.js';
import { newId, type UserId } from '#domain/ids.js';
import type { Role } from '#domain/permissions.js';
import { actorOf, type AuditEntry, type AuditLog } from '#application/identity/audit-log.js';
import type { Caller } from '#application/identity/caller.js';
import type { SessionRepository } from '#application/identity/session.repository.js';
import type { AccountChange, User, UserRepository } from '#application/identity/user.repository.js';
import type { PasswordHasher } from '../passwords/password-hasher.js';
import { passwordObjection } from '../passwords/password-policy.js';
import type { LoginCheck } from '../tokens/login.use-case.js';

export interface CreateUserCommand {
  readonly username: string;
  readonly email: string | null;
  readonly role: Role;
  readonly password: string;
}

const USERNAME = /^[a-z0-9][a-z0-9._@-]{0,99}$/;

export interface AccountStores {
  readonly users: UserRepository;
  readonly sessions: SessionRepository;
}

/** Manages user accounts. Who may call what is for the guards; every change is audited. */
export class UserAccounts {
  /** @param checkLogin proves the own password; slows down who guesses at it */
  constructor(
    private readonly stores: AccountStores,
    private readonly hasher: PasswordHasher,
    private readonly checkLogin: LoginCheck,
    private readonly audit: AuditLog,
  ) {}

  /** Returns all accounts by name. */
  list(): Promise<User[]> {
    return this.stores.users.list();
  }

  /** Adds an account. @throws DomainError `VALIDATION_FAILED`: name taken or malformed, password too weak */
  async create(by: Caller, { username, email, role, password }: CreateUserCommand): Promise<User> {
    const name = username.toLowerCase();
    if (!USERNAME.test(name)) throw invalid('username', 'must be letters, digits and . _ @ -, at most 100');
    refuseWeak(password, name);
    const passwordHash = await this.hasher.hash(password);
    const user = await this.stores.users.add({ id: newId<UserId>(), username: name, email, role, passwordHash });
    if (user === null) throw invalid('username', 'is taken');
    await this.record(by, 'user.created', user.id, { after: { username: name, email, role } });
    return user;
  }

  /**
   * Changes address, role or state; the latter two act on the user's next request, a disabled account's logins end.
   *
   * @throws DomainError `USER_NOT_FOUND`; `LAST_ADMIN` when it would leave no enabled administrator
   */
  async change(by: Caller, id: UserId, change: AccountChange): Promise<User> {
    const update = await this.stores.users.update(id, change);
    if (update.kind === 'unknown') throw unknownUser(id);
    if (update.kind === 'last-admin') throw new DomainError('LAST_ADMIN', 'The last administrator must stay one');
    const [before, after] = [accountOf(update.before), accountOf(update.after)];
    const isSameAccess = before.role === after.role && before.enabled === after.enabled;
    if (isSameAccess && before.email === after.email) return update.after;
    await this.record(by, isSameAccess ? 'user.email_changed' : 'user.access_changed', id, { before, after });
    return update.after;
  }

  /**
   * Changes the caller's own password; all other logins of the caller end.
   *
   * @throws DomainError `VALIDATION_FAILED` at `currentPassword` when it is wrong, at `newPassword` when it is weak;
   *   `RATE_LIMIT_EXCEEDED` after too many wrong ones; `PERMISSION_DENIED` for an API key
   */
  async changeOwnPassword(by: Caller, passwords: { current: string; next: string }): Promise<void> {
    const { kind, userId, username, sessionId } = by.principal;
    if (kind !== 'user' || userId === null) throw new DomainError('PERMISSION_DENIED', 'Only users who are logged in have a password');
    refuseWeak(passwords.next, username, 'newPassword');
    const proved = await this.checkLogin.execute(username, passwords.current, by.ip);
    if (proved?.id !== userId) throw invalid('currentPassword', 'is wrong');
    const passwordHash = await this.hasher.hash(passwords.next);
    await this.stores.users.setPassword(userId, { passwordHash, keepSessionId: sessionId });
    await this.record(by, 'user.password_changed', userId, {});
  }

  /** Ends all logins of a user, wherever they are. @throws DomainError `USER_NOT_FOUND` */
  async endSessions(by: Caller, id: UserId): Promise<void> {
    if ((await this.stores.users.findById(id)) === null) throw unknownUser(id);
    const sessions = await this.stores.sessions.revokeAllOf(id, 'ended_by_admin');
    await this.record(by, 'user.sessions_ended', id, { sessions });
  }

  /** Sets another user's password and ends all logins of that user. @throws DomainError `USER_NOT_FOUND`, `VALIDATION_FAILED` */
  async resetPassword(by: Caller, id: UserId, password: string): Promise<void> {
    const user = await this.stores.users.findById(id);
    if (user === null) throw unknownUser(id);
    refuseWeak(password, user.username);
    await this.stores.users.setPassword(id, { passwordHash: await this.hasher.hash(password), keepSessionId: null });
    await this.record(by, 'user.password_reset', id, {});
  }

  private async record(
    by: Caller,
    action: AuditEntry['action'],
    id: UserId,
    details: NonNullable<AuditEntry['details']>,
  ): Promise<void> {
    await this.audit.record({ actor: actorOf(by.principal), action, target: { type: 'user', id }, ip: by.ip, details });
  }
}

function refuseWeak(password: string, username: string, member = 'password'): void {
  const objection = passwordObjection(password, username);
  if (objection !== null) throw invalid(member, objection);
}

function accountOf(user: User): { email: string | null; role: Role; enabled: boolean } {
  return { email: user.email, role: user.role, enabled: user.disabledAt === null };
}

function invalid(member: string, message: string): DomainError {
  return new DomainError('VALIDATION_FAILED', `${member} ${message}`, [{ path: [member], message }]);
}

function unknownUser(id: UserId): DomainError {
  return new DomainError('USER_NOT_FOUND', `User with ID ${id} not found`);
}
