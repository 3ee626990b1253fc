import type { UserId } from '#domain/ids.js';
import type { Permission, Role } from '#domain/permissions.js';

/** An API key as it may be shown: the secret itself is nowhere. */
export interface ApiKey {
  readonly id: string;
  readonly name: string;
  /** What every key of this kind starts with, e.g. `sk_live_`. */
  readonly prefix: string;
  readonly lastFour: string;
  readonly permissions: readonly Permission[];
  readonly createdBy: UserId;
  /** Name of the user who created it. */
  readonly createdByName: string;
  readonly createdAt: Date;
  /** Null: it never expires. */
  readonly expiresAt: Date | null;
  /** At most 60 s behind. Null: never used. */
  readonly lastUsedAt: Date | null;
  /** Null while it is accepted. */
  readonly revokedAt: Date | null;
}

export interface NewApiKey {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly lastFour: string;
  /** SHA-256 of the whole key. */
  readonly hash: Buffer;
  readonly permissions: readonly Permission[];
  readonly createdBy: UserId;
  /** Milliseconds from now by the store's clock; null: never expires. */
  readonly lifetimeMs: number | null;
  /** It expires then, if that is earlier. @default never */
  readonly expiresAt?: Date | null;
}

/** A key that is accepted now, with its creator's role as it is now. */
export interface ActiveApiKey {
  readonly key: ApiKey;
  readonly hash: Buffer;
  readonly creatorRole: Role;
}

export abstract class ApiKeyRepository {
  /** Stores the key and returns it as the store dated it. */
  abstract add(key: NewApiKey): Promise<ApiKey>;

  /**
   * Returns the key with this hash if it is neither revoked nor expired and its creator's account is enabled; else null.
   * Called on every request with a key: one prepared statement. Keeps `last_used_at` at most 60 s stale.
   */
  abstract findActive(hash: Buffer): Promise<ActiveApiKey | null>;

  /** Returns all keys, or those of one creator, revoked and expired ones included, newest first. */
  abstract list(createdBy?: UserId): Promise<ApiKey[]>;

  /** Returns the key, also when it is revoked or expired, or null. */
  abstract find(id: string): Promise<ApiKey | null>;

  /** Revokes the key for the next request on every instance. Returns null for an unknown id; keeps the first `revokedAt`. */
  abstract revoke(id: string): Promise<ApiKey | null>;
}
