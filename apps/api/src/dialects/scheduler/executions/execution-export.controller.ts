import { Controller, Get, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { ExecutionReader } from '#application/executions/execution-reader.js';
import { Clock } from '#domain/clock.js';
import type { Response } from 'express';
import { RequirePermission } from '../../../security/access.decorators.js';
import { ApiCredentials, ApiErrors } from '../api-documentation.js';
import { SchedulerQuery } from '../input/scheduler-input.js';
import { ExecutionExportQuery } from './execution.dto.js';
import { EXPORTS } from './execution-export.js';
import { toExecutionFilter } from './execution.request-mapper.js';
import { sendFile, textOf } from './file-answer.js';

/** Executions in a file. */
const EXPORT_LIMIT = 100_000;

const TEXT = { schema: { type: 'string' } } as const;

@ApiTags('Executions')
@ApiCredentials()
@Controller('api/v1/scheduler/executions/export')
export class ExecutionExportController {
  constructor(
    private readonly reader: ExecutionReader,
    private readonly clock: Clock,
  ) {}

  @Get()
  @RequirePermission('TaskRead')
  @ApiOperation({ summary: 'Export Executions', description: 'What the filters of the list match as a file, newest first, at most 100,000. A file that breaks off is not whole: the connection is cut.' })
  @ApiProduces('text/csv', 'application/x-ndjson')
  @ApiOkResponse({ description: 'The file.', content: { 'text/csv': TEXT, 'application/x-ndjson': TEXT } })
  @ApiErrors(422)
  async export(@SchedulerQuery() query: ExecutionExportQuery, @Res() response: Response): Promise<void> {
    const now = this.clock.now();
    const format = query.format ?? 'csv';
    const { type, head, line } = EXPORTS[format];
    const found = this.reader.all(toExecutionFilter(query, now), EXPORT_LIMIT);
    const name = `executions-${now.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}.${format}`;
    await sendFile(response, { name, type }, headed(head, textOf(found, line)));
  }
}

async function* headed(head: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  if (head !== '') yield head;
  yield* rest;
}
