import { DomainError } from '#domain/errors.js';
import { newId, type UserId } from '#domain/ids.js';
import type { Role } from '#domain/permissions.js';
import { actorOf, type AuditEntry, type AuditLog } from '#application/identity/audit-log.js';
import type { Caller } from '#application/identity/caller.js';
import type { AccessChange, User, UserRepository } from '#application/identity/user.repository.js';
import type { CheckPassword } from '../passwords/check-password.use-case.js';
import type { PasswordHasher } from '../passwords/password-hasher.js';
import { passwordObjection } from '../passwords/password-policy.js';

export interface CreateUserCommand {
  readonly username: string;
  readonly email: string | null;
  readonly role: Role;
  readonly password: string;
}

const USERNAME = /^[a-z0-9][a-z0-9._@-]{0,99}$/;

/** Manages user accounts. Who may call what is for the guards; every change is audited. */
export class UserAccounts {
  constructor(
    private readonly users: UserRepository,
    private readonly hasher: PasswordHasher,
    private readonly checkPassword: CheckPassword,
    private readonly audit: AuditLog,
  ) {}

  /** Returns all accounts by name. */
  list(): Promise<User[]> {
    return this.users.list();
  }

  /** Adds an account. @throws DomainError `VALIDATION_FAILED`: name taken or malformed, password too weak */
  async create(by: Caller, { username, email, role, password }: CreateUserCommand): Promise<User> {
    const name = username.toLowerCase();
    if (!USERNAME.test(name)) throw invalid('username', 'must be letters, digits and . _ @ -, at most 100');
    refuseWeak(password, name);
    const passwordHash = await this.hasher.hash(password);
    const user = await this.users.add({ id: newId<UserId>(), username: name, email, role, passwordHash });
    if (user === null) throw invalid('username', 'is taken');
    await this.record(by, 'user.created', user.id, { after: { username: name, email, role } });
    return user;
  }

  /**
   * Changes role or state; acts on the user's next request. @throws DomainError `USER_NOT_FOUND`, `PERMISSION_DENIED` when
   * it would leave no enabled administrator
   */
  async changeAccess(by: Caller, id: UserId, change: AccessChange): Promise<User> {
    const update = await this.users.updateAccess(id, change);
    if (update.kind === 'unknown') throw unknownUser(id);
    if (update.kind === 'last-admin') throw new DomainError('PERMISSION_DENIED', 'The last administrator must stay one');
    await this.record(by, 'user.access_changed', id, { before: accessOf(update.before), after: accessOf(update.after) });
    return update.after;
  }

  /**
   * Changes the caller's own password; all other logins of the caller end. @throws DomainError `CREDENTIALS_INVALID` for a
   * wrong current password, `VALIDATION_FAILED` for a weak new one
   */
  async changeOwnPassword(by: Caller, passwords: { current: string; next: string }): Promise<void> {
    const { userId, username, sessionId } = by.principal;
    refuseWeak(passwords.next, username);
    const proved = await this.checkPassword.execute(username, passwords.current);
    if (proved?.id !== userId) throw new DomainError('CREDENTIALS_INVALID', 'The current password is wrong');
    await this.users.setPassword(userId, { passwordHash: await this.hasher.hash(passwords.next), keepSessionId: sessionId });
    await this.record(by, 'user.password_changed', userId, {});
  }

  /** Sets another user's password and ends all logins of that user. @throws DomainError `USER_NOT_FOUND`, `VALIDATION_FAILED` */
  async resetPassword(by: Caller, id: UserId, password: string): Promise<void> {
    const user = await this.users.findById(id);
    if (user === null) throw unknownUser(id);
    refuseWeak(password, user.username);
    await this.users.setPassword(id, { passwordHash: await this.hasher.hash(password), keepSessionId: null });
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

function refuseWeak(password: string, username: string): void {
  const objection = passwordObjection(password, username);
  if (objection !== null) throw invalid('password', objection);
}

function accessOf(user: User): { role: Role; enabled: boolean } {
  return { role: user.role, enabled: user.disabledAt === null };
}

function invalid(member: string, message: string): DomainError {
  return new DomainError('VALIDATION_FAILED', `${member} ${message}`, [{ path: [member], message }]);
}

function unknownUser(id: UserId): DomainError {
  return new DomainError('USER_NOT_FOUND', `User with ID ${id} not found`);
}
