/**
 * What may happen to a refresh token that is presented, decided from the stored facts.
 *
 * A token is used once (rulings on 002: rotating, single-use). If a used one comes again somebody else may have it, and
 * nobody can tell which of the two is the owner: the family ends, the thief's branch and the owner's alike. A client that
 * sends one token from two places at once is logged out by that; it must refresh in one place.
 *
 * @see RFC 9700 §4.14.2
 */

export interface RefreshTokenFacts {
  /** The store's time. */
  readonly now: Date;
  readonly expiresAt: Date;
  /** Null while unused. */
  readonly usedAt: Date | null;
  /** False when the session is revoked or expired, or the account is disabled. */
  readonly sessionActive: boolean;
}

export type RotationDecision = 'rotate' | 'reused' | 'invalid';

/** Decides about a presented refresh token. A used token of a dead session is only invalid: there is nothing to revoke. */
export function decideRotation(facts: RefreshTokenFacts): RotationDecision {
  if (!facts.sessionActive) return 'invalid';
  if (facts.usedAt !== null) return 'reused';
  return facts.expiresAt > facts.now ? 'rotate' : 'invalid';
}
