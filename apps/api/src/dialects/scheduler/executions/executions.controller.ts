import { Controller, Get, HttpCode, Post, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CancelExecution } from '#application/executions/cancel-execution.js';
import { ExecutionReader } from '#application/executions/execution-reader.js';
import type { Caller } from '#application/identity/caller.js';
import { JobReader } from '#application/jobs/job-reader.js';
import { Clock } from '#domain/clock.js';
import type { ExecutionId } from '#domain/ids.js';
import type { Response } from 'express';
import { RequirePermission } from '../../../security/access.decorators.js';
import { CurrentCaller } from '../../../security/current.decorators.js';
import { ApiCredentials, ApiErrors, ApiExecutionId, EXECUTION_PAGE_HEADERS } from '../api-documentation.js';
import { setPageHeaders, toPageOfMany } from '../input/pages.js';
import { SchedulerQuery, UuidParam } from '../input/scheduler-input.js';
import { ExecutionFacetsQuery, ExecutionListQuery } from './execution.dto.js';
import { presentFacets, toFacetsRequest } from './execution-facets.mapping.js';
import { ExecutionFacetsResponse } from './execution-facets.responses.js';
import { presentExecution, presentExecutionDetail, presentExecutionPage } from './execution.presenter.js';
import { toCursor, toExecutionFilter } from './execution.request-mapper.js';
import { ExecutionDetailResponse, ExecutionListResponse, ExecutionResponse } from './execution.responses.js';

@ApiTags('Executions')
@ApiCredentials()
@Controller('api/v1/scheduler/executions')
export class ExecutionsController {
  constructor(
    private readonly reader: ExecutionReader,
    private readonly cancelExecution: CancelExecution,
    private readonly jobs: JobReader,
    private readonly clock: Clock,
  ) {}

  @Get()
  @RequirePermission('TaskRead')
  @ApiOperation({ summary: 'List All Executions', description: 'Get execution history across all jobs.' })
  @ApiOkResponse({ type: ExecutionListResponse, headers: EXECUTION_PAGE_HEADERS })
  @ApiErrors(422)
  async list(
    @SchedulerQuery() query: ExecutionListQuery,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ExecutionListResponse> {
    const page = toPageOfMany(query, 50);
    const found = await this.reader.list(toExecutionFilter(query, this.clock.now()), page, toCursor(query));
    setPageHeaders(response, page, found.total);
    return presentExecutionPage(found);
  }

  @Get('facets')
  @RequirePermission('TaskRead')
  @ApiOperation({ summary: 'Get Execution Facets', description: 'What the filters of the list match, divided by time, status, trigger, function, queue, job and worker. The last 24 hours by default.' })
  @ApiOkResponse({ type: ExecutionFacetsResponse })
  @ApiErrors(422)
  async facets(@SchedulerQuery() query: ExecutionFacetsQuery): Promise<ExecutionFacetsResponse> {
    const request = toFacetsRequest(query, this.clock.now());
    return presentFacets(request, await this.reader.facets(request.filter, request.bucketMs));
  }

  @Get(':execution_id')
  @RequirePermission('TaskRead')
  @ApiOperation({ summary: 'Get Execution', description: 'Get one execution with all its attempts, its job and its neighbours.' })
  @ApiExecutionId()
  @ApiOkResponse({ type: ExecutionDetailResponse })
  @ApiErrors(404, 422)
  async get(@UuidParam('execution_id') executionId: ExecutionId): Promise<ExecutionDetailResponse> {
    const detail = await this.reader.detail(executionId);
    const { execution } = detail;
    const [neighbours, job] = await Promise.all([this.reader.neighbours(execution), this.jobs.summary(execution.jobId)]);
    return presentExecutionDetail(detail, neighbours, job);
  }

  @Post(':execution_id/cancel')
  @HttpCode(200)
  @RequirePermission('TaskWrite')
  @ApiOperation({
    summary: 'Cancel Execution',
    description: 'Stop an execution. One that waits ends at once; of one that runs the whole process tree is stopped within seconds, and `cancelRequestedAt` is set until then.',
  })
  @ApiExecutionId()
  @ApiOkResponse({ type: ExecutionResponse })
  @ApiErrors(404, 409, 422)
  async cancel(
    @UuidParam('execution_id') executionId: ExecutionId,
    @CurrentCaller() caller: Caller,
  ): Promise<ExecutionResponse> {
    await this.cancelExecution.execute(executionId, caller);
    return presentExecution(await this.reader.get(executionId));
  }
}
