import type { UserId } from '#domain/ids.js';
import type { Role } from '#domain/permissions.js';

/** A person's account, as shown; the password hash is asked for separately. */
export interface User {
  readonly id: UserId;
  /** Lower case, unique. */
  readonly username: string;
  readonly email: string | null;
  readonly role: Role;
  /** Null while the account may be used. */
  readonly disabledAt: Date | null;
  readonly passwordChangedAt: Date;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly lastLoginAt: Date | null;
}

/** A user with what is needed to check a password. */
export interface UserWithPassword extends User {
  /** PHC string of argon2id. */
  readonly passwordHash: string;
}

export interface NewUser {
  readonly id: UserId;
  readonly username: string;
  readonly email: string | null;
  readonly role: Role;
  readonly passwordHash: string;
}

export interface PasswordChange {
  readonly passwordHash: string;
  /** The session that goes on; null ends all. */
  readonly keepSessionId: string | null;
  /** Only change the password if this is still its hash. @default whatever it is */
  readonly expectedHash?: string;
}

export interface AccountChange {
  /** Null: no address. @default as it is */
  readonly email?: string | null;
  /** @default as it is */
  readonly role?: Role;
  /** @default as it is */
  readonly state?: 'enabled' | 'disabled';
}

export type AccountUpdate =
  | { readonly kind: 'updated'; readonly before: User; readonly after: User }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'last-admin' };

/** The user accounts. Accounts are disabled, never deleted: executions and the audit log refer to them. */
export abstract class UserRepository {
  /** Returns the user with this lower-case name, disabled ones included, or null. */
  abstract findByUsername(username: string): Promise<UserWithPassword | null>;

  /** Returns the user, disabled ones included, or null. */
  abstract findById(id: UserId): Promise<User | null>;

  /** Returns all users by name. There are few of them: no paging. */
  abstract list(): Promise<User[]>;

  /** Adds the user and returns it, or returns null and changes nothing when the name is taken, also by a parallel call. */
  abstract add(user: NewUser): Promise<User | null>;

  /**
   * Sets address, role and state of an account in one transaction; the latter two act on the user's next request. Disabling also ends the
   * login sessions, so that enabling does not revive them. Refuses, also against parallel calls, to leave the platform
   * without an enabled administrator.
   */
  abstract update(id: UserId, change: AccountChange): Promise<AccountUpdate>;

  /**
   * Stores a new password hash and ends the user's login sessions but for the kept one, in one transaction. Returns false
   * and changes nothing for an unknown id, or when the stored hash is no longer the expected one.
   */
  abstract setPassword(id: UserId, change: PasswordChange): Promise<boolean>;
}
