import { Controller, Delete, Get, Headers, HttpCode, Post, Put, Res } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiHeader, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '#application/identity/caller.js';
import { JobReader } from '#application/jobs/job-reader.js';
import { JobWriter } from '#application/jobs/job-writer.js';
import type { JobId } from '#domain/ids.js';
import type { Response } from 'express';
import { RequirePermission } from '../../../security/access.decorators.js';
import { CurrentCaller } from '../../../security/current.decorators.js';
import { ApiCredentials, ApiErrors, ApiJobId, BODY_ERRORS, JOB_TAG_HEADER, PAGE_HEADERS } from '../api-documentation.js';
import { setPageHeaders, toPage } from '../input/pages.js';
import { SchedulerBody, SchedulerQuery, UuidParam } from '../input/scheduler-input.js';
import { CreateJobRequest, JobListQuery, UpdateJobRequest, type JobFields } from './job.dto.js';
import { CREATE_EXAMPLES, UPDATE_EXAMPLES } from './job.examples.js';
import { presentJobDetail } from './job-detail.presenter.js';
import { presentJob, presentJobList } from './job.presenter.js';
import { toJobChange, toJobFilter, toJobOrder, toNewJob } from './job.request-mapper.js';
import { JobDetailResponse, JobListResponse, JobResponse } from './job.responses.js';
import { jobTag, toExpectation } from './job-tag.js';

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
    const job = await this.writer.create(toNewJob(body, await this.dependencies(body)), caller);
    return presentJob(await this.reader.summary(job.id));
  }

  @Get(':job_id')
  @RequirePermission('TaskRead')
  @ApiOperation({ summary: 'Get Scheduled Job', description: 'Get a single scheduled job with full details.' })
  @ApiJobId()
  @ApiOkResponse({ type: JobDetailResponse, headers: JOB_TAG_HEADER })
  @ApiErrors(404, 422)
  async get(@UuidParam('job_id') jobId: JobId, @Res({ passthrough: true }) response: Response): Promise<JobDetailResponse> {
    return this.detail(jobId, response);
  }

  @Put(':job_id')
  @RequirePermission('TaskWrite')
  @ApiOperation({ summary: 'Update Scheduled Job', description: 'Update an existing scheduled job. All fields are optional. After the answer nothing starts under the old definition.' })
  @ApiJobId()
  @ApiBody({ type: UpdateJobRequest, examples: UPDATE_EXAMPLES })
  @ApiHeader({ name: 'If-Match', required: false, description: '`ETag` of the job as the caller knows it: the change is refused with 412 when somebody else changed the job meanwhile.', schema: { type: 'string' } })
  @ApiOkResponse({ type: JobDetailResponse, headers: JOB_TAG_HEADER })
  @ApiErrors(...BODY_ERRORS, 404, 412)
  async update(
    @UuidParam('job_id') jobId: JobId,
    @SchedulerBody() body: UpdateJobRequest,
    @Headers('if-match') ifMatch: string | undefined,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<JobDetailResponse> {
    const change = toJobChange(body, await this.dependencies(body));
    await this.writer.update(jobId, change, caller, toExpectation(ifMatch));
    return this.detail(jobId, response);
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

  private async detail(jobId: JobId, response: Response): Promise<JobDetailResponse> {
    const job = await this.reader.detail(jobId);
    response.setHeader('ETag', jobTag(job));
    return presentJobDetail(job);
  }

  private async dependencies({ dependsOn }: JobFields): Promise<number[] | undefined> {
    if (dependsOn === undefined) return undefined;
    return this.reader.dependencyNumbers(dependsOn.map((id) => id.toLowerCase() as JobId));
  }
}
