import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { SchedulerRegistry } from '#application/scheduling/scheduler-status.js';
import { RequirePermission } from '../../../security/access.decorators.js';
import { ApiCredentials, ApiErrors } from '../api-documentation.js';
import { presentStatus } from './status.presenter.js';
import { SchedulerStatusResponse } from './status.responses.js';

@ApiTags('Scheduler status')
@ApiCredentials()
@Controller('api/v1/scheduler/status')
export class StatusController {
  constructor(private readonly registry: SchedulerRegistry) {}

  @Get()
  @RequirePermission('SystemRead')
  @ApiOperation({ summary: 'Get Scheduler Status', description: 'Get overall scheduler status including leader instance and job counts.' })
  @ApiOkResponse({ type: SchedulerStatusResponse })
  @ApiErrors()
  async status(): Promise<SchedulerStatusResponse> {
    return presentStatus(await this.registry.status());
  }
}
