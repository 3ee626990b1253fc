import { Controller, Get, Headers, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { ExecutionReader } from '#application/executions/execution-reader.js';
import type { ExecutionId } from '#domain/ids.js';
import type { Request, Response } from 'express';
import { RequirePermission } from '../../../security/access.decorators.js';
import { ApiCredentials, ApiErrors, ApiExecutionId } from '../api-documentation.js';
import { SchedulerQuery, UuidParam } from '../input/scheduler-input.js';
import { LogDownloadQuery, LogPageQuery, LogStreamQuery } from './execution.dto.js';
import { presentLogPage } from './execution.presenter.js';
import { toLogFilter, toLogPage, toStreamStart } from './execution.request-mapper.js';
import { LogPageResponse } from './execution.responses.js';
import { sendFile, textOf } from './file-answer.js';
import { LOG_STREAM_EXAMPLE, LogStreams } from './log-streams.js';

@ApiTags('Execution logs')
@ApiCredentials()
@Controller('api/v1/scheduler/executions/:execution_id/logs')
export class ExecutionLogsController {
  constructor(
    private readonly reader: ExecutionReader,
    private readonly streams: LogStreams,
  ) {}

  @Get()
  @RequirePermission('TaskRead')
  @ApiOperation({ summary: 'Get Execution Logs', description: 'Get stored output, paged by sequence number, from its start or from its end.' })
  @ApiExecutionId()
  @ApiOkResponse({ type: LogPageResponse })
  @ApiErrors(404, 422)
  async list(
    @UuidParam('execution_id') executionId: ExecutionId,
    @SchedulerQuery() query: LogPageQuery,
  ): Promise<LogPageResponse> {
    const [place, filter] = [toLogPage(query), toLogFilter(query)];
    if (place.direction === 'forward') return presentLogPage(executionId, await this.reader.logs(executionId, place.after, place.limit + 1, filter), place);
    const found = await this.reader.logsBefore(executionId, place.before, place.limit + 1, filter);
    return presentLogPage(executionId, found, place, place.before === null ? await this.reader.countLogLines(executionId, filter) : null);
  }

  @Get('download')
  @RequirePermission('TaskRead')
  @ApiOperation({ summary: 'Download Execution Logs', description: 'All stored output as one text.' })
  @ApiExecutionId()
  @ApiProduces('text/plain')
  @ApiOkResponse({ description: 'The text.', content: { 'text/plain': { schema: { type: 'string' }, example: 'synced 150 users\n' } } })
  @ApiErrors(404, 422)
  async download(
    @UuidParam('execution_id') executionId: ExecutionId,
    @SchedulerQuery() query: LogDownloadQuery,
    @Res() response: Response,
  ): Promise<void> {
    const { number } = await this.reader.get(executionId);
    const file = { name: `execution-${String(number)}.log`, type: 'text/plain; charset=utf-8' };
    await sendFile(response, file, textOf(this.reader.allLogs(executionId, toLogFilter(query)), ({ message }) => message));
  }

  @Get('stream')
  @RequirePermission('TaskRead')
  @ApiOperation({
    summary: 'Follow Execution Logs',
    description: 'Server-sent events: `log` per stored chunk with its sequence number as event id, and `end` with the final status once the execution is over. Reconnecting with `Last-Event-ID` goes on where the stream broke. Streams end after 15 minutes; browsers reconnect by themselves.',
  })
  @ApiExecutionId()
  @ApiHeader({ name: 'Last-Event-ID', required: false, description: 'Sequence number of the last event that was received.', schema: { type: 'integer' } })
  @ApiProduces('text/event-stream')
  @ApiOkResponse({ description: 'Events.', content: { 'text/event-stream': { schema: { type: 'string' }, example: LOG_STREAM_EXAMPLE } } })
  @ApiErrors(404, 422, 429)
  async stream(
    @UuidParam('execution_id') executionId: ExecutionId,
    @SchedulerQuery() query: LogStreamQuery,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const after = toStreamStart(lastEventId, query.after);
    await this.streams.follow({ executionId, after, isHead: request.method === 'HEAD' }, response);
  }
}
