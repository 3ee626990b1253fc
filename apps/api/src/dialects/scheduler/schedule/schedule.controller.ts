import { Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { JobReader } from '#application/jobs/job-reader.js';
import { PreviewSchedule } from '#application/scheduling/preview-schedule.js';
import { RequirePermission } from '../../../security/access.decorators.js';
import { ApiCredentials, ApiErrors, BODY_ERRORS } from '../api-documentation.js';
import { SchedulerBody } from '../input/scheduler-input.js';
import { SchedulePreviewRequest } from './schedule.dto.js';
import { presentBusyMinute, presentPreview } from './schedule.presenter.js';
import { toJobId, toPreview } from './schedule.request-mapper.js';
import { SchedulePreviewResponse } from './schedule.responses.js';

@ApiTags('Schedules')
@ApiCredentials()
@Controller('api/v1/scheduler/schedule')
export class ScheduleController {
  constructor(
    private readonly previewSchedule: PreviewSchedule,
    private readonly jobs: JobReader,
  ) {}

  @Post('preview')
  @HttpCode(200)
  @RequirePermission('TaskRead')
  @ApiOperation({
    summary: 'Preview Schedule',
    description: 'Show what a schedule would do before it is saved: in words, and its next fire times in its zone and in UTC. A schedule that is not valid is answered with `valid: false`.',
  })
  @ApiOkResponse({ type: SchedulePreviewResponse })
  @ApiErrors(...BODY_ERRORS)
  async preview(@SchedulerBody() body: SchedulePreviewRequest): Promise<SchedulePreviewResponse> {
    const request = toPreview(body);
    const preview = this.previewSchedule.execute(request);
    const answer = presentPreview(request, preview);
    if (!answer.valid || !preview.isValid || body.withOtherJobs !== true) return answer;
    const instants = preview.occurrences.map(({ at }) => at);
    return { ...answer, busiestMinute: presentBusyMinute(await this.jobs.busiestMinute(instants, toJobId(body))) };
  }
}
