import type { UserId } from '#domain/ids.js';
import { permits, type Permission, type Role } from '#domain/permissions.js';

/**
 * Who is asking. Everything behind the guards uses this and knows neither tokens nor keys. An API key acts for the user
 * who created it: `userId` and `username` are that user's, `permissions` are the key's own, never more than the user's.
 * `anonymous` is nobody in particular: see {@link ANONYMOUS_PRINCIPAL}.
 */
export interface Principal {
  readonly kind: 'user' | 'api-key' | 'anonymous';
  /** Null for an anonymous caller. */
  readonly userId: UserId | null;
  readonly username: string;
  /** Null for an API key and an anonymous caller. */
  readonly role: Role | null;
  /** As they are now, not as they were at login. `Admin` stands for all. */
  readonly permissions: readonly Permission[];
  /** Login session behind an access token; null for everybody else. */
  readonly sessionId: string | null;
  /** Null for everybody but an API key. */
  readonly apiKeyId: string | null;
}

/** A principal together with the end of the credential that proved it. */
export interface Authentication {
  readonly principal: Principal;
  /** When the access token or key stops being accepted; null for a key without expiry. */
  readonly expiresAt: Date | null;
}

/**
 * Who calls a route that an installation opens to everybody (document 000 knows no accounts). What it does belongs to no
 * user: jobs and executions have no creator, and the audit log says `anonymous`. It may do what document 000 offers and
 * nothing else, so that a route opened by mistake stays shut to it.
 */
export const ANONYMOUS_PRINCIPAL: Principal = {
  kind: 'anonymous',
  userId: null,
  username: 'anonymous',
  role: null,
  permissions: ['TaskRead', 'TaskWrite', 'TaskDelete', 'SystemRead'],
  sessionId: null,
  apiKeyId: null,
};

/** Tells whether the principal may do what needs `needed`. */
export function principalMay(principal: Principal, needed: Permission): boolean {
  return permits(principal.permissions, needed);
}
