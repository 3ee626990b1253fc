import type { UserId } from '#domain/ids.js';
import type { User } from './user.repository.js';

/** One login of one user. Its id is the `sid` of the access tokens and the family of the refresh tokens. */
export interface NewSession {
  readonly id: string;
  readonly userId: UserId;
  /** The login ends at the latest after this long, however often it is refreshed. Milliseconds. */
  readonly lifetimeMs: number;
  readonly ip: string | null;
  readonly userAgent: string | null;
}

/** A refresh token as stored: never the token itself. */
export interface NewRefreshToken {
  readonly id: string;
  /** SHA-256 of the token. */
  readonly hash: Buffer;
  /** Accepted for this long, but never longer than its session. Milliseconds. */
  readonly lifetimeMs: number;
}

export type RevocationReason = 'logout' | 'refresh_reuse' | 'password_change' | 'account_disabled' | 'ended_by_admin';

/** What came of presenting a refresh token. */
export type Rotation =
  | { readonly kind: 'rotated'; readonly sessionId: string; readonly user: User }
  /** An old token came again: the whole family is revoked now. */
  | { readonly kind: 'reused'; readonly sessionId: string; readonly user: User }
  | { readonly kind: 'invalid' };

/**
 * Login sessions and their refresh tokens. All comparisons of time are made by the store's clock. A revocation is visible
 * to every instance with the next call: nothing here may be cached.
 */
export abstract class SessionRepository {
  /** Stores the session with its first refresh token and the user's last login, in one transaction. */
  abstract open(session: NewSession, token: NewRefreshToken): Promise<void>;

  /**
   * Returns the user of a session that is neither revoked nor expired, and whose account is enabled; else null.
   * Called on every request: one prepared statement. Keeps `last_used_at` at most 60 s stale.
   */
  abstract findActiveUser(sessionId: string): Promise<User | null>;

  /**
   * Replaces the refresh token whose hash is `presented` by `successor`, as `decideRotation` says. Serial for one token:
   * of two parallel calls the second sees what the first did. On re-use it revokes the family before it returns.
   */
  abstract rotate(presented: Buffer, successor: NewRefreshToken): Promise<Rotation>;

  /** Ends one session. Returns false when it had ended before or does not exist. */
  abstract revoke(sessionId: string, reason: RevocationReason): Promise<boolean>;

  /** Ends all sessions of a user. Returns how many there were. */
  abstract revokeAllOf(userId: UserId, reason: RevocationReason): Promise<number>;

  /** Deletes sessions (with their tokens) that ended more than `olderThanMs` ago. Returns how many. */
  abstract prune(olderThanMs: number): Promise<number>;
}
