import { Controller, Delete, Get, HttpCode, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Caller } from '#application/identity/caller.js';
import { Clock } from '#domain/clock.js';
import { PersonalApiKeys } from '#identity/api-keys/personal-api-keys.js';
import { parseInstant } from '../../../http/instant.js';
import { AnyAuthenticated } from '../../../security/access.decorators.js';
import { CurrentCaller } from '../../../security/current.decorators.js';
import { ApiCredentials, ApiErrors, BODY_ERRORS } from '../api-documentation.js';
import { SchedulerBody, SchedulerQuery, UuidParam } from '../input/scheduler-input.js';
import { ApiKeyListQuery, CreateApiKeyRequest } from './api-key.dto.js';
import { presentCreatedKey, presentKeys } from './api-key.presenter.js';
import { ApiKeyListResponse, CreatedApiKeyResponse } from './api-key.responses.js';

@ApiTags('API keys')
@ApiCredentials()
@AnyAuthenticated()
@Controller('api/v1/scheduler/api-keys')
export class ApiKeysController {
  constructor(
    private readonly keys: PersonalApiKeys,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List API Keys', description: 'The caller’s own keys; with `all=true` those of all users, for administrators. Secrets are nowhere.' })
  @ApiOkResponse({ type: ApiKeyListResponse })
  @ApiErrors(422)
  async list(@SchedulerQuery() query: ApiKeyListQuery, @CurrentCaller() caller: Caller): Promise<ApiKeyListResponse> {
    return presentKeys(await this.keys.list(caller, query.all === true ? 'all' : 'own'), this.clock.now());
  }

  @Post()
  @ApiOperation({
    summary: 'Create API Key',
    description: 'The key acts for its creator, with the given permissions as far as the creator has them (403 otherwise). It is shown this once. API keys make keys only if they have `Admin`.',
  })
  @ApiCreatedResponse({ type: CreatedApiKeyResponse })
  @ApiErrors(...BODY_ERRORS)
  async create(@SchedulerBody() body: CreateApiKeyRequest, @CurrentCaller() caller: Caller): Promise<CreatedApiKeyResponse> {
    const { name, permissions } = body;
    const command = { name, permissions, lifetimeMs: null, expiresAt: parseInstant(body.expiresAt) };
    return presentCreatedKey(await this.keys.create(command, caller), this.clock.now());
  }

  @Delete(':key_id')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Revoke API Key',
    description: 'The key is refused from the next request on and stays in the list. Administrators revoke any, others their own; keys of others are 404 for them.',
  })
  @ApiParam({ name: 'key_id', description: 'API key ID.', schema: { type: 'string', format: 'uuid' }, example: '01934f6e-0000-7cc1-8d7e-3f5c1c2b7a10' })
  @ApiNoContentResponse({ description: 'Done.' })
  @ApiErrors(404, 422)
  async revoke(@UuidParam('key_id') keyId: string, @CurrentCaller() caller: Caller): Promise<void> {
    await this.keys.revoke(keyId, caller);
  }
}
