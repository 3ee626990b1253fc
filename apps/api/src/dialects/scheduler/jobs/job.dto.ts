import { ApiExtraModels } from '@nestjs/swagger';
import type { JsonObject } from '#domain/json.js';
import {
  CATCH_UP_MODES,
  OVERLAP_POLICIES,
  WORKER_LOST_POLICIES,
  type CatchUpMode,
  type OverlapPolicy,
  type WorkerLostPolicy,
} from '#domain/job/scheduled-job.js';
import {
  ChoiceField,
  FlagField,
  InstantField,
  IntegerField,
  MAX_INTEGER,
  NestedField,
  NumberField,
  ObjectField,
  QueryFlag,
  QueryInteger,
  QueryUuids,
  TextField,
  UuidListField,
} from '../input/fields.js';
import { MAX_PER_PAGE, PageOf20Query } from '../input/page.dto.js';
import { SCHEDULE_CONFIG_SCHEMA, SCHEDULE_CONFIGS, TASK_ARGS_SCHEMA } from '../schedule/schedule-config.schema.js';

export const RETRY_BACKOFFS = ['fixed', 'exponential'] as const;
export type RetryBackoff = (typeof RETRY_BACKOFFS)[number];

const NAME = { description: 'Name, 2–200 characters.', minLength: 2, maxLength: 200, example: 'Custom Cleanup Job' };
const TASK_FUNCTION = { description: 'What to run: id of a task function.', minimum: 1, maximum: MAX_INTEGER, example: 5 };
const JOB_TYPE = { description: 'Kind of schedule: 1 interval, 2 cron, 3 once.', minimum: 1, maximum: MAX_INTEGER, example: 1 };
const CONFIG = { description: 'When to fire, in the form of the job type.', schema: SCHEDULE_CONFIG_SCHEMA, example: { hours: 6, minutes: 0, seconds: 0 } };

export class CatchUpFields {
  @ChoiceField({ description: 'Which missed occurrences are run late.', values: CATCH_UP_MODES, required: true, example: 'latest' })
  mode!: CatchUpMode;

  @IntegerField({ description: 'How far back, seconds. Default 3600.', minimum: 0, maximum: 2_592_000, example: 3600 })
  windowSeconds?: number;
}

/** The members that a new job and a change of a job have in common. Defaults are those of a new job. */
export class JobFields {
  @TextField({ description: 'What the job is for, at most 1000 characters.', minLength: 0, maxLength: 1000, nullable: true, example: 'Run custom cleanup every 6 hours' })
  description?: string | null;

  @ObjectField({ description: 'Arguments of the task function.', schema: TASK_ARGS_SCHEMA, nullable: true, example: { retention_days: 30 } })
  taskArgs?: JsonObject | null;

  @IntegerField({ description: 'Live executions at a time. Default 1.', minimum: 1, maximum: 10, example: 1 })
  maxInstances?: number;

  @IntegerField({ description: 'Limit of one attempt, seconds. Default 300.', minimum: 1, maximum: 86_400, example: 300 })
  timeoutSeconds?: number;

  @IntegerField({ description: 'Attempts after the first one. Default 3.', minimum: 0, maximum: 10, example: 3 })
  retryCount?: number;

  @IntegerField({ description: 'Wait before a further attempt, seconds. Default 60.', minimum: 0, maximum: 3600, example: 60 })
  retryDelaySeconds?: number;

  @ChoiceField({ description: 'Whether the wait grows: `exponential` doubles it per attempt. Default fixed.', values: RETRY_BACKOFFS, example: 'fixed' })
  retryBackoff?: RetryBackoff;

  @IntegerField({ description: 'Longest wait before a further attempt, seconds. Default 3600.', minimum: 0, maximum: 86_400, example: 3600 })
  retryMaxDelaySeconds?: number;

  @NumberField({ description: 'Random share of the wait, 0–1. Default 0.', minimum: 0, maximum: 1, example: 0 })
  retryJitter?: number;

  @ChoiceField({ description: 'What happens to an occurrence while `maxInstances` executions are live. Default skip.', values: OVERLAP_POLICIES, example: 'skip' })
  overlapPolicy?: OverlapPolicy;

  @NestedField({ description: 'What happens to occurrences that were missed. Default latest within 3600 s.', type: CatchUpFields })
  catchUp?: CatchUpFields;

  @ChoiceField({ description: 'What happens to a run whose worker, or what runs its task there, is lost. Default retry.', values: WORKER_LOST_POLICIES, example: 'retry' })
  onWorkerLost?: WorkerLostPolicy;

  @IntegerField({ description: 'Order among waiting executions, 0 first. Default 0.', minimum: 0, maximum: 1000, example: 0 })
  priority?: number;

  @InstantField({ description: 'No occurrence before this, ISO 8601; UTC when it names no offset.', nullable: true, example: '2030-01-01T00:00:00Z' })
  startAt?: string | null;

