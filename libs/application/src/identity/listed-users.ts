import { DomainError } from '#domain/errors.js';
import type { UserId } from '#domain/ids.js';
import type { PageRequest } from '../page.js';
import type { ListedUser, UserDirectory } from './user-directory.js';

/** Shows accounts to administrators. */
export class ListedUsers {
  constructor(private readonly directory: UserDirectory) {}

  /** @param text part of the name or address; null for all */
  async search(text: string | null, page: PageRequest): Promise<{ items: ListedUser[]; total: number }> {
    return this.directory.search(text, page);
  }

  /** @throws DomainError `USER_NOT_FOUND` */
  async get(id: UserId): Promise<ListedUser> {
    const user = await this.directory.find(id);
    if (user === null) throw new DomainError('USER_NOT_FOUND', `User with ID ${id} not found`);
    return user;
  }
}
