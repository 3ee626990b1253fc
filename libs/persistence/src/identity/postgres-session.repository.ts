import { decideRotation } from '#application/identity/refresh-rotation.js';
import {
  SessionRepository,
  type NewRefreshToken,
  type NewSession,
  type RevocationReason,
  type Rotation,
} from '#application/identity/session.repository.js';
import type { User } from '#application/identity/user.repository.js';
import type { UserId } from '#domain/ids.js';
import type { Database, Queryable, Statement } from '../database.js';
import { SharedReading } from '../shared-reading.js';
import { USER_COLUMNS, toUser, type UserRow } from './user.rows.js';

interface ActiveRow extends UserRow {
  readonly session_id: string;
  readonly stale: boolean;
}

interface PresentedRow extends UserRow {
  readonly now: Date;
  readonly token_id: string;
  readonly session_id: string;
  readonly expires_at: Date;
  readonly used_at: Date | null;
  readonly replaced_by: string | null;
  readonly session_active: boolean;
}

export class PostgresSessionRepository extends SessionRepository {
  private readonly active: SharedReading<string, ActiveRow>;

  constructor(private readonly database: Database) {
    super();
    this.active = new SharedReading(async (sessionIds) => {
      const rows = await database.query<ActiveRow>(ACTIVE_USERS, [sessionIds]);
      return new Map(rows.map((row) => [row.session_id, row]));
    });
  }

  async open(session: NewSession, token: NewRefreshToken): Promise<void> {
    await this.database.transaction(async (tx) => {
      await tx.query(MARK_LOGIN, [session.userId]);
      await tx.query(INSERT_SESSION, [session.id, session.userId, session.lifetimeMs, session.ip, session.userAgent]);
      await insertToken(tx, session.id, token);
    });
  }

  async findActiveUser(sessionId: string): Promise<User | null> {
    const row = await this.active.find(sessionId);
    if (row === null) return null;
    if (row.stale) await this.database.query(TOUCH, [sessionId]);
    return toUser(row);
  }

  async rotate(presented: Buffer, successor: NewRefreshToken): Promise<Rotation> {
    return this.database.transaction(async (tx) => {
      const [token] = await tx.query<PresentedRow>(LOCK_PRESENTED, [presented]);
      if (token === undefined) return { kind: 'invalid' };
      const outcome = { sessionId: token.session_id, user: toUser(token) };
      const decision = decideRotation({
        now: token.now,
        expiresAt: token.expires_at,
        usedAt: token.used_at,
        sessionActive: token.session_active,
      });
      switch (decision) {
        case 'invalid':
          return { kind: 'invalid' };
        case 'reused':
          await tx.query(REVOKE, [token.session_id, 'refresh_reuse']);
          return { kind: 'reused', ...outcome };
        case 'rotate':
          await tx.query(MARK_USED, [token.token_id, successor.id]);
          await insertToken(tx, token.session_id, successor);
          return { kind: 'rotated', ...outcome };
      }
    });
  }

  async revoke(sessionId: string, reason: RevocationReason): Promise<boolean> {
    const ended = await this.database.query(REVOKE, [sessionId, reason]);
    return ended.length === 1;
  }

  async revokeAllOf(userId: UserId, reason: RevocationReason): Promise<number> {
    const ended = await this.database.query(REVOKE_ALL, [userId, reason]);
    return ended.length;
  }

  async prune(olderThanMs: number): Promise<number> {
    const deleted = await this.database.query(PRUNE, [olderThanMs]);
    return deleted.length;
  }
}

async function insertToken(tx: Queryable, sessionId: string, token: NewRefreshToken): Promise<void> {
  await tx.query(INSERT_TOKEN, [token.id, token.hash, sessionId, token.lifetimeMs]);
}

const IN_MS = "* interval '1 millisecond'";

const INSERT_SESSION: Statement = {
  name: 'identity_session_insert',
  text: `insert into session (id, user_id, expires_at, ip, user_agent) values ($1, $2, now() + $3::float8 ${IN_MS}, $4, $5)`,
};

const INSERT_TOKEN: Statement = {
  name: 'identity_refresh_token_insert',
  text: `insert into refresh_token (id, token_hash, session_id, expires_at)
         select $1::uuid, $2::bytea, s.id, least(s.expires_at, now() + $4::float8 ${IN_MS}) from session s where s.id = $3::uuid`,
};

const MARK_LOGIN: Statement = {
  name: 'identity_user_mark_login',
  text: 'update user_account set last_login_at = now() where id = $1',
};

const ACTIVE_USERS: Statement = {
  name: 'identity_session_active_users',
  text: `select ${USER_COLUMNS}, s.id as session_id, s.last_used_at < now() - interval '60 seconds' as stale
         from session s join user_account u on u.id = s.user_id
         where s.id = any ($1::uuid[]) and s.revoked_at is null and s.expires_at > now() and u.disabled_at is null`,
};

/** Repeats the condition so that of many parallel requests one writes. */
const TOUCH: Statement = {
  name: 'identity_session_touch',
  text: `update session set last_used_at = now() where id = $1 and last_used_at < now() - interval '60 seconds'`,
};

const LOCK_PRESENTED: Statement = {
  name: 'identity_refresh_token_lock',
  text: `select ${USER_COLUMNS}, clock_timestamp() as now, t.id as token_id, t.session_id, t.expires_at, t.used_at,
                s.revoked_at is null and s.expires_at > clock_timestamp() and u.disabled_at is null as session_active
         from refresh_token t join session s on s.id = t.session_id join user_account u on u.id = s.user_id
         where t.token_hash = $1 for update of t`,
};

const MARK_USED: Statement = {
  name: 'identity_refresh_token_mark_used',
  text: 'update refresh_token set used_at = clock_timestamp(), replaced_by = $2 where id = $1',
};

const REVOKE: Statement = {
  name: 'identity_session_revoke',
  text: 'update session set revoked_at = now(), revoked_reason = $2 where id = $1 and revoked_at is null returning id',
};

const PRUNE: Statement = {
  name: 'identity_session_prune',
  text: `delete from session
         where expires_at < now() - $1::float8 ${IN_MS} or revoked_at < now() - $1::float8 ${IN_MS} returning id`,
};

/** Those that are over by themselves count for nothing. */
const REVOKE_ALL: Statement = {
  name: 'identity_session_revoke_all',
  text: `update session set revoked_at = now(), revoked_reason = $2
         where user_id = $1 and revoked_at is null and expires_at > now() returning id`,
};
