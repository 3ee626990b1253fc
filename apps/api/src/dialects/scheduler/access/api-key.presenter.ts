import type { ApiKey } from '#application/identity/api-key.repository.js';
import type { CreatedApiKey } from '#identity/api-keys/create-api-key.use-case.js';
import { instant, instantOrNull } from '../wire.js';
import type { ApiKeyListResponse, ApiKeyResponse, CreatedApiKeyResponse } from './api-key.responses.js';

export function presentKeys(keys: readonly ApiKey[], now: Date): ApiKeyListResponse {
  return { keys: keys.map((key) => presentKey(key, now)), total: keys.length };
}

export function presentKey(key: ApiKey, now: Date): ApiKeyResponse {
  return {
    id: key.id,
    name: key.name,
    prefix: `${key.prefix}…${key.lastFour}`,
    permissions: [...key.permissions],
    createdBy: { id: key.createdBy, username: key.createdByName },
    createdAt: instant(key.createdAt),
    expiresAt: instantOrNull(key.expiresAt),
    lastUsedAt: instantOrNull(key.lastUsedAt),
    isRevoked: key.revokedAt !== null,
    isExpired: key.expiresAt !== null && key.expiresAt <= now,
  };
}

export function presentCreatedKey({ apiKey, secret }: CreatedApiKey, now: Date): CreatedApiKeyResponse {
  return { ...presentKey(apiKey, now), key: secret };
}
