import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PlatformHealth } from '#application/system/platform-health.js';
import { RequirePermission } from '../../../security/access.decorators.js';
import { ApiCredentials, ApiErrors } from '../api-documentation.js';
import { presentHealth } from './health.presenter.js';
import { PlatformHealthResponse } from './health.responses.js';

@ApiTags('Scheduler status')
@ApiCredentials()
@Controller('api/v1/scheduler/health')
export class PlatformHealthController {
  constructor(private readonly health: PlatformHealth) {}

  @Get()
  @RequirePermission('SystemRead')
  @ApiOperation({
    summary: 'Get Platform Health',
    description: 'How the parts of the platform are, each with a sentence. 200 whatever it finds; without the database nobody can be authenticated and the answer is 503. Probes for load balancers are `/health/live` and `/health/ready`.',
  })
  @ApiOkResponse({ type: PlatformHealthResponse })
  @ApiErrors()
  async check(): Promise<PlatformHealthResponse> {
    return presentHealth(await this.health.check());
  }
}
