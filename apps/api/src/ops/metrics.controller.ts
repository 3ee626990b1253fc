import { Controller, Get, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Metrics } from '#observability/metrics.js';
import type { Response } from 'express';
import { Public } from '../security/access.decorators.js';
import { PlatformTotals } from './platform-totals.js';

@ApiTags('Metrics')
@Public()
@Controller('metrics')
export class MetricsController {
  constructor(
    private readonly metrics: Metrics,
    private readonly totals: PlatformTotals,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Metrics', description: 'Prometheus-compatible metrics (no authentication required).' })
  @ApiOkResponse({ description: 'Prometheus text format.', content: { 'text/plain': { schema: { type: 'string' } } } })
  async render(@Res({ passthrough: true }) response: Response): Promise<string> {
    const totals = await this.totals.render();
    const own = await this.metrics.render();
    response.setHeader('Content-Type', this.metrics.contentType);
    return `${totals.trimEnd()}\n\n${own}`;
  }
}
