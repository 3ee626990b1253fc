import type { UserId } from '#domain/ids.js';
import { permits, type Permission, type Role } from '#domain/permissions.js';

/**
 * Who is asking. Everything behind the guards uses this and knows neither tokens nor keys. An API key acts for the user
 * who created it: `userId` and `username` are that user's, `permissions` are the key's own, never more than the user's.
 */
export interface Principal {
  readonly kind: 'user' | 'api-key';
  readonly userId: UserId;
  readonly username: string;
  /** Null for an API key. */
  readonly role: Role | null;
  /** As they are now, not as they were at login. `Admin` stands for all. */
  readonly permissions: readonly Permission[];
  /** Login session behind an access token; null for an API key. */
  readonly sessionId: string | null;
  /** Null for a user. */
  readonly apiKeyId: string | null;
}

/** A principal together with the end of the credential that proved it. */
export interface Authentication {
  readonly principal: Principal;
  /** When the access token or key stops being accepted; null for a key without expiry. */
  readonly expiresAt: Date | null;
}

/** Tells whether the principal may do what needs `needed`. */
export function principalMay(principal: Principal, needed: Permission): boolean {
  return permits(principal.permissions, needed);
}
