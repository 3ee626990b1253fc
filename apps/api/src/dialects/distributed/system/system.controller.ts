import { Controller, Get } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiSecurity, ApiTags } from '@nestjs/swagger';
import { PlatformStatistics } from '#application/statistics/platform-statistics.js';
import { StoreHealth } from '#application/system/store-health.js';
import { Clock } from '#domain/clock.js';
import { RequirePermission } from '../../../security/access.decorators.js';
import { ApiEnvelope } from '../envelope.schema.js';
import { envelope, type Envelope } from '../envelope.js';
import { presentHealth, presentStats } from './system.presenter.js';
import { SystemHealthData, SystemStatsData } from './system.responses.js';

@ApiTags('System')
@ApiBearerAuth()
@ApiSecurity('api-key')
@RequirePermission('SystemRead')
@Controller('api/system')
export class SystemController {
  private readonly startedAtMs: number;

  constructor(
    private readonly stores: StoreHealth,
    private readonly statistics: PlatformStatistics,
    private readonly clock: Clock,
  ) {
    this.startedAtMs = clock.monotonicMs();
  }

  @Get('health')
  @ApiOperation({
    summary: 'System Health',
    description: 'Asks the database and the message queue. 503 DATABASE_ERROR or MESSAGE_QUEUE_ERROR when one does not answer within 3 seconds.',
  })
  @ApiEnvelope(SystemHealthData)
  async health(): Promise<Envelope<SystemHealthData>> {
    const report = await this.stores.check();
    return envelope(presentHealth(report, this.clock.monotonicMs() - this.startedAtMs, this.clock.now()));
  }

  @Get('stats')
  @ApiOperation({ summary: 'System Statistics' })
  @ApiEnvelope(SystemStatsData)
  async stats(): Promise<Envelope<SystemStatsData>> {
    return envelope(presentStats(await this.statistics.ofSystem()));
  }
}
