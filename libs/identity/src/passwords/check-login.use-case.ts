import { FREE_LOGIN_FAILURES, type LoginFailures } from '#application/identity/login-failures.js';
import type { AuditLog } from '#application/identity/audit-log.js';
import type { User } from '#application/identity/user.repository.js';
import type { Clock } from '#domain/clock.js';
import { RateLimitError } from '#domain/rate-limit-error.js';
import type { CheckPassword } from './check-password.use-case.js';

/**
 * Proves who somebody is by name and password, and slows down who guesses: after five wrong passwords in a row the name is
 * refused for a second, then two, four … at most a minute, from wherever the guesses come. Nothing is locked for good.
 *
 * Guesses that are sent in parallel all pass the first look. So the name is looked at again when the password was checked:
 * once it is refused, a right guess and a wrong one get the same answer.
 */
export class CheckLogin {
  constructor(
    private readonly checkPassword: CheckPassword,
    private readonly failures: LoginFailures,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /**
   * Returns the user, or null for a wrong password. The beginning of a refusal is audited.
   * @throws RateLimitError `RATE_LIMIT_EXCEEDED` while the name is refused
   */
  async execute(username: string, password: string, ip: string | null): Promise<User | null> {
    this.refuseFor(await this.failures.blockedMs(username));
    const user = await this.checkPassword.execute(username, password);
    if (user === null) await this.fail(username, ip);
    else this.refuseFor(await this.failures.forget(username));
    return user;
  }

  private async fail(username: string, ip: string | null): Promise<void> {
    const { failures, blockedMs } = await this.failures.count(username);
    if (blockedMs === 0) return;
    const actor = { type: 'anonymous', id: null, name: username } as const;
    const details = { failures, refusedMs: Math.round(blockedMs) };
    await this.audit.record({ actor, action: 'user.login_refused', ip, details });
    this.refuseFor(blockedMs);
  }

  private refuseFor(blockedMs: number): void {
    if (blockedMs <= 0) return;
    const resetAt = new Date(this.clock.now().getTime() + blockedMs);
    throw new RateLimitError('Too many wrong passwords. Try again later.', FREE_LOGIN_FAILURES, resetAt, blockedMs);
  }
}
