import type { Authentication } from '#application/identity/principal.js';
import type { User } from '#application/identity/user.repository.js';
import type { UserId } from '#domain/ids.js';
import { describe, expect, test } from 'vitest';
import { presentCreatedKey, presentKey, presentTokens, presentValidation } from './auth.presenter.js';

const at = new Date('2024-01-01T00:00:00Z');
const user: User = {
  id: '550e8400-e29b-41d4-a716-446655440000' as UserId,
  username: 'operator',
  email: 'operator@example.com',
  role: 'Operator',
  disabledAt: null,
  passwordChangedAt: at,
  createdAt: at,
  updatedAt: at,
  lastLoginAt: null,
};
const apiKey = {
  id: '550e8400-e29b-41d4-a716-446655440001',
  name: 'deployment-service',
  prefix: 'sk_live_',
  lastFour: '3456',
  permissions: ['TaskRead'] as const,
  createdBy: user.id,
  createdByName: 'admin',
  createdAt: at,
  expiresAt: new Date('2025-01-01T00:00:00Z'),
  lastUsedAt: null,
  revokedAt: null,
};

describe('the auth presenter', () => {
  test('shows tokens with the user and the permissions of the role', () => {
    expect(presentTokens({ accessToken: 'a', refreshToken: 'r', expiresInSeconds: 3600, user })).toEqual({
      access_token: 'a',
      refresh_token: 'r',
      token_type: 'Bearer',
      expires_in: 3600,
      user: {
        id: user.id,
        username: 'operator',
        email: 'operator@example.com',
        role: 'Operator',
        permissions: ['TaskRead', 'TaskWrite', 'WorkerRead', 'WorkerWrite', 'SystemRead'],
      },
    });
  });

  test('shows the username as user_id and epoch seconds', () => {
    const principal: Authentication['principal'] = { kind: 'user', userId: user.id, username: 'admin', role: 'Admin', permissions: ['Admin'], sessionId: 's', apiKeyId: null };
    expect(presentValidation({ principal, expiresAt: new Date('2024-01-01T00:00:00.999Z') })).toEqual({
      valid: true,
      user_id: 'admin',
      permissions: ['Admin'],
      expires_at: 1704067200,
    });
    expect(presentValidation({ principal, expiresAt: null }).expires_at).toBeNull();
  });

  test('shows the secret of a new key only', () => {
    expect(presentCreatedKey({ secret: 'sk_live_secret', apiKey })).toMatchObject({ api_key: 'sk_live_secret', expires_at: '2025-01-01T00:00:00.000Z' });
    expect(presentKey(apiKey)).toMatchObject({ hint: 'sk_live_…3456', created_by: 'admin', last_used_at: null, revoked_at: null });
    expect(JSON.stringify(presentKey(apiKey))).not.toContain('sk_live_secret');
  });
});
