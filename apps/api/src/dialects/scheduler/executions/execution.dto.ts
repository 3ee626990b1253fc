import { EXECUTION_STATUSES, TRIGGER_SOURCES, type ExecutionStatus, type TriggerSource } from '#domain/execution/status.js';
import { ChoiceField, ChoiceListField, InstantField, MAX_INTEGER, QueryInteger, QueryNumber, TextField, UuidField } from '../input/fields.js';
import { PageOf50Query } from '../input/page.dto.js';

const SECONDS = { minimum: 0, maximum: MAX_INTEGER / 1000, example: 1.5 };

/** The filters that lists, facets and exports of executions have in common, but for the job. */
export class JobExecutionFilterQuery extends PageOf50Query {
  @ChoiceListField({ description: 'Filter by status; several are separated by commas.', values: EXECUTION_STATUSES, example: 'success' })
  status?: ExecutionStatus[];

  @ChoiceListField({ description: 'Filter by what made them; several are separated by commas.', values: TRIGGER_SOURCES, example: 'manual,api' })
  trigger?: TriggerSource[];

  @QueryInteger({ description: 'Filter by task function.', minimum: 0, maximum: MAX_INTEGER, example: 1 })
  task_function_id?: number;

  @TextField({ description: 'Filter by queue, exactly.', minLength: 0, maxLength: 100, example: 'ad_queue' })
  queue?: string;

  @UuidField({ description: 'Filter by the worker of the last attempt.', example: '01934f6e-0000-7cc1-8d7e-3f5c1c2b7a10' })
  worker_id?: string;

  @InstantField({ description: 'From this instant on, ISO 8601, of the one that lists sort by: the first start, before it the nominal instant.', example: '2024-01-15T00:00:00Z' })
  from?: string;

  @InstantField({ description: 'Before this instant.', example: '2024-01-16T00:00:00Z' })
  to?: string;

  @QueryNumber({ ...SECONDS, description: 'Run time of the last attempt, seconds, at least.' })
  min_duration_seconds?: number;

  @QueryNumber({ ...SECONDS, description: 'Run time of the last attempt, seconds, at most.' })
  max_duration_seconds?: number;

  @TextField({ description: 'Part of the error, in any case, taken literally. The range is 31 days at most; without `from` it is the 7 days before `to`.', minLength: 0, maxLength: 200, example: 'timeout' })
  q?: string;
}

export class JobExecutionListQuery extends JobExecutionFilterQuery {
  @TextField({ description: '`nextCursor` of the page before; `page` is then ignored.', minLength: 0, maxLength: 200, example: 'MTcwNTMxNjQwMDAwMDAwMC4wMTkzNGY2ZQ' })
  cursor?: string;
}

const JOB = { description: 'Filter by job ID.', example: '550e8400-e29b-41d4-a716-446655440000' };

export class ExecutionFacetsQuery extends JobExecutionFilterQuery {
  @UuidField(JOB)
  job_id?: string;

  @QueryInteger({ description: 'Buckets of time, about.', minimum: 1, maximum: 500, default: 60, example: 60 })
  buckets?: number;
}

export const EXPORT_FORMATS = ['csv', 'ndjson'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export class ExecutionExportQuery extends JobExecutionFilterQuery {
  @UuidField(JOB)
  job_id?: string;

  @ChoiceField({ description: 'Form of the file: comma-separated values, or one JSON object a line. Default csv.', values: EXPORT_FORMATS, example: 'csv' })
  format?: ExportFormat;
}

export class ExecutionListQuery extends JobExecutionListQuery {
  @UuidField(JOB)
  job_id?: string;
}

export class LogDownloadQuery {
  @QueryInteger({ description: 'Only the output of this attempt.', minimum: 1, maximum: MAX_INTEGER, example: 1 })
  attempt?: number;
}

const LOG_ENDS = ['start', 'end'] as const;
type LogEnd = (typeof LOG_ENDS)[number];

export class LogPageQuery extends LogDownloadQuery {
  @TextField({ description: 'Only chunks that contain this, in any case, taken literally.', minLength: 0, maxLength: 200, example: 'error' })
  q?: string;

  @QueryInteger({ description: 'Only what follows this sequence number.', minimum: 0, maximum: MAX_INTEGER, default: 0, example: 0 })
  after?: number;

  @QueryInteger({ description: 'The end of what precedes this sequence number, instead of what follows `after`.', minimum: 1, maximum: MAX_INTEGER, example: 4711 })
  before?: number;

  @ChoiceField({ description: '`end`: the end of the output, with the number of its lines. Go on from there with `before`. Default start.', values: LOG_ENDS, example: 'end' })
  from?: LogEnd;

  @QueryInteger({ description: 'Chunks per page, at most 1000.', minimum: 1, maximum: 1000, default: 500, example: 500 })
  limit?: number;
}

export class LogStreamQuery {
  @QueryInteger({ description: 'Only what follows this sequence number. `Last-Event-ID` wins over it.', minimum: 0, maximum: MAX_INTEGER, default: 0, example: 0 })
  after?: number;
}
