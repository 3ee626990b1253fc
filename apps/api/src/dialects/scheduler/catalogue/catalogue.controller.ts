import { Controller, Get, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { TaskFunctionRepository } from '#application/task-functions/task-function.repository.js';
import { JOB_TYPES } from '#application/task-functions/task-function.js';
import type { Response } from 'express';
import { RequirePermission } from '../../../security/access.decorators.js';
import { ApiCredentials, ApiErrors, PAGE_HEADERS } from '../api-documentation.js';
import { given } from '../input/given.js';
import { setPageHeaders, toPage } from '../input/pages.js';
import { SchedulerQuery } from '../input/scheduler-input.js';
import { TaskFunctionListQuery } from './catalogue.dto.js';
import { presentJobType, presentTaskFunction } from './catalogue.presenter.js';
import { JobTypeResponse, TaskFunctionListResponse } from './catalogue.responses.js';

@ApiTags('Task functions and job types')
@ApiCredentials()
@Controller('api/v1/scheduler')
export class CatalogueController {
  constructor(private readonly taskFunctions: TaskFunctionRepository) {}

  @Get('task-functions')
  @RequirePermission('TaskRead')
  @ApiOperation({ summary: 'List Task Functions', description: 'Get all available task functions that can be scheduled, by id.' })
  @ApiOkResponse({ type: TaskFunctionListResponse, headers: PAGE_HEADERS })
  @ApiErrors(422)
  async listTaskFunctions(
    @SchedulerQuery() query: TaskFunctionListQuery,
    @Res({ passthrough: true }) response: Response,
  ): Promise<TaskFunctionListResponse> {
    const page = toPage(query, 50);
    const { items, total } = await this.taskFunctions.list(given({ id: query.id, isActive: query.is_active, q: query.q }), page);
    setPageHeaders(response, page, { count: total });
    return { taskFunctions: items.map(presentTaskFunction), total };
  }

  @Get('job-types')
  @RequirePermission('TaskRead')
  @ApiOperation({ summary: 'List Job Types', description: 'Get all available job schedule types.' })
  @ApiOkResponse({ type: [JobTypeResponse] })
  @ApiErrors()
  listJobTypes(): JobTypeResponse[] {
    return JOB_TYPES.map(presentJobType);
  }
}
