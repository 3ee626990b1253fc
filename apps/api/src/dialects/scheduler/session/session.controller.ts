import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ShowOwnAccount } from '#application/identity/own-account.js';
import type { Principal } from '#application/identity/principal.js';
import { PlatformFacts } from '#application/system/platform-facts.js';
import { AnyAuthenticated } from '../../../security/access.decorators.js';
import { CurrentPrincipal } from '../../../security/current.decorators.js';
import { ApiCredentials, ApiErrors } from '../api-documentation.js';
import { presentMe, presentMeta } from './session.presenter.js';
import { MeResponse, MetaResponse } from './session.responses.js';

@ApiTags('Session')
@ApiCredentials()
@Controller('api/v1/scheduler')
export class SessionController {
  constructor(
    private readonly ownAccount: ShowOwnAccount,
    private readonly platform: PlatformFacts,
  ) {}

  @Get('me')
  @AnyAuthenticated()
  @ApiOperation({ summary: 'Get Current Caller', description: 'Who calls and what that caller may do, as of now.' })
  @ApiOkResponse({ type: MeResponse })
  @ApiErrors()
  async me(@CurrentPrincipal() principal: Principal): Promise<MeResponse> {
    return presentMe(await this.ownAccount.execute(principal));
  }

  @Get('meta')
  @AnyAuthenticated()
  @ApiOperation({ summary: 'Get Installation', description: 'What this installation is: version, mode, limits, and where its other pages are.' })
  @ApiOkResponse({ type: MetaResponse })
  @ApiErrors()
  meta(): MetaResponse {
    return presentMeta(this.platform);
  }
}
