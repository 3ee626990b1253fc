import { EXECUTION_STATUSES, type ExecutionStatus } from '#domain/execution/status.js';
import { ChoiceField, MAX_INTEGER, QueryInteger, UuidField } from '../input/fields.js';
import { PageOf50Query } from '../input/page.dto.js';

export class JobExecutionListQuery extends PageOf50Query {
  @ChoiceField({ description: 'Filter by status.', values: EXECUTION_STATUSES, example: 'success' })
  status?: ExecutionStatus;
}

export class ExecutionListQuery extends JobExecutionListQuery {
  @UuidField({ description: 'Filter by job ID.', example: '550e8400-e29b-41d4-a716-446655440000' })
  job_id?: string;
}

export class LogPageQuery {
  @QueryInteger({ description: 'Only what follows this sequence number.', minimum: 0, maximum: MAX_INTEGER, default: 0, example: 0 })
  after?: number;

  @QueryInteger({ description: 'Chunks per page, at most 1000.', minimum: 1, maximum: 1000, default: 500, example: 500 })
  limit?: number;
}

export class LogStreamQuery {
  @QueryInteger({ description: 'Only what follows this sequence number. `Last-Event-ID` wins over it.', minimum: 0, maximum: MAX_INTEGER, default: 0, example: 0 })
  after?: number;
}
