import { Controller, Get } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiSecurity, ApiTags } from '@nestjs/swagger';
import { WorkerReader } from '#application/workers/worker-reader.js';
import { ValidatedPath, ValidatedQuery } from '../../../http/input.pipe.js';
import { RequirePermission } from '../../../security/access.decorators.js';
import { ApiEnvelope } from '../envelope.schema.js';
import { envelope, type Envelope } from '../envelope.js';
import { toPage } from '../pages/page.request-mapper.js';
import { WorkerListQuery, WorkerPath } from './worker.dto.js';
import { presentWorker, presentWorkerPage, presentWorkerStats } from './worker.presenter.js';
import { WorkerData, WorkerPageData, WorkerStatsData } from './worker.responses.js';

@ApiTags('Workers')
@ApiBearerAuth()
@ApiSecurity('api-key')
@RequirePermission('WorkerRead')
@Controller('api/workers')
export class WorkersController {
  constructor(private readonly workers: WorkerReader) {}

  @Get()
  @ApiOperation({ summary: 'List Workers', description: 'Newest start first. A worker stays listed for a day after it went down.' })
  @ApiEnvelope(WorkerPageData)
  async list(@ValidatedQuery() query: WorkerListQuery): Promise<Envelope<WorkerPageData>> {
    const page = toPage(query);
    const filter = query.status === undefined ? {} : { isAlive: query.status === 'Alive' };
    const { items, total } = await this.workers.list(filter, page);
    return envelope(presentWorkerPage(items, total, page));
  }

  @Get(':id')
  @ApiOperation({ summary: 'Get Worker Details' })
  @ApiEnvelope(WorkerData)
  async get(@ValidatedPath() path: WorkerPath): Promise<Envelope<WorkerData>> {
    return envelope(presentWorker(await this.workers.get(path.id)));
  }

  @Get(':id/stats')
  @ApiOperation({ summary: 'Get Worker Statistics' })
  @ApiEnvelope(WorkerStatsData)
  async stats(@ValidatedPath() path: WorkerPath): Promise<Envelope<WorkerStatsData>> {
    const { worker, statistics } = await this.workers.statisticsOf(path.id);
    return envelope(presentWorkerStats(worker, statistics));
  }
}
