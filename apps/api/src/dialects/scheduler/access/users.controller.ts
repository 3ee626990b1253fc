import { Controller, Delete, Get, HttpCode, Post, Put, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Caller } from '#application/identity/caller.js';
import { ListedUsers } from '#application/identity/listed-users.js';
import type { UserId } from '#domain/ids.js';
import { UserAccounts } from '#identity/users/user-accounts.js';
import type { Response } from 'express';
import { RequirePermission } from '../../../security/access.decorators.js';
import { CurrentCaller } from '../../../security/current.decorators.js';
import { ApiCredentials, ApiErrors, BODY_ERRORS, PAGE_HEADERS } from '../api-documentation.js';
import { setPageHeaders, toPage } from '../input/pages.js';
import { SchedulerBody, SchedulerQuery, UuidParam } from '../input/scheduler-input.js';
import { CreateUserRequest, SetPasswordRequest, UpdateUserRequest, UserListQuery } from './user.dto.js';
import { presentUser } from './user.presenter.js';
import { toAccountChange, toNewUser } from './user.request-mapper.js';
import { UserListResponse, UserResponse } from './user.responses.js';

const ApiUserId = (): MethodDecorator =>
  ApiParam({ name: 'user_id', description: 'User ID.', schema: { type: 'string', format: 'uuid' }, example: '01934f6e-0000-7cc1-8d7e-3f5c1c2b7a10' });

@ApiTags('Users')
@ApiCredentials()
@RequirePermission('Admin')
@Controller('api/v1/scheduler/users')
export class UsersController {
  constructor(
    private readonly accounts: UserAccounts,
    private readonly users: ListedUsers,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List Users', description: 'Accounts by username, disabled ones included.' })
  @ApiOkResponse({ type: UserListResponse, headers: PAGE_HEADERS })
  @ApiErrors(422)
  async list(@SchedulerQuery() query: UserListQuery, @Res({ passthrough: true }) response: Response): Promise<UserListResponse> {
    const page = toPage(query, 50);
    const { items, total } = await this.users.search(query.q ?? null, page);
    setPageHeaders(response, page, { count: total });
    return { users: items.map(presentUser), total };
  }

  @Post()
  @ApiOperation({ summary: 'Create User', description: 'Add an account. A name that is taken and a weak password are 422.' })
  @ApiCreatedResponse({ type: UserResponse })
  @ApiErrors(...BODY_ERRORS)
  async create(@SchedulerBody() body: CreateUserRequest, @CurrentCaller() caller: Caller): Promise<UserResponse> {
    const { id } = await this.accounts.create(caller, toNewUser(body));
    return presentUser(await this.users.get(id));
  }

  @Get(':user_id')
  @ApiOperation({ summary: 'Get User', description: 'Get one account.' })
  @ApiUserId()
  @ApiOkResponse({ type: UserResponse })
  @ApiErrors(404, 422)
  async get(@UuidParam('user_id') userId: UserId): Promise<UserResponse> {
    return presentUser(await this.users.get(userId));
  }

  @Put(':user_id')
  @ApiOperation({
    summary: 'Update User',
    description: 'Change address, role or state; what is left out stays as it is. Role and state act on the user’s next request. The last active administrator stays one: 409.',
  })
  @ApiUserId()
  @ApiOkResponse({ type: UserResponse })
  @ApiErrors(404, 409, ...BODY_ERRORS)
  async update(
    @UuidParam('user_id') userId: UserId,
    @SchedulerBody() body: UpdateUserRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<UserResponse> {
    await this.accounts.change(caller, userId, toAccountChange(body));
    return presentUser(await this.users.get(userId));
  }

  @Put(':user_id/password')
  @HttpCode(204)
  @ApiOperation({ summary: 'Set Password', description: 'Set a user’s password and end all logins of that user.' })
  @ApiUserId()
  @ApiNoContentResponse({ description: 'Done.' })
  @ApiErrors(404, ...BODY_ERRORS)
  async setPassword(
    @UuidParam('user_id') userId: UserId,
    @SchedulerBody() body: SetPasswordRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<void> {
    await this.accounts.resetPassword(caller, userId, body.password);
  }

  @Delete(':user_id/sessions')
  @HttpCode(204)
  @ApiOperation({ summary: 'End Sessions', description: 'Log a user out everywhere. API keys are not logins and go on.' })
  @ApiUserId()
  @ApiNoContentResponse({ description: 'Done.' })
  @ApiErrors(404, 422)
  async endSessions(@UuidParam('user_id') userId: UserId, @CurrentCaller() caller: Caller): Promise<void> {
    await this.accounts.endSessions(caller, userId);
  }
}
