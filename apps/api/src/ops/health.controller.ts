import { Controller, Get, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import { Clock } from '#domain/clock.js';
import type { Response } from 'express';
import { Public } from '../security/access.decorators.js';
import { HealthResponse, LivenessResponse, ReadinessResponse } from './health.responses.js';
import { ReadinessCheck } from './readiness.js';

@ApiTags('Health')
@Public()
@Controller('health')
export class HealthController {
  constructor(
    private readonly readiness: ReadinessCheck,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Health Check', description: 'Basic health check endpoint (no authentication required).' })
  @ApiOkResponse({ type: HealthResponse })
  health(): HealthResponse {
    return { success: true, data: { status: 'healthy', timestamp: this.timestamp() } };
  }

  @Get('live')
  @ApiOperation({ summary: 'Liveness', description: 'The process answers. It never asks the database, so that a broken database does not restart the API.' })
  @ApiOkResponse({ type: LivenessResponse })
  live(): LivenessResponse {
    return { status: 'alive', timestamp: this.timestamp() };
  }

  @Get('ready')
  @ApiOperation({ summary: 'Readiness', description: 'Whether requests should come here, and what is wrong if not.' })
  @ApiOkResponse({ type: ReadinessResponse })
  @ApiServiceUnavailableResponse({ type: ReadinessResponse, description: 'A part is not reachable, or jobs fire late.' })
  async ready(@Res({ passthrough: true }) response: Response): Promise<ReadinessResponse> {
    const { status, checks } = await this.readiness.execute();
    response.status(status === 'ready' ? 200 : 503);
    return { status, checks, timestamp: this.timestamp() };
  }

  private timestamp(): string {
    return this.clock.now().toISOString();
  }
}
