import type { Principal } from './principal.js';
import type { User, UserRepository } from './user.repository.js';

/** Who somebody is, with the account behind it. */
export interface OwnAccount {
  readonly principal: Principal;
  /** Of an API key its creator's; null for callers without an account. */
  readonly user: User | null;
}

/** Tells callers who they are. */
export class ShowOwnAccount {
  constructor(private readonly users: UserRepository) {}

  async execute(principal: Principal): Promise<OwnAccount> {
    return { principal, user: principal.userId === null ? null : await this.users.findById(principal.userId) };
  }
}
