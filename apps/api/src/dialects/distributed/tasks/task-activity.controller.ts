import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiSecurity, ApiTags } from '@nestjs/swagger';
import { ExecutionReader } from '#application/executions/execution-reader.js';
import { TriggerJob } from '#application/executions/trigger-job.js';
import type { Caller } from '#application/identity/caller.js';
import { StatisticsRepository } from '#application/statistics/statistics.repository.js';
import { ValidatedPath, ValidatedQuery } from '../../../http/input.pipe.js';
import { RequirePermission } from '../../../security/access.decorators.js';
import { CurrentCaller } from '../../../security/current.decorators.js';
import { ApiEnvelope } from '../envelope.schema.js';
import { envelope, type Envelope } from '../envelope.js';
import { toPage } from '../pages/page.request-mapper.js';
import { presentTaskRunPage } from '../runs/task-run.presenter.js';
import { TaskRunPageData } from '../runs/task-run.responses.js';
import { TaskFinder } from './task-finder.js';
import { NumberPath, TaskRunListQuery } from './task.dto.js';
import { presentTaskStats, presentTriggered } from './task.presenter.js';
import { toRunFilter } from './task.request-mapper.js';
import { TaskStatsData, TaskTriggeredData } from './task.responses.js';

@ApiTags('Tasks')
@ApiBearerAuth()
@ApiSecurity('api-key')
@Controller('api/tasks/:id')
export class TaskActivityController {
  constructor(
    private readonly find: TaskFinder,
    private readonly triggerJob: TriggerJob,
    private readonly executions: ExecutionReader,
    private readonly statistics: StatisticsRepository,
  ) {}

  @Post('trigger')
  @HttpCode(200)
  @RequirePermission('TaskWrite')
  @ApiOperation({ summary: 'Trigger Task', description: 'Starts a run now, beside the schedule. Refused while a dependency is not met.' })
  @ApiEnvelope(TaskTriggeredData)
  async trigger(@ValidatedPath() path: NumberPath, @CurrentCaller() caller: Caller): Promise<Envelope<TaskTriggeredData>> {
    const { executionId } = await this.triggerJob.execute(await this.find.jobId(path.id), caller);
    return envelope(presentTriggered(await this.executions.get(executionId), path.id));
  }

  @Get('runs')
  @RequirePermission('TaskRead')
  @ApiOperation({ summary: 'Get Task Runs', description: 'Newest start first.' })
  @ApiEnvelope(TaskRunPageData)
  async runs(@ValidatedPath() path: NumberPath, @ValidatedQuery() query: TaskRunListQuery): Promise<Envelope<TaskRunPageData>> {
    const page = toPage(query);
    const { items, total } = await this.executions.list(toRunFilter(query, await this.find.jobId(path.id)), page);
    return envelope(presentTaskRunPage(items, path.id, total.count, page));
  }

  @Get('stats')
  @RequirePermission('TaskRead')
  @ApiOperation({ summary: 'Get Task Execution Statistics' })
  @ApiEnvelope(TaskStatsData)
  async stats(@ValidatedPath() path: NumberPath): Promise<Envelope<TaskStatsData>> {
    return envelope(presentTaskStats(await this.statistics.ofJob(await this.find.jobId(path.id))));
  }
}
