import { UserDirectory, type ListedUser } from '#application/identity/user-directory.js';
import type { PageRequest } from '#application/page.js';
import type { UserId } from '#domain/ids.js';
import type { Database, Statement } from '../database.js';
import { USER_COLUMNS, toUser, type UserRow } from './user.rows.js';

/** The text is looked for as it is: its own wildcards are none. */
const MATCHES = `($1::text is null or position(lower($1::text) in u.username) > 0 or position(lower($1::text) in lower(u.email)) > 0)`;

const SESSIONS = `(select count(*)::int from session s where s.user_id = u.id and s.revoked_at is null and s.expires_at > now())`;

const SEARCH: Statement = {
  name: 'identity_user_search',
  text: `select ${USER_COLUMNS}, ${SESSIONS} as active_sessions
         from (select * from user_account u where ${MATCHES} order by u.username limit $2 offset $3) u order by u.username`,
};

const COUNT: Statement = {
  name: 'identity_user_count',
  text: `select count(*)::int as total from user_account u where ${MATCHES}`,
};

const FIND: Statement = {
  name: 'identity_user_find_listed',
  text: `select ${USER_COLUMNS}, ${SESSIONS} as active_sessions from user_account u where u.id = $1`,
};

interface ListedRow extends UserRow {
  readonly active_sessions: number;
}

export class PostgresUserDirectory extends UserDirectory {
  constructor(private readonly database: Database) {
    super();
  }

  async search(text: string | null, page: PageRequest): Promise<{ items: ListedUser[]; total: number }> {
    const [rows, [count]] = await Promise.all([
      this.database.query<ListedRow>(SEARCH, [text, page.perPage, (page.page - 1) * page.perPage]),
      this.database.query<{ total: number }>(COUNT, [text]),
    ]);
    return { items: rows.map(toListed), total: count?.total ?? 0 };
  }

  async find(id: UserId): Promise<ListedUser | null> {
    const [row] = await this.database.query<ListedRow>(FIND, [id]);
    return row === undefined ? null : toListed(row);
  }
}

function toListed(row: ListedRow): ListedUser {
  return { ...toUser(row), activeSessions: row.active_sessions };
}
