import { Controller, Get, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { WorkerReader } from '#application/workers/worker-reader.js';
import type { Response } from 'express';
import { RequirePermission } from '../../../security/access.decorators.js';
import { ApiCredentials, ApiErrors, PAGE_HEADERS } from '../api-documentation.js';
import { given } from '../input/given.js';
import { setPageHeaders, toPage } from '../input/pages.js';
import { SchedulerQuery, UuidParam } from '../input/scheduler-input.js';
import { WorkerListQuery } from './worker.dto.js';
import { presentWorker, presentWorkerDetail } from './worker.presenter.js';
import { WorkerDetailResponse, WorkerListResponse } from './worker.responses.js';

@ApiTags('Workers')
@ApiCredentials()
@Controller('api/v1/scheduler/workers')
export class WorkersController {
  constructor(private readonly reader: WorkerReader) {}

  @Get()
  @RequirePermission('WorkerRead')
  @ApiOperation({ summary: 'List Workers', description: 'Processes that run executions.' })
  @ApiOkResponse({ type: WorkerListResponse, headers: PAGE_HEADERS })
  @ApiErrors(422)
  async list(@SchedulerQuery() query: WorkerListQuery, @Res({ passthrough: true }) response: Response): Promise<WorkerListResponse> {
    const page = toPage(query, 20);
    const isAlive = query.status === undefined ? undefined : query.status === 'alive';
    const { items, total } = await this.reader.list(given({ isAlive }), page);
    setPageHeaders(response, page, { count: total });
    return { workers: items.map(presentWorker), total };
  }

  @Get(':worker_id')
  @RequirePermission('WorkerRead')
  @ApiOperation({ summary: 'Get Worker', description: 'A worker with what it has run and what it runs now.' })
  @ApiParam({ name: 'worker_id', description: 'Worker ID.', schema: { type: 'string', format: 'uuid' }, example: '01934f6e-0000-7cc1-8d7e-3f5c1c2b7a10' })
  @ApiOkResponse({ type: WorkerDetailResponse })
  @ApiErrors(404, 422)
  async get(@UuidParam('worker_id') workerId: string): Promise<WorkerDetailResponse> {
    return presentWorkerDetail(await this.reader.detail(workerId));
  }
}
