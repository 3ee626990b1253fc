import type { UserId } from '#domain/ids.js';

/** The e-mail addresses of accounts, as a directory of users keeps them up to date. */
export abstract class AccountEmails {
  /**
   * Sets the address of an account that is no administrator's.
   *
   * @returns false, and nothing was changed, when the id is unknown, is an administrator's, or has this address already
   */
  abstract update(id: UserId, email: string): Promise<boolean>;
}
