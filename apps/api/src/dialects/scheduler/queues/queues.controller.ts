import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { QueueReader } from '#application/queues/queue-reader.js';
import { PlatformFacts } from '#application/system/platform-facts.js';
import { RequirePermission } from '../../../security/access.decorators.js';
import { ApiCredentials, ApiErrors } from '../api-documentation.js';
import { presentQueues } from './queue.presenter.js';
import { QueueListResponse } from './queue.responses.js';

@ApiTags('Queues')
@ApiCredentials()
@Controller('api/v1/scheduler/queues')
export class QueuesController {
  constructor(
    private readonly reader: QueueReader,
    private readonly platform: PlatformFacts,
  ) {}

  @Get()
  @RequirePermission('SystemRead')
  @ApiOperation({ summary: 'List Queues', description: 'The queues that executions go through: what waits by the ledger, who serves it, and what the message queue holds.' })
  @ApiOkResponse({ type: QueueListResponse })
  @ApiErrors()
  async list(): Promise<QueueListResponse> {
    return presentQueues(this.platform, await this.reader.list());
  }
}