  @InstantField({ description: 'No occurrence after this, ISO 8601; UTC when it names no offset.', nullable: true, example: '2030-12-31T23:59:59Z' })
  endAt?: string | null;

  @UuidListField({ description: 'Jobs whose latest run must be a success before an occurrence of this one starts. Default none.', minItems: 0, maxItems: 100, example: [] })
  dependsOn?: string[];

  @FlagField({ description: 'Whether the schedule fires and the job can be triggered. Default true.', example: true })
  isEnabled?: boolean;

  @FlagField({ description: 'Whether the schedule is held; the job can still be triggered. Default false.', example: false })
  isPaused?: boolean;
}

@ApiExtraModels(...SCHEDULE_CONFIGS)
export class CreateJobRequest extends JobFields {
  @TextField({ ...NAME, required: true })
  name!: string;

  @IntegerField({ ...TASK_FUNCTION, required: true })
  taskFunctionId!: number;

  @IntegerField({ ...JOB_TYPE, required: true })
  jobTypeId!: number;

  @ObjectField({ ...CONFIG, required: true })
  scheduleConfig!: JsonObject;
}

@ApiExtraModels(...SCHEDULE_CONFIGS)
export class UpdateJobRequest extends JobFields {
  @TextField({ ...NAME, example: 'Updated Job Name' })
  name?: string;

  @IntegerField(TASK_FUNCTION)
  taskFunctionId?: number;

  @IntegerField(JOB_TYPE)
  jobTypeId?: number;

  @ObjectField({ ...CONFIG, example: { hours: 2, minutes: 0, seconds: 0 } })
  scheduleConfig?: JsonObject;
}

export class JobStatusRequest {
  @FlagField({ description: 'Whether the schedule fires and the job can be triggered.', required: true, example: false })
  isEnabled!: boolean;
}

export class TriggerRequest {
  @ObjectField({ description: 'Arguments of this one execution instead of the job’s own.', schema: TASK_ARGS_SCHEMA, nullable: true, example: { retention_days: 7 } })
  taskArgs?: JsonObject | null;
}

export class DuplicateRequest {
  @TextField({ ...NAME, description: 'Name of the copy. Default the name of the job with ` (copy)` behind it.', example: 'Second Cleanup Job' })
  name?: string;
}

export const WIRE_CONDITIONS = ['enabled', 'disabled', 'paused', 'running', 'failing', 'late', 'never_run'] as const;
export type WireCondition = (typeof WIRE_CONDITIONS)[number];

const SORT_KEYS = ['created', 'name', 'next_run', 'last_run', 'failures'] as const;
export type JobSortKey = (typeof SORT_KEYS)[number];
/** As they are, ascending; with a minus before them, descending. */
export const JOB_SORTS: readonly string[] = SORT_KEYS.flatMap((key) => [key, `-${key}`]);

/** The filters of a list of jobs. */
export class JobFilterQuery extends PageOf20Query {
  @TextField({ description: 'Part of the name, in any case, taken literally.', minLength: 0, maxLength: 200, example: 'sync' })
  name?: string;

  @QueryFlag({ description: 'Filter by enabled status.', example: 'true' })
  is_enabled?: boolean;

  @QueryInteger({ description: 'Filter by task function.', minimum: 0, maximum: MAX_INTEGER, example: 1 })
  task_function_id?: number;

  @TextField({ description: 'Part of the name or the description, in any case, taken literally.', minLength: 0, maxLength: 200, example: 'sync' })
  q?: string;

  @ChoiceField({
    description: 'Filter by condition: `enabled`, `disabled` and `paused` as in `state`; `running`: an execution runs; `failing`: enabled, and its last ended run, cancelled ones aside, was no success; `late`: its next run is overdue by more than 10 s; `never_run`: nothing of it ever started.',
    values: WIRE_CONDITIONS,
    example: 'failing',
  })
  status?: WireCondition;

  @QueryInteger({ description: 'Filter by kind of schedule: 1 interval, 2 cron, 3 once.', minimum: 0, maximum: MAX_INTEGER, example: 2 })
  job_type_id?: number;

  @TextField({ description: 'Filter by the queue of the task function, exactly.', minLength: 0, maxLength: 100, example: 'ad_queue' })
  queue?: string;

  @TextField({ description: 'Filter by the time zone of the schedule, exactly.', minLength: 0, maxLength: 100, example: 'Europe/Berlin' })
  timezone?: string;
}

export class JobListQuery extends JobFilterQuery {
  @QueryUuids({ description: 'Only these jobs, of those that the other filters match; ids are separated by commas, at most 100.', maxItems: MAX_PER_PAGE, example: '550e8400-e29b-41d4-a716-446655440000' })
  ids?: string[];

  @ChoiceField({ description: 'Order; with a minus descending. Jobs without the instant stand last; `failures`: those in a row. Default -created.', values: JOB_SORTS, example: '-created' })
  sort?: string;

  @ChoiceField({ description: 'What else each job has: `recent` adds `recentRuns`.', values: ['recent'], example: 'recent' })
  include?: string;
}
