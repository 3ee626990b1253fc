import { Controller, Get, Headers, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Principal } from '#application/identity/principal.js';
import { parseTopics } from '#application/live/topics.js';
import type { Request, Response } from 'express';
import { RequirePermission } from '../../../security/access.decorators.js';
import { CurrentPrincipal } from '../../../security/current.decorators.js';
import { ApiCredentials, ApiErrors } from '../api-documentation.js';
import { SchedulerQuery } from '../input/scheduler-input.js';
import { CHANGE_STREAM_EXAMPLE, ChangeStreams } from './change-streams.js';
import { StreamQuery } from './stream.dto.js';

@ApiTags('Changes')
@ApiCredentials()
@Controller('api/v1/scheduler/stream')
export class StreamController {
  constructor(private readonly streams: ChangeStreams) {}

  @Get()
  @RequirePermission('TaskRead')
  @ApiOperation({
    summary: 'Follow Changes',
    description: 'Server-sent events: `ready` once the stream knows where it starts from, and `change` with the topics that changed since, at most two a second. From `ready` on nothing is missed; what was read before it may be old. Reconnecting with `Last-Event-ID` tells what changed meanwhile. Streams end after 15 minutes; browsers reconnect by themselves. One user or API key has at most eight.',
  })
  @ApiHeader({ name: 'Last-Event-ID', required: false, description: 'Id of the last event that was received.', schema: { type: 'string' } })
  @ApiProduces('text/event-stream')
  @ApiOkResponse({ description: 'Events.', content: { 'text/event-stream': { schema: { type: 'string' }, example: CHANGE_STREAM_EXAMPLE } } })
  @ApiErrors(422, 429)
  async follow(
    @SchedulerQuery() query: StreamQuery,
    @Headers('last-event-id') lastEventId: string | undefined,
    @CurrentPrincipal() principal: Principal,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const caller = principal.apiKeyId ?? principal.userId ?? 'anonymous';
    const topics = parseTopics(query.topics) ?? [];
    await this.streams.follow({ topics, caller, lastEventId, isHead: request.method === 'HEAD' }, response);
  }
}
