import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ExecutionReader } from '#application/executions/execution-reader.js';
import { TriggerJob } from '#application/executions/trigger-job.js';
import type { Caller } from '#application/identity/caller.js';
import { ValidatedQuery } from '../../http/input.pipe.js';
import { OpenWhenAnonymous, RequirePermission } from '../../security/access.decorators.js';
import { CurrentCaller } from '../../security/current.decorators.js';
import { ApiCredentials, ApiEnvelope, ApiErrors, ApiTaskId } from './api-documentation.js';
import { envelope, type Envelope } from './envelope.js';
import { HistoryQuery } from './task.dto.js';
import { TaskFinder } from './task-finder.js';
import { presentExecution, presentStarted } from './task.presenter.js';
import { toLimit } from './task.request-mapper.js';
import { ExecutionHistory, StartedExecution } from './task.responses.js';

/** The document knows no conflict: a disabled task runs once, and a run that finds another one going waits for it. */
const BY_HAND = { evenIfDisabled: true, waitForSlot: true } as const;

@ApiTags('Executions')
@ApiCredentials()
@OpenWhenAnonymous('timer4tasker')
@Controller('api/v1/tasks/:task_id')
export class TaskExecutionsController {
  constructor(
    private readonly tasks: TaskFinder,
    private readonly triggerJob: TriggerJob,
    private readonly executions: ExecutionReader,
  ) {}

  @Post('execute')
  @HttpCode(200)
  @RequirePermission('TaskWrite')
  @ApiOperation({ summary: 'Execute Task Manually', description: 'Also while the task is disabled. While another execution of the task is going, the new one waits for its end, and is `running` in the words of this API.' })
  @ApiTaskId()
  @ApiEnvelope(200, StartedExecution)
  @ApiErrors(400, 404)
  async execute(@Param('task_id') taskId: string, @CurrentCaller() caller: Caller): Promise<Envelope<StartedExecution>> {
    const job = await this.tasks.get(taskId);
    const { executionId } = await this.triggerJob.execute(job.id, caller, undefined, BY_HAND);
    return envelope(presentStarted(await this.executions.get(executionId)), 'Task execution started');
  }

  @Get('executions')
  @RequirePermission('TaskRead')
  @ApiOperation({ summary: 'Get Task Execution History' })
  @ApiTaskId()
  @ApiEnvelope(200, ExecutionHistory)
  @ApiErrors(400, 404)
  async history(@Param('task_id') taskId: string, @ValidatedQuery() query: HistoryQuery): Promise<Envelope<ExecutionHistory>> {
    const job = await this.tasks.get(taskId);
    const executions = await this.executions.latestOfJob(job.id, toLimit(query));
    return envelope({ executions: executions.map(presentExecution) });
  }
}
