import { Controller, Get, HttpCode, Post, Put, Res } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ExecutionReader } from '#application/executions/execution-reader.js';
import { TriggerJob } from '#application/executions/trigger-job.js';
import type { Caller } from '#application/identity/caller.js';
import type { JobInput } from '#application/jobs/define-job.js';
import { JobReader } from '#application/jobs/job-reader.js';
import { JobWriter } from '#application/jobs/job-writer.js';
import { Clock } from '#domain/clock.js';
import type { JobId } from '#domain/ids.js';
import type { Response } from 'express';
import { RequirePermission } from '../../../security/access.decorators.js';
import { CurrentCaller } from '../../../security/current.decorators.js';
import { ApiCredentials, ApiErrors, ApiJobId, BODY_ERRORS, EXECUTION_PAGE_HEADERS } from '../api-documentation.js';
import { JobExecutionListQuery } from '../executions/execution.dto.js';
import { presentExecutionPage } from '../executions/execution.presenter.js';
import { toCursor, toExecutionFilter } from '../executions/execution.request-mapper.js';
import { ExecutionListResponse } from '../executions/execution.responses.js';
import { setPageHeaders, toPageOfMany } from '../input/pages.js';
import { OptionalSchedulerBody, SchedulerBody, SchedulerQuery, UuidParam } from '../input/scheduler-input.js';
import { DuplicateRequest, JobStatusRequest, TriggerRequest } from './job.dto.js';
import { presentJobDetail } from './job-detail.presenter.js';
import { presentJob, presentTriggered } from './job.presenter.js';
import { JobDetailResponse, JobResponse, TriggeredResponse } from './job.responses.js';
import { JobRunsQuery } from './job-runs.dto.js';
import { presentRuns, toRunLimit, toRunsAt } from './job-runs.mapping.js';
import { JobRunsResponse } from './job-runs.responses.js';

@ApiTags('Job actions')
@ApiCredentials()
@Controller('api/v1/scheduler/jobs/:job_id')
export class JobActionsController {
  constructor(
    private readonly reader: JobReader,
    private readonly writer: JobWriter,
    private readonly triggerJob: TriggerJob,
    private readonly executions: ExecutionReader,
    private readonly clock: Clock,
  ) {}

  @Put('status')
  @RequirePermission('TaskWrite')
  @ApiOperation({ summary: 'Toggle Job Status', description: 'Enable or disable a scheduled job.' })
  @ApiJobId()
  @ApiOkResponse({ type: JobDetailResponse })
  @ApiErrors(...BODY_ERRORS, 404)
  async setStatus(
    @UuidParam('job_id') jobId: JobId,
    @SchedulerBody() body: JobStatusRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<JobDetailResponse> {
    return this.change(jobId, { isEnabled: body.isEnabled }, caller);
  }

  @Post('pause')
  @HttpCode(200)
  @RequirePermission('TaskWrite')
  @ApiOperation({ summary: 'Pause Job', description: 'Hold the schedule: occurrences do not fire until it is resumed. The job can still be triggered.' })
  @ApiJobId()
  @ApiOkResponse({ type: JobDetailResponse })
  @ApiErrors(404, 422)
  async pause(@UuidParam('job_id') jobId: JobId, @CurrentCaller() caller: Caller): Promise<JobDetailResponse> {
    return this.change(jobId, { isPaused: true }, caller);
  }

  @Post('resume')
  @HttpCode(200)
  @RequirePermission('TaskWrite')
  @ApiOperation({ summary: 'Resume Job', description: 'Let the schedule fire again, from now on.' })
  @ApiJobId()
  @ApiOkResponse({ type: JobDetailResponse })
  @ApiErrors(404, 422)
  async resume(@UuidParam('job_id') jobId: JobId, @CurrentCaller() caller: Caller): Promise<JobDetailResponse> {
    return this.change(jobId, { isPaused: false }, caller);
  }

  @Post('trigger')
  @HttpCode(200)
  @RequirePermission('TaskWrite')
  @ApiOperation({ summary: 'Trigger Job Manually', description: 'Manually trigger a job execution. The job must be enabled and below its `maxInstances`.' })
  @ApiJobId()
  @ApiBody({ type: TriggerRequest, required: false })
  @ApiOkResponse({ type: TriggeredResponse })
  @ApiErrors(...BODY_ERRORS, 404, 409)
  async trigger(
    @UuidParam('job_id') jobId: JobId,
    @OptionalSchedulerBody() body: TriggerRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<TriggeredResponse> {
    return presentTriggered(jobId, await this.triggerJob.execute(jobId, caller, body.taskArgs ?? undefined));
  }

  @Post('duplicate')
  @RequirePermission('TaskWrite')
  @ApiOperation({ summary: 'Duplicate Job', description: 'Create a copy of a job, disabled. A one-off whose time is over cannot be copied.' })
  @ApiJobId()
  @ApiBody({ type: DuplicateRequest, required: false })
  @ApiCreatedResponse({ type: JobResponse })
  @ApiErrors(...BODY_ERRORS, 404)
  async duplicate(
    @UuidParam('job_id') jobId: JobId,
    @OptionalSchedulerBody() body: DuplicateRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<JobResponse> {
    const { id } = await this.writer.duplicate(jobId, body.name, caller);
    return presentJob(await this.reader.summary(id));
  }

  @Get('executions')
  @RequirePermission('TaskRead')
  @ApiOperation({ summary: 'List Job Executions', description: 'Get execution history for a specific job.' })
  @ApiJobId()
  @ApiOkResponse({ type: ExecutionListResponse, headers: EXECUTION_PAGE_HEADERS })
  @ApiErrors(404, 422)
  async listExecutions(
    @UuidParam('job_id') jobId: JobId,
    @SchedulerQuery() query: JobExecutionListQuery,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ExecutionListResponse> {
    const page = toPageOfMany(query, 50);
    await this.reader.summary(jobId);
    const filter = { ...toExecutionFilter(query, this.clock.now()), jobId };
    const found = await this.executions.list(filter, page, toCursor(query));
    setPageHeaders(response, page, found.total);
    return presentExecutionPage(found);
  }

  @Get('runs')
  @RequirePermission('TaskRead')
  @ApiOperation({ summary: 'List Job Runs', description: 'Executions of a job as a row in time, the newest by default, that can be walked to both sides.' })
  @ApiJobId()
  @ApiOkResponse({ type: JobRunsResponse })
  @ApiErrors(404, 422)
  async runs(@UuidParam('job_id') jobId: JobId, @SchedulerQuery() query: JobRunsQuery): Promise<JobRunsResponse> {
    await this.reader.summary(jobId);
    return presentRuns(await this.executions.runsOf(jobId, toRunsAt(query), toRunLimit(query)));
  }

  private async change(jobId: JobId, input: JobInput, caller: Caller): Promise<JobDetailResponse> {
    await this.writer.update(jobId, input, caller);
    return presentJobDetail(await this.reader.detail(jobId));
  }
}
