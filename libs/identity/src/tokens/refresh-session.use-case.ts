import { DomainError } from '#domain/errors.js';
import { newId } from '#domain/ids.js';
import type { AuditLog } from '#application/identity/audit-log.js';
import type { SessionRepository } from '#application/identity/session.repository.js';
import type { AccessTokens } from './access-tokens.js';
import type { IssuedTokens } from './issued-tokens.js';
import { hashOfRefreshToken, newRefreshToken } from './refresh-tokens.js';
import { REFRESH_TOKEN_LIFETIME_MS } from './session-lifetimes.js';

/**
 * Exchanges a refresh token for new tokens of the same login. Each is good for one exchange; when one comes
 * twice, in parallel too, the login ends (`decideRotation`).
 */
export class RefreshSession {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly accessTokens: AccessTokens,
    private readonly audit: AuditLog,
  ) {}

  /** Re-use is audited. @throws DomainError `TOKEN_INVALID`: unknown, expired, used, of a login that has ended */
  async execute(refreshToken: string, ip: string | null): Promise<IssuedTokens> {
    const presented = hashOfRefreshToken(refreshToken);
    if (presented === null) throw refused();
    const { token, hash } = newRefreshToken();
    const rotation = await this.sessions.rotate(presented, { id: newId<string>(), hash, lifetimeMs: REFRESH_TOKEN_LIFETIME_MS });
    if (rotation.kind === 'reused') {
      await this.audit.record({
        actor: { type: 'anonymous', id: null, name: rotation.user.username },
        action: 'session.refresh_reused',
        target: { type: 'session', id: rotation.sessionId },
        ip,
      });
    }
    if (rotation.kind !== 'rotated') throw refused();
    const access = await this.accessTokens.issue(rotation.user.id, rotation.sessionId);
    return {
      accessToken: access.token,
      refreshToken: token,
      expiresInSeconds: Math.floor(this.accessTokens.lifetimeMs / 1000),
      user: rotation.user,
    };
  }
}

function refused(): DomainError {
  return new DomainError('TOKEN_INVALID', 'The refresh token is invalid, expired or was used before');
}
