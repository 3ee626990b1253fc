import { Controller, Delete, Get, Patch, Post, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiSecurity, ApiTags } from '@nestjs/swagger';
import { ExecutionReader } from '#application/executions/execution-reader.js';
import type { Caller } from '#application/identity/caller.js';
import { JobReader } from '#application/jobs/job-reader.js';
import { JobWriter } from '#application/jobs/job-writer.js';
import { StatisticsRepository } from '#application/statistics/statistics.repository.js';
import { ValidatedBody, ValidatedPath, ValidatedQuery } from '../../../http/input.pipe.js';
import { RequirePermission } from '../../../security/access.decorators.js';
import { CurrentCaller } from '../../../security/current.decorators.js';
import { ApiSettings } from '../../../api-settings.js';
import { ApiEnvelope } from '../envelope.schema.js';
import { envelope, type Envelope } from '../envelope.js';
import { toPage } from '../pages/page.request-mapper.js';
import { statusesOf } from '../runs/task-run.status.js';
import { TaskFinder } from './task-finder.js';
import { CreateTaskRequest, NumberPath, TaskListQuery, UpdateTaskRequest } from './task.dto.js';
import { presentTask, presentTaskDetail, presentTaskPage } from './task.presenter.js';
import { toNewTask, toTaskChange, toTaskFilter } from './task.request-mapper.js';
import { TaskData, TaskDetailData, TaskPageData } from './task.responses.js';

const RECENT_RUNS = { page: 1, perPage: 10 };

@ApiTags('Tasks')
@ApiBearerAuth()
@ApiSecurity('api-key')
@Controller('api/tasks')
export class TasksController {
  constructor(
    private readonly find: TaskFinder,
    private readonly reader: JobReader,
    private readonly writer: JobWriter,
    private readonly executions: ExecutionReader,
    private readonly statistics: StatisticsRepository,
    private readonly settings: ApiSettings,
  ) {}

  @Post()
  @RequirePermission('TaskWrite')
  @ApiOperation({ summary: 'Create Task', description: 'Failed runs are tried again after 5 s, 10 s, 20 s … up to 10 minutes, ± 10 %, unless the installation says otherwise.' })
  @ApiEnvelope(TaskData, 201)
  async create(@ValidatedBody() body: CreateTaskRequest, @CurrentCaller() caller: Caller): Promise<Envelope<TaskData>> {
    const taskFunctionId = await this.find.taskFunctionId(body.task_type);
    const { id } = await this.writer.create(toNewTask(body, taskFunctionId, this.settings.environment.taskRetry), caller);
    return envelope(presentTask(await this.reader.summary(id)));
  }

  @Get()
  @RequirePermission('TaskRead')
  @ApiOperation({ summary: 'List Tasks', description: 'Newest first. Every job of the platform is a task here.' })
  @ApiEnvelope(TaskPageData)
  async list(@ValidatedQuery() query: TaskListQuery): Promise<Envelope<TaskPageData>> {
    const page = toPage(query);
    const { items, counts } = await this.reader.list(toTaskFilter(query), page);
    return envelope(presentTaskPage(items, counts.total, page));
  }

  @Get(':id')
  @RequirePermission('TaskRead')
  @ApiOperation({ summary: 'Get Task Details' })
  @ApiEnvelope(TaskDetailData)
  async get(@ValidatedPath() path: NumberPath): Promise<Envelope<TaskDetailData>> {
    const jobId = await this.find.jobId(path.id);
    const [job, recent, statistics] = await Promise.all([
      this.reader.summary(jobId),
      this.executions.list({ jobId, statuses: statusesOf(undefined) }, RECENT_RUNS),
      this.statistics.ofJob(jobId),
    ]);
    return envelope(presentTaskDetail(job, recent.items, statistics));
  }

  @Put(':id')
  @RequirePermission('TaskWrite')
  @ApiOperation({ summary: 'Update Task', description: 'Members that are left out keep their values.' })
  @ApiBody({ type: UpdateTaskRequest })
  @ApiEnvelope(TaskData)
  async replace(
    @ValidatedPath() path: NumberPath,
    @ValidatedBody() body: UpdateTaskRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<Envelope<TaskData>> {
    return this.change(path.id, body, caller);
  }

  @Patch(':id')
  @RequirePermission('TaskWrite')
  @ApiOperation({ summary: 'Partial Update Task', description: 'At least one known member.' })
  @ApiBody({ type: UpdateTaskRequest })
  @ApiEnvelope(TaskData)
  async update(
    @ValidatedPath() path: NumberPath,
    @ValidatedBody() body: UpdateTaskRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<Envelope<TaskData>> {
    return this.change(path.id, body, caller);
  }

  @Delete(':id')
  @RequirePermission('TaskDelete')
  @ApiOperation({ summary: 'Delete Task', description: 'With its run history. Not while a run is active or another task depends on it.' })
  @ApiEnvelope(null)
  async delete(@ValidatedPath() path: NumberPath, @CurrentCaller() caller: Caller): Promise<Envelope<null>> {
    await this.writer.delete(await this.find.jobId(path.id), caller, 'refuse');
    return envelope(null);
  }

  private async change(number: number, body: UpdateTaskRequest, caller: Caller): Promise<Envelope<TaskData>> {
    const jobId = await this.find.jobId(number);
    const taskType = body.task_type ?? undefined;
    const taskFunctionId = taskType === undefined ? undefined : await this.find.taskFunctionId(taskType);
    await this.writer.update(jobId, toTaskChange(body, await this.reader.summary(jobId), taskFunctionId), caller);
    return envelope(presentTask(await this.reader.summary(jobId)));
  }
}
