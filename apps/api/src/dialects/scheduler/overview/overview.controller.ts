import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { principalMay, type Principal } from '#application/identity/principal.js';
import { OverviewRepository } from '#application/overview/overview.repository.js';
import { RequirePermission } from '../../../security/access.decorators.js';
import { CurrentPrincipal } from '../../../security/current.decorators.js';
import { ApiCredentials, ApiErrors } from '../api-documentation.js';
import { presentAttention, presentOverview } from './overview.presenter.js';
import { AttentionResponse, OverviewResponse } from './overview.responses.js';

/** Entries of each kind. */
const ATTENTION_LIMIT = 10;

@ApiTags('Overview')
@ApiCredentials()
@Controller('api/v1/scheduler/overview')
export class OverviewController {
  constructor(private readonly overviews: OverviewRepository) {}

  @Get()
  @RequirePermission('TaskRead')
  @ApiOperation({ summary: 'Get Overview', description: 'Jobs and executions in numbers, and what ended within the last two days. Ends count at the instant of the end, skipped occurrences at their own.' })
  @ApiOkResponse({ type: OverviewResponse })
  @ApiErrors()
  async overview(): Promise<OverviewResponse> {
    return presentOverview(await this.overviews.overview());
  }

  @Get('attention')
  @RequirePermission('TaskRead')
  @ApiOperation({ summary: 'Get What Needs Attention', description: 'At most ten of each kind, the most urgent first. Only administrators see API keys that are about to end.' })
  @ApiOkResponse({ type: AttentionResponse })
  @ApiErrors()
  async attention(@CurrentPrincipal() principal: Principal): Promise<AttentionResponse> {
    const attention = presentAttention(await this.overviews.attention(ATTENTION_LIMIT));
    return principalMay(principal, 'Admin') ? attention : { ...attention, expiringKeys: [] };
  }
}
