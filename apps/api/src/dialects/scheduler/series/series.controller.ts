import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { JobReader } from '#application/jobs/job-reader.js';
import { SeriesRepository } from '#application/series/series.repository.js';
import { Clock } from '#domain/clock.js';
import { RequirePermission } from '../../../security/access.decorators.js';
import { ApiCredentials, ApiErrors } from '../api-documentation.js';
import { SchedulerQuery } from '../input/scheduler-input.js';
import { SeriesQuery } from './series.dto.js';
import { presentSeries } from './series.presenter.js';
import { toSeriesRequest } from './series.request-mapper.js';
import { SeriesResponse } from './series.responses.js';

@ApiTags('Overview')
@ApiCredentials()
@Controller('api/v1/scheduler/series')
export class SeriesController {
  constructor(
    private readonly series: SeriesRepository,
    private readonly jobs: JobReader,
    private readonly clock: Clock,
  ) {}

  @Get()
  @RequirePermission('TaskRead')
  @ApiOperation({ summary: 'Get Series', description: 'How many executions ended how, and how long they took, over time. Runs count at their end, skipped occurrences at their own instant.' })
  @ApiOkResponse({ type: SeriesResponse })
  @ApiErrors(404, 422)
  async read(@SchedulerQuery() query: SeriesQuery): Promise<SeriesResponse> {
    const request = toSeriesRequest(query, this.clock.now());
    if (request.jobId !== null) await this.jobs.summary(request.jobId);
    return presentSeries(await this.series.read(request));
  }
}
