import { Controller, Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '#application/identity/caller.js';
import { JobReader } from '#application/jobs/job-reader.js';
import { JobWriter } from '#application/jobs/job-writer.js';
import { ValidatedBody, ValidatedQuery } from '../../http/input.pipe.js';
import { OpenWhenAnonymous, RequirePermission } from '../../security/access.decorators.js';
import { CurrentCaller } from '../../security/current.decorators.js';
import { ApiCredentials, ApiEnvelope, ApiErrors, ApiTaskId } from './api-documentation.js';
import { envelope, type EmptyEnvelope, type Envelope } from './envelope.js';
import { CreateTaskRequest, TaskListQuery, ToggleTaskRequest, UpdateTaskRequest } from './task.dto.js';
import { TaskFinder } from './task-finder.js';
import { presentCreated, presentDetail, presentPage, presentToggled, presentUpdated } from './task.presenter.js';
import { toActivity, toJobChange, toJobFilter, toNewJob, toPage } from './task.request-mapper.js';
import { CreatedTask, TaskDetail, TaskPage, ToggledTask, UpdatedTask } from './task.responses.js';

@ApiTags('Tasks')
@ApiCredentials()
@OpenWhenAnonymous('timer4tasker')
@Controller('api/v1/tasks')
export class TasksController {
  constructor(
    private readonly tasks: TaskFinder,
    private readonly reader: JobReader,
    private readonly writer: JobWriter,
  ) {}

  @Post()
  @RequirePermission('TaskWrite')
  @ApiOperation({ summary: 'Create Scheduled Task' })
  @ApiBody({ type: CreateTaskRequest })
  @ApiEnvelope(201, CreatedTask)
  @ApiErrors(400, 413)
  async create(@ValidatedBody() body: CreateTaskRequest, @CurrentCaller() caller: Caller): Promise<Envelope<CreatedTask>> {
    const job = await this.writer.create(toNewJob(body), caller);
    return envelope(presentCreated(await this.reader.summary(job.id)), 'Task created');
  }

  @Get()
  @RequirePermission('TaskRead')
  @ApiOperation({ summary: 'Get Task List' })
  @ApiEnvelope(200, TaskPage)
  @ApiErrors(400)
  async list(@ValidatedQuery() query: TaskListQuery): Promise<Envelope<TaskPage>> {
    const page = toPage(query);
    return envelope(presentPage(await this.reader.list(toJobFilter(query), page), page));
  }

  @Get(':task_id')
  @RequirePermission('TaskRead')
  @ApiOperation({ summary: 'Get Task Details' })
  @ApiTaskId()
  @ApiEnvelope(200, TaskDetail)
  @ApiErrors(404)
  async get(@Param('task_id') taskId: string): Promise<Envelope<TaskDetail>> {
    return envelope(presentDetail(await this.tasks.get(taskId)));
  }

  @Put(':task_id')
  @RequirePermission('TaskWrite')
  @ApiOperation({ summary: 'Update Task', description: 'Changes what is given; `config` is replaced as a whole. The type of a task cannot change: `task_type` is no member of this request and is ignored like any other unknown one.' })
  @ApiTaskId()
  @ApiBody({ type: UpdateTaskRequest })
  @ApiEnvelope(200, UpdatedTask)
  @ApiErrors(400, 404, 413)
  async update(
    @Param('task_id') taskId: string,
    @ValidatedBody() body: UpdateTaskRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<Envelope<UpdatedTask>> {
    const job = await this.tasks.get(taskId);
    const changed = await this.writer.update(job.id, toJobChange(body, job), caller);
    return envelope(presentUpdated({ ...job, ...changed }), 'Task updated');
  }

  @Delete(':task_id')
  @RequirePermission('TaskDelete')
  @ApiOperation({ summary: 'Delete Task', description: 'Deletes the task with its history and stops what runs of it.' })
  @ApiTaskId()
  @ApiEnvelope(200, null)
  @ApiErrors(404)
  async delete(@Param('task_id') taskId: string, @CurrentCaller() caller: Caller): Promise<EmptyEnvelope> {
    const job = await this.tasks.get(taskId);
    await this.writer.delete(job.id, caller);
    return { success: true, message: 'Task deleted' };
  }

  @Post(':task_id/toggle')
  @HttpCode(200)
  @RequirePermission('TaskWrite')
  @ApiOperation({ summary: 'Toggle Task (Start/Stop)', description: 'Sets whether the schedule fires.' })
  @ApiTaskId()
  @ApiBody({ type: ToggleTaskRequest })
  @ApiEnvelope(200, ToggledTask)
  @ApiErrors(400, 404, 413)
  async toggle(
    @Param('task_id') taskId: string,
    @ValidatedBody() body: ToggleTaskRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<Envelope<ToggledTask>> {
    const job = await this.tasks.get(taskId);
    const changed = await this.writer.update(job.id, toActivity(body.enabled), caller);
    return envelope(presentToggled({ ...job, ...changed }), body.enabled ? 'Task enabled' : 'Task disabled');
  }
}
