import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ExecutionReader } from '#application/executions/execution-reader.js';
import { JobReader } from '#application/jobs/job-reader.js';
import { OpenWhenAnonymous, RequirePermission } from '../../security/access.decorators.js';
import { ApiCredentials, ApiEnvelope, ApiErrors } from './api-documentation.js';
import { envelope, type Envelope } from './envelope.js';
import { presentStatistics } from './task.presenter.js';
import { Statistics } from './task.responses.js';
import { TASK_FUNCTION_IDS } from './task-types.js';

@ApiTags('Statistics')
@ApiCredentials()
@OpenWhenAnonymous('timer4tasker')
@Controller('api/v1/stats')
export class StatsController {
  constructor(
    private readonly jobs: JobReader,
    private readonly executions: ExecutionReader,
  ) {}

  @Get()
  @RequirePermission('SystemRead')
  @ApiOperation({ summary: 'Get System Statistics', description: 'Over the tasks that this API lists and their executions.' })
  @ApiEnvelope(200, Statistics)
  @ApiErrors()
  async statistics(): Promise<Envelope<Statistics>> {
    const [{ counts }, executions] = await Promise.all([
      this.jobs.list({ taskFunctionIds: TASK_FUNCTION_IDS }, { page: 1, perPage: 1 }),
      this.executions.countByStatus(TASK_FUNCTION_IDS),
    ]);
    return envelope(presentStatistics(counts, executions));
  }
}
