import { Controller, HttpCode, Post, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '#application/identity/caller.js';
import { principalMay } from '#application/identity/principal.js';
import { ChangeJobs } from '#application/jobs/change-jobs.js';
import { DomainError } from '#domain/errors.js';
import type { Response } from 'express';
import { RequirePermission } from '../../../security/access.decorators.js';
import { CurrentCaller } from '../../../security/current.decorators.js';
import { ApiCredentials, ApiErrors, BODY_ERRORS } from '../api-documentation.js';
import { SchedulerBody } from '../input/scheduler-input.js';
import { BulkJobsRequest } from './job-bulk.dto.js';
import { presentBulkJobs, toJobSelection } from './job-bulk.mapping.js';
import { BulkJobsResponse } from './job-bulk.responses.js';

@ApiTags('Job actions')
@ApiCredentials()
@Controller('api/v1/scheduler/jobs/bulk')
export class JobBulkController {
  constructor(private readonly changeJobs: ChangeJobs) {}

  @Post()
  @HttpCode(200)
  @RequirePermission('TaskWrite')
  @ApiOperation({ summary: 'Change Many Jobs', description: 'Do one thing to many jobs, each by itself: what is refused for one of them does not keep the others from it. `delete` needs TaskDelete.' })
  @ApiOkResponse({ type: BulkJobsResponse })
  @ApiErrors(...BODY_ERRORS, 409)
  async change(@SchedulerBody() body: BulkJobsRequest, @CurrentCaller() caller: Caller, @Res() response: Response): Promise<void> {
    const selection = toJobSelection(body);
    if (body.action === 'delete' && !principalMay(caller.principal, 'TaskDelete')) {
      throw new DomainError('PERMISSION_DENIED', 'TaskDelete permission required');
    }
    const selected = await this.changeJobs.select(selection);
    // Thousands of changes take longer than an answer may take to begin.
    response.status(200).type('json').flushHeaders();
    response.end(JSON.stringify(presentBulkJobs(await this.changeJobs.apply(body.action, selected, caller))));
  }
}
