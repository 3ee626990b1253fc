import type { User, UserWithPassword } from '#application/identity/user.repository.js';
import type { UserId } from '#domain/ids.js';
import type { Role } from '#domain/permissions.js';

/** A row of `user_account` as the driver returns it. */
export interface UserRow {
  readonly id: string;
  readonly username: string;
  readonly email: string | null;
  readonly role: string;
  readonly password_changed_at: Date;
  readonly disabled_at: Date | null;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly last_login_at: Date | null;
}

export interface UserPasswordRow extends UserRow {
  readonly password_hash: string;
}

/** The columns of a `UserRow`, of the table under the alias `u`. */
export const USER_COLUMNS =
  'u.id, u.username, u.email, u.role, u.password_changed_at, u.disabled_at, u.created_at, u.updated_at, u.last_login_at';

export function toUser(row: UserRow): User {
  return {
    id: row.id as UserId,
    username: row.username,
    email: row.email,
    role: row.role as Role, // a check constraint allows no other
    disabledAt: row.disabled_at,
    passwordChangedAt: row.password_changed_at,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    lastLoginAt: row.last_login_at,
  };
}

export function toUserWithPassword(row: UserPasswordRow): UserWithPassword {
  return { ...toUser(row), passwordHash: row.password_hash };
}
