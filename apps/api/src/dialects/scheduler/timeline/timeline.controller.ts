import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ShowTimeline } from '#application/timeline/show-timeline.js';
import { RequirePermission } from '../../../security/access.decorators.js';
import { ApiCredentials, ApiErrors } from '../api-documentation.js';
import { SchedulerQuery } from '../input/scheduler-input.js';
import { TimelineQuery } from './timeline.dto.js';
import { presentTimeline } from './timeline.presenter.js';
import { DEFAULT_ROWS, toTimeRange } from './timeline.request-mapper.js';
import { TimelineResponse } from './timeline.responses.js';

@ApiTags('Overview')
@ApiCredentials()
@Controller('api/v1/scheduler/timeline')
export class TimelineController {
  constructor(private readonly showTimeline: ShowTimeline) {}

  @Get()
  @RequirePermission('TaskRead')
  @ApiOperation({ summary: 'Get Timeline', description: 'What ran and what will run in a span, job by job: executions by the instant that lists sort by, and occurrences to come as the planner would make them.' })
  @ApiOkResponse({ type: TimelineResponse })
  @ApiErrors(422)
  async show(@SchedulerQuery() query: TimelineQuery): Promise<TimelineResponse> {
    const timeline = await this.showTimeline.execute((now) => toTimeRange(query, now), query.limit ?? DEFAULT_ROWS);
    return presentTimeline(timeline);
  }
}
