import type { ApiKey } from '#application/identity/api-key.repository.js';
import type { Authentication } from '#application/identity/principal.js';
import { ROLE_PERMISSIONS } from '#domain/permissions.js';
import type { CreatedApiKey } from '#identity/api-keys/create-api-key.use-case.js';
import type { IssuedTokens } from '#identity/tokens/issued-tokens.js';
import type { ApiKeyData, CreatedApiKeyData, TokenData, ValidationData } from './auth.responses.js';

export function presentTokens({ accessToken, refreshToken, expiresInSeconds, user }: IssuedTokens): TokenData {
  return {
    access_token: accessToken,
    refresh_token: refreshToken,
    token_type: 'Bearer',
    expires_in: expiresInSeconds,
    user: {
      id: user.id,
      username: user.username,
      email: user.email,
      role: user.role,
      permissions: [...ROLE_PERMISSIONS[user.role]],
    },
  };
}

/** `user_id` is the username (rulings, 002). */
export function presentValidation({ principal, expiresAt }: Authentication): ValidationData {
  return {
    valid: true,
    user_id: principal.username,
    permissions: [...principal.permissions],
    expires_at: expiresAt === null ? null : Math.floor(expiresAt.getTime() / 1000),
  };
}

export function presentCreatedKey({ secret, apiKey }: CreatedApiKey): CreatedApiKeyData {
  return {
    id: apiKey.id,
    api_key: secret,
    name: apiKey.name,
    permissions: [...apiKey.permissions],
    created_at: apiKey.createdAt.toISOString(),
    expires_at: apiKey.expiresAt?.toISOString() ?? null,
  };
}

export function presentKey(key: ApiKey): ApiKeyData {
  return {
    id: key.id,
    name: key.name,
    hint: `${key.prefix}…${key.lastFour}`,
    permissions: [...key.permissions],
    created_by: key.createdByName,
    created_at: key.createdAt.toISOString(),
    expires_at: key.expiresAt?.toISOString() ?? null,
    last_used_at: key.lastUsedAt?.toISOString() ?? null,
    revoked_at: key.revokedAt?.toISOString() ?? null,
  };
}
