import { newId } from '#domain/ids.js';
import { DomainError } from '#domain/errors.js';
import type { AuditLog } from '#application/identity/audit-log.js';
import type { SessionRepository } from '#application/identity/session.repository.js';
import type { User } from '#application/identity/user.repository.js';
import type { AccessTokens } from './access-tokens.js';
import type { IssuedTokens } from './issued-tokens.js';
import { newRefreshToken } from './refresh-tokens.js';
import { REFRESH_TOKEN_LIFETIME_MS, SESSION_LIFETIME_MS } from './session-lifetimes.js';

/** Where a request came from, as far as it is known. */
export interface RequestOrigin {
  readonly ip: string | null;
  readonly userAgent: string | null;
}

export interface LoginCommand {
  readonly username: string;
  readonly password: string;
  readonly origin: RequestOrigin;
}

/** What proves a name and a password: `CheckLogin`, which slows down who guesses. */
export interface LoginCheck {
  execute(username: string, password: string, ip: string | null): Promise<User | null>;
}

const USER_AGENT_MAX_LENGTH = 400;

/** Opens a login session for a name and password. */
export class Login {
  constructor(
    private readonly checkLogin: LoginCheck,
    private readonly sessions: SessionRepository,
    private readonly accessTokens: AccessTokens,
    private readonly audit: AuditLog,
  ) {}

  /** Both outcomes are audited. @throws DomainError `CREDENTIALS_INVALID`, `RATE_LIMIT_EXCEEDED` */
  async execute({ username, password, origin }: LoginCommand): Promise<IssuedTokens> {
    const user = await this.checkLogin.execute(username, password, origin.ip);
    if (user === null) {
      const actor = { type: 'anonymous', id: null, name: username } as const;
      await this.audit.record({ actor, action: 'user.login_failed', ip: origin.ip });
      throw new DomainError('CREDENTIALS_INVALID', 'Invalid username or password');
    }
    const sessionId = newId<string>();
    const { token, hash } = newRefreshToken();
    await this.sessions.open(
      {
        id: sessionId,
        userId: user.id,
        lifetimeMs: SESSION_LIFETIME_MS,
        ip: origin.ip,
        userAgent: origin.userAgent?.slice(0, USER_AGENT_MAX_LENGTH) ?? null,
      },
      { id: newId<string>(), hash, lifetimeMs: REFRESH_TOKEN_LIFETIME_MS },
    );
    await this.audit.record({
      actor: { type: 'user', id: user.id, name: user.username },
      action: 'user.logged_in',
      target: { type: 'session', id: sessionId },
      ip: origin.ip,
    });
    const access = await this.accessTokens.issue(user.id, sessionId);
    return {
      accessToken: access.token,
      refreshToken: token,
      expiresInSeconds: Math.floor(this.accessTokens.lifetimeMs / 1000),
      user,
    };
  }
}
