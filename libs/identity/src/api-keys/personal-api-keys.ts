import { DomainError } from '#domain/errors.js';
import type { ApiKey, ApiKeyRepository } from '#application/identity/api-key.repository.js';
import type { Caller } from '#application/identity/caller.js';
import { principalMay, type Principal } from '#application/identity/principal.js';
import type { CreateApiKey, CreateApiKeyCommand, CreatedApiKey } from './create-api-key.use-case.js';
import type { RevokeApiKey } from './revoke-api-key.use-case.js';

/**
 * API keys for people who are logged in: everybody has keys of their own, never with more permissions than they have;
 * administrators see and revoke all. A key makes and revokes keys only if it may do everything: one that got into wrong
 * hands must not outlive its revocation by a successor.
 */
export class PersonalApiKeys {
  constructor(
    private readonly apiKeys: ApiKeyRepository,
    private readonly createKey: CreateApiKey,
    private readonly revokeKey: RevokeApiKey,
  ) {}

  /**
   * Returns the caller's own keys or all, newest first, revoked and expired ones included.
   * @throws DomainError `PERMISSION_DENIED` when all are asked for by somebody who is no administrator
   */
  async list({ principal }: Caller, which: 'own' | 'all'): Promise<ApiKey[]> {
    if (which === 'all') {
      if (!isAdmin(principal)) throw new DomainError('PERMISSION_DENIED', 'Admin permission required');
      return this.apiKeys.list();
    }
    return principal.userId === null ? [] : this.apiKeys.list(principal.userId);
  }

  /** @throws DomainError `PERMISSION_DENIED`: more permissions than the caller's, or a key without `Admin` calls */
  async create(command: CreateApiKeyCommand, caller: Caller): Promise<CreatedApiKey> {
    refuseNarrowKey(caller.principal);
    return this.createKey.execute(command, caller);
  }

  /**
   * Repeating it is harmless. @throws DomainError `API_KEY_NOT_FOUND`, also for keys of others, which the caller need not
   *   know of; `PERMISSION_DENIED` when a key without `Admin` calls
   */
  async revoke(id: string, caller: Caller): Promise<void> {
    const { principal } = caller;
    const key = await this.apiKeys.find(id);
    const isTheirs = key !== null && (isAdmin(principal) || key.createdBy === principal.userId);
    if (!isTheirs) throw new DomainError('API_KEY_NOT_FOUND', `API key with ID ${id} not found`);
    refuseNarrowKey(principal);
    await this.revokeKey.execute(id, caller);
  }
}

function isAdmin(principal: Principal): boolean {
  return principalMay(principal, 'Admin');
}

function refuseNarrowKey(principal: Principal): void {
  if (principal.kind === 'user' || isAdmin(principal)) return;
  throw new DomainError('PERMISSION_DENIED', 'An API key without Admin cannot make or revoke API keys');
}
