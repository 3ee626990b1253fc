import type { User, UserRepository } from '#application/identity/user.repository.js';
import { isDemoLogin } from './demo-accounts.js';
import type { PasswordHasher } from './password-hasher.js';

const USERNAME_MAX_LENGTH = 100;

/** Proves who somebody is by name and password. */
export class CheckPassword {
  constructor(
    private readonly users: UserRepository,
    private readonly hasher: PasswordHasher,
    private readonly mode: { readonly localMode: boolean },
  ) {}

  /**
   * Returns the user whose name (in any case) and password these are, or null: unknown, wrong and disabled look and take
   * the same. Outside local mode the published demo passwords are refused even where the accounts exist, for example in a
   * database that was moved from a laptop. @throws DomainError `RATE_LIMIT_EXCEEDED`, `DATABASE_UNAVAILABLE`
   */
  async execute(username: string, password: string): Promise<User | null> {
    const name = username.toLowerCase();
    const found = isPossible(name) ? await this.users.findByUsername(name) : null;
    const matches = await this.hasher.matches(found?.passwordHash ?? null, password);
    if (found === null || !matches || found.disabledAt !== null) return null;
    if (!this.mode.localMode && isDemoLogin(name, password)) return null;
    const { passwordHash: _, ...user } = found;
    return user;
  }
}

function isPossible(username: string): boolean {
  return username.length <= USERNAME_MAX_LENGTH && !username.includes('\u0000');
}
