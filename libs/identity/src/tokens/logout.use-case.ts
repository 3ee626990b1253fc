import { actorOf, type AuditLog } from '#application/identity/audit-log.js';
import type { Caller } from '#application/identity/caller.js';
import type { SessionRepository } from '#application/identity/session.repository.js';

/** Ends the caller's login: its access and refresh tokens are refused from the next request on, by every instance. */
export class Logout {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly audit: AuditLog,
  ) {}

  /** Does nothing for an API key, which has no login; keys are revoked instead. Repeating it is harmless. */
  async execute({ principal, ip }: Caller): Promise<void> {
    if (principal.sessionId === null) return;
    const ended = await this.sessions.revoke(principal.sessionId, 'logout');
    if (!ended) return;
    const target = { type: 'session', id: principal.sessionId };
    await this.audit.record({ actor: actorOf(principal), action: 'user.logged_out', target, ip });
  }
}
