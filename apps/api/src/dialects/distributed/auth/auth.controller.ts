import { Controller, Delete, Get, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiSecurity, ApiTags } from '@nestjs/swagger';
import type { Caller } from '#application/identity/caller.js';
import type { Authentication } from '#application/identity/principal.js';
import { CreateApiKey } from '#identity/api-keys/create-api-key.use-case.js';
import { ListApiKeys } from '#identity/api-keys/list-api-keys.use-case.js';
import { RevokeApiKey } from '#identity/api-keys/revoke-api-key.use-case.js';
import { Login, type RequestOrigin } from '#identity/tokens/login.use-case.js';
import { Logout } from '#identity/tokens/logout.use-case.js';
import { RefreshSession } from '#identity/tokens/refresh-session.use-case.js';
import { parseInstant } from '../../../http/instant.js';
import { ValidatedBody, ValidatedPath } from '../../../http/input.pipe.js';
import { AnyAuthenticated, Public, RequirePermission } from '../../../security/access.decorators.js';
import { CurrentAuthentication, CurrentCaller, Origin } from '../../../security/current.decorators.js';
import { ApiEnvelope } from '../envelope.schema.js';
import { envelope, type Envelope } from '../envelope.js';
import { ApiKeyPath, CreateApiKeyRequest, LoginRequest, RefreshRequest } from './auth.dto.js';
import { presentCreatedKey, presentKey, presentTokens, presentValidation } from './auth.presenter.js';
import { ApiKeyData, CreatedApiKeyData, TokenData, ValidationData } from './auth.responses.js';

const DAY_MS = 86_400_000;

@ApiTags('Authentication')
@Controller('api/auth')
export class AuthController {
  constructor(
    private readonly loginUser: Login,
    private readonly refreshSession: RefreshSession,
    private readonly logoutUser: Logout,
    private readonly createApiKey: CreateApiKey,
    private readonly listApiKeys: ListApiKeys,
    private readonly revokeApiKey: RevokeApiKey,
  ) {}

  @Post('login')
  @HttpCode(200)
  @Public()
  @ApiOperation({ summary: 'Login' })
  @ApiEnvelope(TokenData)
  async login(@ValidatedBody() body: LoginRequest, @Origin() origin: RequestOrigin): Promise<Envelope<TokenData>> {
    const { username, password } = body;
    return envelope(presentTokens(await this.loginUser.execute({ username, password, origin })));
  }

  @Post('refresh')
  @HttpCode(200)
  @Public()
  @ApiOperation({ summary: 'Refresh Token' })
  @ApiEnvelope(TokenData)
  async refresh(@ValidatedBody() body: RefreshRequest, @Origin() origin: RequestOrigin): Promise<Envelope<TokenData>> {
    return envelope(presentTokens(await this.refreshSession.execute(body.refresh_token, origin.ip)));
  }

  @Get('validate')
  @AnyAuthenticated()
  @ApiBearerAuth()
  @ApiSecurity('api-key')
  @ApiOperation({ summary: 'Validate Token' })
  @ApiEnvelope(ValidationData)
  validate(@CurrentAuthentication() authentication: Authentication): Envelope<ValidationData> {
    return envelope(presentValidation(authentication));
  }

  @Post('logout')
  @HttpCode(200)
  @AnyAuthenticated()
  @ApiBearerAuth()
  @ApiOperation({ summary: 'Logout', description: 'Ends the login at once. With an API key it does nothing: revoke the key instead.' })
  @ApiEnvelope(null)
  async logout(@CurrentCaller() caller: Caller): Promise<Envelope<null>> {
    await this.logoutUser.execute(caller);
    return envelope(null);
  }

  @Post('api-keys')
  @HttpCode(200)
  @RequirePermission('Admin')
  @ApiBearerAuth()
  @ApiSecurity('api-key')
  @ApiOperation({ summary: 'Create API Key', description: 'The key acts for its creator. It is shown this once.' })
  @ApiEnvelope(CreatedApiKeyData)
  async createKey(@ValidatedBody() body: CreateApiKeyRequest, @CurrentCaller() caller: Caller): Promise<Envelope<CreatedApiKeyData>> {
    const { name, permissions, expires_in_days: days, expires_at: at } = body;
    const command = { name, permissions, lifetimeMs: (days ?? null) === null ? null : Number(days) * DAY_MS, expiresAt: parseInstant(at) };
    return envelope(presentCreatedKey(await this.createApiKey.execute(command, caller)));
  }

  @Get('api-keys')
  @RequirePermission('Admin')
  @ApiBearerAuth()
  @ApiSecurity('api-key')
  @ApiOperation({ summary: 'List API Keys', description: 'Newest first, expired and revoked ones included, without secrets.' })
  @ApiEnvelope([ApiKeyData])
  async listKeys(): Promise<Envelope<ApiKeyData[]>> {
    const keys = await this.listApiKeys.execute();
    return envelope(keys.map(presentKey));
  }

  @Delete('api-keys/:id')
  @RequirePermission('Admin')
  @ApiBearerAuth()
  @ApiSecurity('api-key')
  @ApiOperation({ summary: 'Revoke API Key', description: 'The key is refused from the next request on; it stays in the list.' })
  @ApiEnvelope(null)
  async revokeKey(@ValidatedPath() path: ApiKeyPath, @CurrentCaller() caller: Caller): Promise<Envelope<null>> {
    await this.revokeApiKey.execute(path.id, caller);
    return envelope(null);
  }
}
