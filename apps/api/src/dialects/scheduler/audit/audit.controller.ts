import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AuditTrail } from '#application/identity/audit-trail.js';
import { RequirePermission } from '../../../security/access.decorators.js';
import { ApiCredentials, ApiErrors } from '../api-documentation.js';
import { SchedulerQuery } from '../input/scheduler-input.js';
import { AuditQuery } from './audit.dto.js';
import { presentAuditPage } from './audit.presenter.js';
import { isHistoryOfJob, pageSizeOf, toAuditSearch } from './audit.request-mapper.js';
import { AuditPageResponse } from './audit.responses.js';

@ApiTags('Audit log')
@ApiCredentials()
@Controller('api/v1/scheduler/audit')
export class AuditController {
  constructor(private readonly trail: AuditTrail) {}

  @Get()
  @RequirePermission('Admin', { permission: 'TaskRead', when: isHistoryOfJob })
  @ApiOperation({
    summary: 'Search Audit Log',
    description: 'Who did what to what, newest first. For administrators; the history of one job (`object_type=job` with `object_id`) also needs no more than TaskRead.',
  })
  @ApiOkResponse({ type: AuditPageResponse })
  @ApiErrors(422)
  async search(@SchedulerQuery() query: AuditQuery): Promise<AuditPageResponse> {
    return presentAuditPage(await this.trail.search(toAuditSearch(query)), pageSizeOf(query));
  }
}
