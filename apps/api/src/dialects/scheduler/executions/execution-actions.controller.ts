import { Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ChangeExecutions } from '#application/executions/change-executions.js';
import { RerunExecution } from '#application/executions/rerun-execution.js';
import type { Caller } from '#application/identity/caller.js';
import type { ExecutionId } from '#domain/ids.js';
import { RequirePermission } from '../../../security/access.decorators.js';
import { CurrentCaller } from '../../../security/current.decorators.js';
import { ApiCredentials, ApiErrors, ApiExecutionId, BODY_ERRORS } from '../api-documentation.js';
import { OptionalSchedulerBody, SchedulerBody, UuidParam } from '../input/scheduler-input.js';
import { presentTriggered } from '../jobs/job.presenter.js';
import { TriggeredResponse } from '../jobs/job.responses.js';
import { BulkExecutionsRequest, RerunRequest } from './execution-actions.dto.js';
import { BulkExecutionsResponse } from './execution-actions.responses.js';

@ApiTags('Executions')
@ApiCredentials()
@Controller('api/v1/scheduler/executions')
export class ExecutionActionsController {
  constructor(
    private readonly rerunExecution: RerunExecution,
    private readonly changeExecutions: ChangeExecutions,
  ) {}

  @Post('bulk')
  @HttpCode(200)
  @RequirePermission('TaskWrite')
  @ApiOperation({ summary: 'Change Many Executions', description: 'Cancel many executions, or run them again, each by itself: what is refused for one of them does not keep the others from it.' })
  @ApiOkResponse({ type: BulkExecutionsResponse })
  @ApiErrors(...BODY_ERRORS)
  async change(@SchedulerBody() body: BulkExecutionsRequest, @CurrentCaller() caller: Caller): Promise<BulkExecutionsResponse> {
    const ids = body.ids.map((id) => id.toLowerCase() as ExecutionId);
    const { matched, changed, failed } = await this.changeExecutions.execute(body.action, ids, caller);
    return { matched, changed, failed: failed.map(({ id, reason }) => ({ id, detail: reason })) };
  }

  @Post(':execution_id/rerun')
  @HttpCode(200)
  @RequirePermission('TaskWrite')
  @ApiOperation({ summary: 'Run Execution Again', description: 'Trigger the job of an execution once more, with the arguments that the execution had.' })
  @ApiExecutionId()
  @ApiBody({ type: RerunRequest, required: false })
  @ApiOkResponse({ type: TriggeredResponse })
  @ApiErrors(...BODY_ERRORS, 404, 409)
  async rerun(
    @UuidParam('execution_id') executionId: ExecutionId,
    @OptionalSchedulerBody() body: RerunRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<TriggeredResponse> {
    const { jobId, ...triggered } = await this.rerunExecution.execute(executionId, caller, body.taskArgs ?? undefined);
    return presentTriggered(jobId, triggered);
  }
}
