import type { ActiveApiKey, ApiKeyRepository } from '#application/identity/api-key.repository.js';
import type { Authentication } from '#application/identity/principal.js';
import type { SessionRepository } from '#application/identity/session.repository.js';
import type { User } from '#application/identity/user.repository.js';
import { DomainError } from '#domain/errors.js';
import { ROLE_PERMISSIONS, permits } from '#domain/permissions.js';
import { timingSafeEqual } from 'node:crypto';
import { hashOfApiKey } from './api-keys/api-key-format.js';
import type { AccessClaims } from './tokens/access-tokens.js';

/**
 * Turns a credential into a principal, on every request, with one prepared statement and no cache: revocation, expiry, a
 * changed role and a disabled account act on the next request, whichever instance serves it.
 */
export class Authenticate {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly apiKeys: ApiKeyRepository,
  ) {}

  /** Checks that the login of a verified access token still stands. @throws DomainError `TOKEN_INVALID` */
  async bySession(claims: AccessClaims): Promise<Authentication> {
    const user = await this.sessions.findActiveUser(claims.sessionId);
    if (user === null || user.id !== claims.userId) throw refused('The access token is invalid or expired');
    return { principal: userPrincipal(user, claims.sessionId), expiresAt: claims.expiresAt };
  }

  /** Checks an API key; one with a wrong checksum costs no query. @throws DomainError `TOKEN_INVALID` */
  async byApiKey(key: string): Promise<Authentication> {
    const hash = hashOfApiKey(key);
    const active = hash === null ? null : await this.apiKeys.findActive(hash);
    if (hash === null || active === null || !timingSafeEqual(active.hash, hash)) {
      throw refused('The API key is invalid, expired or revoked');
    }
    return { principal: keyPrincipal(active), expiresAt: active.key.expiresAt };
  }
}

function userPrincipal(user: User, sessionId: string): Authentication['principal'] {
  return {
    kind: 'user',
    userId: user.id,
    username: user.username,
    role: user.role,
    permissions: ROLE_PERMISSIONS[user.role],
    sessionId,
    apiKeyId: null,
  };
}

/** A key never does more than its creator may do now, also when the creator's role was lowered since. */
function keyPrincipal({ key, creatorRole }: ActiveApiKey): Authentication['principal'] {
  return {
    kind: 'api-key',
    userId: key.createdBy,
    username: key.createdByName,
    role: null,
    permissions: key.permissions.filter((permission) => permits(ROLE_PERMISSIONS[creatorRole], permission)),
    sessionId: null,
    apiKeyId: key.id,
  };
}

function refused(message: string): DomainError {
  return new DomainError('TOKEN_INVALID', message);
}
