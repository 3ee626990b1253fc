import type { ApiKey, ApiKeyRepository } from '#application/identity/api-key.repository.js';

/** All API keys, newest first, without their secrets, revoked and expired ones included. For administrators. */
export class ListApiKeys {
  constructor(private readonly apiKeys: ApiKeyRepository) {}

  execute(): Promise<ApiKey[]> {
    return this.apiKeys.list();
  }
}
