import { Controller, Delete, Get, HttpCode, Post, Put, Res } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '#application/identity/caller.js';
import { JobReader } from '#application/jobs/job-reader.js';
import { JobWriter } from '#application/jobs/job-writer.js';
import type { JobId } from '#domain/ids.js';
import type { Response } from 'express';
import { RequirePermission } from '../../../security/access.decorators.js';
import { CurrentCaller } from '../../../security/current.decorators.js';
import { ApiCredentials, ApiErrors, ApiJobId, BODY_ERRORS, PAGE_HEADERS } from '../api-documentation.js';
import { setPageHeaders, toPage } from '../input/pages.js';
import { SchedulerBody, SchedulerQuery, UuidParam } from '../input/scheduler-input.js';
import { CreateJobRequest, JobListQuery, UpdateJobRequest } from './job.dto.js';
import { CREATE_EXAMPLES, UPDATE_EXAMPLES } from './job.examples.js';
import { presentJob, presentJobDetail, presentJobList } from './job.presenter.js';
import { toJobChange, toJobFilter, toJobOrder, toNewJob } from './job.request-mapper.js';
import { JobDetailResponse, JobListResponse, JobResponse } from './job.responses.js';

@ApiTags('Scheduled jobs')
@ApiCredentials()
@Controller('api/v1/scheduler/jobs')
export class JobsController {
  constructor(
    private readonly reader: JobReader,
    private readonly writer: JobWriter,
  ) {}

  @Get()
  @RequirePermission('TaskRead')
  @ApiOperation({ summary: 'List Scheduled Jobs', description: 'Get all scheduled jobs with filtering, sorting and pagination.' })
  @ApiOkResponse({ type: JobListResponse, headers: PAGE_HEADERS })
  @ApiErrors(422)
  async list(
    @SchedulerQuery() query: JobListQuery,
    @Res({ passthrough: true }) response: Response,
  ): Promise<JobListResponse> {
    const page = toPage(query, 20);
    const list = await this.reader.list(toJobFilter(query), page, toJobOrder(query.sort));
    const recentRuns = query.include === 'recent' ? await this.reader.recentRuns(list.items.map(({ id }) => id)) : null;
    setPageHeaders(response, page, { count: list.counts.total });
    return presentJobList(list, recentRuns);
  }

  @Post()
  @RequirePermission('TaskWrite')
  @ApiOperation({ summary: 'Create Scheduled Job', description: 'Create a new scheduled job. Members may be written in camelCase or snake_case; unknown ones are ignored.' })
  @ApiBody({ type: CreateJobRequest, examples: CREATE_EXAMPLES })
  @ApiCreatedResponse({ type: JobResponse })
  @ApiErrors(...BODY_ERRORS)
  async create(@SchedulerBody() body: CreateJobRequest, @CurrentCaller() caller: Caller): Promise<JobResponse> {
    const job = await this.writer.create(toNewJob(body), caller);
    return presentJob(await this.reader.summary(job.id));
  }

  @Get(':job_id')
  @RequirePermission('TaskRead')
  @ApiOperation({ summary: 'Get Scheduled Job', description: 'Get a single scheduled job with full details.' })
  @ApiJobId()
  @ApiOkResponse({ type: JobDetailResponse })
  @ApiErrors(404, 422)
  async get(@UuidParam('job_id') jobId: JobId): Promise<JobDetailResponse> {
    return presentJobDetail(await this.reader.detail(jobId));
  }

  @Put(':job_id')
  @RequirePermission('TaskWrite')
  @ApiOperation({ summary: 'Update Scheduled Job', description: 'Update an existing scheduled job. All fields are optional. After the answer nothing starts under the old definition.' })
  @ApiJobId()
  @ApiBody({ type: UpdateJobRequest, examples: UPDATE_EXAMPLES })
  @ApiOkResponse({ type: JobDetailResponse })
  @ApiErrors(...BODY_ERRORS, 404)
  async update(
    @UuidParam('job_id') jobId: JobId,
    @SchedulerBody() body: UpdateJobRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<JobDetailResponse> {
    await this.writer.update(jobId, toJobChange(body), caller);
    return presentJobDetail(await this.reader.detail(jobId));
  }

  @Delete(':job_id')
  @HttpCode(204)
  @RequirePermission('TaskDelete')
  @ApiOperation({ summary: 'Delete Scheduled Job', description: 'Delete a scheduled job with its history. Jobs of system functions are protected, and so are jobs that others depend on.' })
  @ApiJobId()
  @ApiNoContentResponse({ description: 'Deleted.' })
  @ApiErrors(404, 409, 422)
  async delete(@UuidParam('job_id') jobId: JobId, @CurrentCaller() caller: Caller): Promise<void> {
    await this.writer.delete(jobId, caller);
  }
}
