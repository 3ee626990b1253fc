/**
 * Access tokens: short-lived JWTs, HS256 with one key. They say who (`sub`) and by which login (`sid`) and nothing about
 * rights: role, permissions and revocation are read from the store on every request, so that a logout, a new role or a
 * disabled account acts on the next request on every instance.
 *
 * Signed here with jose; verified by passport-jwt at the HTTP edge under the rules of `verification`. There is one
 * `KeyObject` for both: jsonwebtoken takes about 300 µs for a secret given as text, which it tries to read as a public key
 * first, and 6 µs for a KeyObject. At 6 µs a cache of verified tokens would save nothing worth its risks.
 */
import type { Clock } from '#domain/clock.js';
import type { UserId } from '#domain/ids.js';
import { isUuid } from '#domain/ids.js';
import { SignJWT } from 'jose';
import { createSecretKey, randomUUID, type KeyObject } from 'node:crypto';

export interface AccessTokenOptions {
  /** Signing secret, the same for all instances, at least 32 bytes. */
  readonly secret: string;
  /** Milliseconds, at most an hour. @default 3600000, as document 002 says */
  readonly lifetimeMs?: number;
}

/** What a verified access token says. */
export interface AccessClaims {
  readonly userId: UserId;
  readonly sessionId: string;
  readonly expiresAt: Date;
}

export interface AccessToken {
  readonly token: string;
  readonly expiresAt: Date;
}

const ALGORITHM = 'HS256';
const ISSUER = 'takt';
const AUDIENCE = 'takt-api';
/** Distinguishes the token from any other that might ever be signed with the same key. */
const TYPE = 'access';
const LIFETIME_MS = 3_600_000;
const SECRET_MIN_BYTES = 32;

export class AccessTokens {
  readonly lifetimeMs: number;
  private readonly key: KeyObject;

  /** @throws Error when the secret is too short or the lifetime too long */
  constructor(
    options: AccessTokenOptions,
    private readonly clock: Clock,
  ) {
    const secret = Buffer.from(options.secret, 'utf8');
    if (secret.length < SECRET_MIN_BYTES) throw new Error(`The JWT secret must have at least ${SECRET_MIN_BYTES} bytes`);
    this.lifetimeMs = options.lifetimeMs ?? LIFETIME_MS;
    if (this.lifetimeMs > LIFETIME_MS) throw new Error('An access token lives an hour at most');
    this.key = createSecretKey(secret);
  }

  /** Makes a token of this login, valid from now. */
  async issue(userId: UserId, sessionId: string): Promise<AccessToken> {
    const issuedAt = this.clock.now();
    const expiresAt = new Date(issuedAt.getTime() + this.lifetimeMs);
    const token = await new SignJWT({ sid: sessionId, typ: TYPE })
      .setProtectedHeader({ typ: 'JWT', alg: ALGORITHM })
      .setSubject(userId)
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setIssuedAt(issuedAt)
      .setExpirationTime(expiresAt)
      .setJti(randomUUID())
      .sign(this.key);
    return { token, expiresAt };
  }

  /** The rules under which a token is accepted: exactly one algorithm, issuer and audience, no leeway. */
  get verification(): { key: KeyObject; algorithms: [typeof ALGORITHM]; issuer: string; audience: string } {
    return { key: this.key, algorithms: [ALGORITHM], issuer: ISSUER, audience: AUDIENCE };
  }
}

/** Reads the payload of a token whose signature was verified; null when it is not an access token of ours. */
export function readAccessClaims(payload: unknown): AccessClaims | null {
  if (typeof payload !== 'object' || payload === null) return null;
  const { sub, sid, typ, exp } = payload as Record<string, unknown>;
  if (typ !== TYPE || typeof sub !== 'string' || typeof sid !== 'string' || typeof exp !== 'number') return null;
  if (!isUuid(sub) || !isUuid(sid)) return null;
  return { userId: sub as UserId, sessionId: sid, expiresAt: new Date(exp * 1000) };
}
