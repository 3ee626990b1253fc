import type { UserId } from '#domain/ids.js';
import type { PageRequest } from '../page.js';
import type { User } from './user.repository.js';

/** An account as administrators see it. */
export interface ListedUser extends User {
  /** Logins that neither ended nor expired. */
  readonly activeSessions: number;
}

/** The accounts for people to look through: there are thousands where a directory is synchronised. */
export abstract class UserDirectory {
  /** One page by name, of those whose name or address contains `text` in any case, and how many there are. */
  abstract search(text: string | null, page: PageRequest): Promise<{ items: ListedUser[]; total: number }>;
  /** Disabled ones included; null when there is none. */
  abstract find(id: UserId): Promise<ListedUser | null>;
}
