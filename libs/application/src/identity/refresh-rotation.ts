/**
 * What may happen to a refresh token that is presented, decided from the stored facts.
 *
 * A token is used once. If a used one comes again, either the client sent it twice (two tabs, a lost answer) or somebody
 * else has it. Within the grace period, and as long as its successor was not used itself, we take it for the first and
 * issue a second successor of the same family, so that nobody is logged out by a race. Everything else is theft: the
 * family ends, the thief's branch and the owner's alike.
 *
 * Ruled out: answering the second of two parallel calls with an error. A client whose answer was lost on the way would
 * then be logged out for nothing.
 *
 * @see RFC 9700 §4.14.2
 */

/** How long a used token may come again. Milliseconds. */
const REFRESH_GRACE_MS = 10_000;

export interface RefreshTokenFacts {
  /** The store's time. */
  readonly now: Date;
  readonly expiresAt: Date;
  /** Null while unused. */
  readonly usedAt: Date | null;
  /** When the first successor was used; null while it is not, or while there is none. */
  readonly successorUsedAt: Date | null;
  /** False when the session is revoked or expired, or the account is disabled. */
  readonly sessionActive: boolean;
}

/** `first` and `again` both issue a successor; `again` leaves the token's own marks as they are. */
export type RotationDecision = 'first' | 'again' | 'reused' | 'invalid';

/** Decides about a presented refresh token. A used token of a dead session is only invalid: there is nothing to revoke. */
export function decideRotation(facts: RefreshTokenFacts): RotationDecision {
  if (!facts.sessionActive) return 'invalid';
  if (facts.usedAt === null) return facts.expiresAt > facts.now ? 'first' : 'invalid';
  const inGrace = facts.now.getTime() - facts.usedAt.getTime() <= REFRESH_GRACE_MS;
  return inGrace && facts.successorUsedAt === null ? 'again' : 'reused';
}
