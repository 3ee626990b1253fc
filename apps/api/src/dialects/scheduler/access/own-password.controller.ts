import { Controller, HttpCode, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '#application/identity/caller.js';
import { UserAccounts } from '#identity/users/user-accounts.js';
import { AnyAuthenticated } from '../../../security/access.decorators.js';
import { CurrentCaller } from '../../../security/current.decorators.js';
import { ApiCredentials, ApiErrors, BODY_ERRORS } from '../api-documentation.js';
import { SchedulerBody } from '../input/scheduler-input.js';
import { ChangePasswordRequest } from './user.dto.js';

@ApiTags('Session')
@ApiCredentials()
@Controller('api/v1/scheduler/me/password')
export class OwnPasswordController {
  constructor(private readonly accounts: UserAccounts) {}

  @Put()
  @HttpCode(204)
  @AnyAuthenticated()
  @ApiOperation({
    summary: 'Change Own Password',
    description: 'The login that asks goes on, all others of the user end. A wrong present password is 422 at `currentPassword`; after five in a row the name is refused for a while with 429. API keys have no password: 403.',
  })
  @ApiNoContentResponse({ description: 'Done.' })
  @ApiErrors(429, ...BODY_ERRORS)
  async change(@SchedulerBody() body: ChangePasswordRequest, @CurrentCaller() caller: Caller): Promise<void> {
    await this.accounts.changeOwnPassword(caller, { current: body.currentPassword, next: body.newPassword });
  }
}
