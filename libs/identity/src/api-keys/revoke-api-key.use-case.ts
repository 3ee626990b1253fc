import { DomainError } from '#domain/errors.js';
import { isUuid } from '#domain/ids.js';
import type { ApiKeyRepository } from '#application/identity/api-key.repository.js';
import { actorOf, type AuditLog } from '#application/identity/audit-log.js';
import type { Caller } from '#application/identity/caller.js';

/** Makes a key useless from the next request on. It stays in the list. */
export class RevokeApiKey {
  constructor(
    private readonly apiKeys: ApiKeyRepository,
    private readonly audit: AuditLog,
  ) {}

  /** Repeating it is harmless. @throws DomainError `API_KEY_NOT_FOUND` */
  async execute(id: string, { principal, ip }: Caller): Promise<void> {
    const revoked = isUuid(id) ? await this.apiKeys.revoke(id) : null;
    if (revoked === null) throw new DomainError('API_KEY_NOT_FOUND', `API key with ID ${id} not found`);
    await this.audit.record({
      actor: actorOf(principal),
      action: 'api_key.revoked',
      target: { type: 'api-key', id },
      ip,
      details: { before: { name: revoked.name } },
    });
  }
}
