import {
  UserRepository,
  type AccountChange,
  type AccountUpdate,
  type NewUser,
  type PasswordChange,
  type User,
  type UserWithPassword,
} from '#application/identity/user.repository.js';
import type { UserId } from '#domain/ids.js';
import type { Database, Statement } from '../database.js';
import { USER_COLUMNS, toUser, toUserWithPassword, type UserPasswordRow, type UserRow } from './user.rows.js';

export class PostgresUserRepository extends UserRepository {
  constructor(private readonly database: Database) {
    super();
  }

  async findByUsername(username: string): Promise<UserWithPassword | null> {
    const [row] = await this.database.query<UserPasswordRow>(BY_USERNAME, [username]);
    return row ? toUserWithPassword(row) : null;
  }

  async findById(id: UserId): Promise<User | null> {
    const [row] = await this.database.query<UserRow>(BY_ID, [id]);
    return row ? toUser(row) : null;
  }

  async list(): Promise<User[]> {
    const rows = await this.database.query<UserRow>(LIST);
    return rows.map(toUser);
  }

  async add(user: NewUser): Promise<User | null> {
    const values = [user.id, user.username, user.email, user.role, user.passwordHash];
    const [row] = await this.database.query<UserRow>(ADD, values);
    return row ? toUser(row) : null;
  }

  async update(id: UserId, change: AccountChange): Promise<AccountUpdate> {
    return this.database.transaction(async (tx) => {
      // All administrators and the account itself, in one order: parallel calls queue here and see each other's result.
      const rows = await tx.query<UserRow>(LOCK_FOR_ACCESS, [id]);
      const current = rows.find((row) => row.id === id);
      if (current === undefined) return { kind: 'unknown' };
      const role = change.role ?? current.role;
      const state = change.state ?? (current.disabled_at === null ? 'enabled' : 'disabled');
      const staysAdmin = role === 'Admin' && state === 'enabled';
      if (isEnabledAdmin(current) && !staysAdmin && rows.filter(isEnabledAdmin).length === 1) return { kind: 'last-admin' };
      const [after] = await tx.query<UserRow>(SET_ACCESS, [id, role, state === 'disabled', change.email !== undefined, change.email ?? null]);
      if (state === 'disabled') await tx.query(END_SESSIONS, [id, null, 'account_disabled']);
      return after ? { kind: 'updated', before: toUser(current), after: toUser(after) } : { kind: 'unknown' };
    });
  }

  async setPassword(id: UserId, change: PasswordChange): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const changed = await tx.query(SET_PASSWORD, [id, change.passwordHash, change.expectedHash ?? null]);
      if (changed.length === 0) return false;
      await tx.query(END_SESSIONS, [id, change.keepSessionId, 'password_change']);
      return true;
    });
  }
}

function isEnabledAdmin(row: UserRow): boolean {
  return row.role === 'Admin' && row.disabled_at === null;
}

const BY_USERNAME: Statement = {
  name: 'identity_user_by_username',
  text: `select ${USER_COLUMNS}, u.password_hash from user_account u where u.username = $1`,
};

const BY_ID: Statement = {
  name: 'identity_user_by_id',
  text: `select ${USER_COLUMNS} from user_account u where u.id = $1`,
};

const LIST: Statement = {
  name: 'identity_user_list',
  text: `select ${USER_COLUMNS} from user_account u order by u.username`,
};

const ADD: Statement = {
  name: 'identity_user_add',
  text: `insert into user_account as u (id, username, email, role, password_hash) values ($1, $2, $3, $4, $5)
         on conflict (username) do nothing returning ${USER_COLUMNS}`,
};

const LOCK_FOR_ACCESS: Statement = {
  name: 'identity_user_lock_for_access',
  text: `select ${USER_COLUMNS} from user_account u
         where u.id = $1 or (u.role = 'Admin' and u.disabled_at is null) order by u.id for update`,
};

const SET_ACCESS: Statement = {
  name: 'identity_user_set_access',
  text: `update user_account as u
         set role = $2, disabled_at = case when $3::bool then coalesce(u.disabled_at, now()) end,
             email = case when $4::bool then $5::varchar else u.email end, updated_at = now()
         where u.id = $1 returning ${USER_COLUMNS}`,
};

const SET_PASSWORD: Statement = {
  name: 'identity_user_set_password',
  text: `update user_account set password_hash = $2, password_changed_at = now(), updated_at = now()
         where id = $1 and ($3::text is null or password_hash = $3::text) returning id`,
};

const END_SESSIONS: Statement = {
  name: 'identity_user_end_sessions',
  text: `update session set revoked_at = now(), revoked_reason = $3
         where user_id = $1 and revoked_at is null and ($2::uuid is null or id <> $2::uuid) returning id`,
};
