import { Injectable } from '@nestjs/common';
import { AuditLog } from '#application/identity/audit-log.js';
import { UserRepository, type User } from '#application/identity/user.repository.js';
import { Clock } from '#domain/clock.js';
import { DomainError } from '#domain/errors.js';
import { CheckLogin } from '#identity/passwords/check-login.use-case.js';
import { createHmac, randomBytes } from 'node:crypto';

/** How long a proved name and password are not hashed again. Milliseconds. */
const REMEMBERED_MS = 60_000;
const MAX_REMEMBERED = 100;
const BASIC = /^Basic +([A-Za-z0-9+/=]+) *$/i;

interface Proof {
  readonly user: User;
  readonly untilMs: number;
}

/**
 * Checks `Authorization: Basic`, which browsers repeat with every file of a page: the password is hashed once a minute, the
 * account is looked up every time, so that a new role, a new password or a disabled account acts at once. What is kept is
 * an HMAC of the header under a key of this process.
 */
@Injectable()
export class BasicAuthenticator {
  private readonly key = randomBytes(32);
  /** Promises, so that the first page's parallel requests share one hash. */
  private readonly proofs = new Map<string, Promise<Proof | null>>();

  constructor(
    private readonly checkLogin: CheckLogin,
    private readonly users: UserRepository,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /**
   * Returns the user, or null when the header is no Basic login. Failures are audited.
   * @throws DomainError `CREDENTIALS_INVALID`, `RATE_LIMIT_EXCEEDED`
   */
  async authenticate(authorization: string | undefined, ip: string | null): Promise<User | null> {
    const encoded = BASIC.exec(authorization ?? '')?.[1];
    if (encoded === undefined) return null;
    const digest = createHmac('sha256', this.key).update(encoded).digest('base64');
    const known = this.proofs.get(digest);
    const remembered = known === undefined ? null : await this.stillGood(await known);
    if (remembered !== null) return remembered;
    const proving = this.prove(encoded, ip);
    this.remember(digest, proving);
    const proof = await proving;
    if (proof === null) throw new DomainError('CREDENTIALS_INVALID', 'Invalid username or password');
    return proof.user;
  }

  /** The account as it is now, if the proof still holds for it. */
  private async stillGood(proof: Proof | null): Promise<User | null> {
    if (proof === null || proof.untilMs <= this.clock.monotonicMs()) return null;
    const user = await this.users.findById(proof.user.id);
    const samePassword = user?.passwordChangedAt.getTime() === proof.user.passwordChangedAt.getTime();
    return samePassword && user.disabledAt === null ? user : null;
  }

  private async prove(encoded: string, ip: string | null): Promise<Proof | null> {
    const [, username, password] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, 'base64').toString('utf8')) ?? [];
    if (username === undefined || password === undefined) return null;
    const user = await this.checkLogin.execute(username, password, ip);
    if (user !== null) return { user, untilMs: this.clock.monotonicMs() + REMEMBERED_MS };
    await this.audit.record({ actor: { type: 'anonymous', id: null, name: username }, action: 'user.login_failed', ip });
    return null;
  }

  private remember(digest: string, proving: Promise<Proof | null>): void {
    const oldest = this.proofs.keys().next();
    if (this.proofs.size >= MAX_REMEMBERED && !oldest.done) this.proofs.delete(oldest.value);
    this.proofs.set(digest, proving);
    const forget = (): void => {
      if (this.proofs.get(digest) === proving) this.proofs.delete(digest);
    };
    proving.then((proof) => (proof === null ? forget() : undefined), forget);
  }
}
