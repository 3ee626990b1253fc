import { BULK_JOB_ACTIONS, BULK_JOBS_LIMIT, type BulkJobAction } from '#application/jobs/change-jobs.js';
import { ChoiceField, IntegerField, MAX_INTEGER, NestedField, QueryFlag, QueryInteger, TextField, UuidListField } from '../input/fields.js';
import { WIRE_CONDITIONS, type WireCondition } from './job.dto.js';

const TEXT = { minLength: 0, maxLength: 200 };

/** The filters of the list of jobs as an object. */
export class BulkJobFilter {
  @TextField({ ...TEXT, description: 'Part of the name.', example: 'sync' })
  name?: string;

  @QueryFlag({ description: 'Enabled status.', example: 'true' })
  isEnabled?: boolean;

  @QueryInteger({ description: 'Task function.', minimum: 0, maximum: MAX_INTEGER, example: 1 })
  taskFunctionId?: number;

  @TextField({ ...TEXT, description: 'Part of the name or the description.', example: 'sync' })
  q?: string;

  @ChoiceField({ description: 'Condition, as in the list.', values: WIRE_CONDITIONS, example: 'failing' })
  status?: WireCondition;

  @QueryInteger({ description: 'Kind of schedule.', minimum: 0, maximum: MAX_INTEGER, example: 2 })
  jobTypeId?: number;

  @TextField({ ...TEXT, description: 'Queue, exactly.', example: 'ad_queue' })
  queue?: string;

  @TextField({ ...TEXT, description: 'Time zone, exactly.', example: 'Europe/Berlin' })
  timezone?: string;
}

export class BulkJobsRequest {
  @ChoiceField({ description: 'What is done to each of the jobs.', values: BULK_JOB_ACTIONS, required: true, example: 'disable' })
  action!: BulkJobAction;

  @UuidListField({ description: 'The jobs; or else `filter`.', minItems: 1, maxItems: 500, example: ['550e8400-e29b-41d4-a716-446655440000'] })
  ids?: string[];

  @NestedField({ description: `Those that match now, in the members of the list’s query; at most ${String(BULK_JOBS_LIMIT)}. Or else \`ids\`.`, type: BulkJobFilter })
  filter?: BulkJobFilter;

  @IntegerField({ description: 'How many the caller expects to match; needed with `filter`.', minimum: 0, maximum: BULK_JOBS_LIMIT, example: 1 })
  expectedCount?: number;
}
