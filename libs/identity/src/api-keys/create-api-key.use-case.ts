import { DomainError } from '#domain/errors.js';
import { newId } from '#domain/ids.js';
import type { Permission } from '#domain/permissions.js';
import type { ApiKey, ApiKeyRepository } from '#application/identity/api-key.repository.js';
import { actorOf, type AuditLog } from '#application/identity/audit-log.js';
import type { Caller } from '#application/identity/caller.js';
import { principalMay } from '#application/identity/principal.js';
import { API_KEY_PREFIX, newApiKey } from './api-key-format.js';

export interface CreateApiKeyCommand {
  readonly name: string;
  readonly permissions: readonly Permission[];
  /** Null: the key never expires. */
  readonly lifetimeMs: number | null;
  /** It expires then, if that is earlier. @default never */
  readonly expiresAt?: Date | null;
}

/** A key together with its text, which exists nowhere else from now on. */
export interface CreatedApiKey {
  readonly secret: string;
  readonly apiKey: ApiKey;
}

/** Makes an API key that acts for its creator within the given permissions. */
export class CreateApiKey {
  constructor(
    private readonly apiKeys: ApiKeyRepository,
    private readonly audit: AuditLog,
  ) {}

  /** @throws DomainError `PERMISSION_DENIED` when the key were to have a permission that its creator has not */
  async execute({ name, permissions, lifetimeMs, expiresAt = null }: CreateApiKeyCommand, { principal, ip }: Caller): Promise<CreatedApiKey> {
    const excess = permissions.find((permission) => !principalMay(principal, permission));
    if (excess !== undefined) {
      throw new DomainError('PERMISSION_DENIED', `A key cannot have ${excess}, which its creator does not have`);
    }
    if (principal.userId === null) throw new DomainError('PERMISSION_DENIED', 'A key needs a user who creates it');
    const { key, hash, lastFour } = newApiKey();
    const apiKey = await this.apiKeys.add({
      id: newId<string>(),
      name,
      prefix: API_KEY_PREFIX,
      lastFour,
      hash,
      permissions: [...new Set(permissions)],
      createdBy: principal.userId,
      lifetimeMs,
      expiresAt,
    });
    await this.audit.record({
      actor: actorOf(principal),
      action: 'api_key.created',
      target: { type: 'api-key', id: apiKey.id },
      ip,
      details: { after: describe(apiKey) },
    });
    return { secret: key, apiKey };
  }
}

function describe(key: ApiKey): { name: string; permissions: Permission[]; expiresAt: string | null } {
  return { name: key.name, permissions: [...key.permissions], expiresAt: key.expiresAt?.toISOString() ?? null };
}
