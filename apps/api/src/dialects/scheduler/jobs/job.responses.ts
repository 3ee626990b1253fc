import { ApiExtraModels, ApiProperty } from '@nestjs/swagger';
import type { JsonObject } from '#domain/json.js';
import { EXECUTION_STATUSES, TRIGGER_SOURCES } from '#domain/execution/status.js';
import { CATCH_UP_MODES, OVERLAP_POLICIES, WORKER_LOST_POLICIES } from '#domain/job/scheduled-job.js';
import { JobTypeResponse, TaskFunctionResponse } from '../catalogue/catalogue.responses.js';
import { ExecutionResponse, WIRE_STATUSES, type WireStatus } from '../executions/execution.responses.js';
import { SCHEDULE_CONFIG_SCHEMA, SCHEDULE_CONFIGS } from '../schedule/schedule-config.schema.js';
import { JOB_STATES, type JobState } from '../job-state.js';
import { RETRY_BACKOFFS } from './job.dto.js';

const TIME = { type: 'string', format: 'date-time' } as const;
const USER_ID = { type: 'string', format: 'uuid', nullable: true, example: null } as const;

export class CatchUpResponse {
  @ApiProperty({ type: 'string', enum: [...CATCH_UP_MODES], example: 'latest' })
  mode!: string;

  @ApiProperty({ type: 'number', description: 'Seconds.', example: 3600 })
  windowSeconds!: number;
}

@ApiExtraModels(...SCHEDULE_CONFIGS)
export class JobResponse {
  @ApiProperty({ type: 'string', format: 'uuid', example: '550e8400-e29b-41d4-a716-446655440000' })
  id!: string;

  @ApiProperty({ type: 'integer', description: 'Number of the job, in one sequence with all others.', example: 1 })
  number!: number;

  @ApiProperty({ type: 'string', example: 'Domain User Sync (Hourly)' })
  name!: string;

  @ApiProperty({ type: 'string', nullable: true, example: 'Synchronize domain users from Active Directory every hour' })
  description!: string | null;

  @ApiProperty({ type: 'integer', example: 1 })
  taskFunctionId!: number;

  @ApiProperty({ type: 'string', example: 'sync_domain_users' })
  taskFunctionName!: string;

  @ApiProperty({ type: 'string', example: 'Domain User Sync' })
  taskFunctionDisplayName!: string;

  @ApiProperty({ type: 'string', description: 'Queue of the task function.', example: 'ad_queue' })
  queue!: string;

  @ApiProperty({ type: 'integer', description: '1 interval, 2 cron, 3 once.', example: 1 })
  jobTypeId!: number;

  @ApiProperty({ ...SCHEDULE_CONFIG_SCHEMA, description: 'As it was given.', example: { hours: 1, minutes: 0, seconds: 0 } })
  scheduleConfig!: JsonObject;

  @ApiProperty({ type: 'string', description: 'The schedule in words; times are those of `timezone`.', example: 'Every hour' })
  scheduleText!: string;

  @ApiProperty({ type: 'string', description: 'IANA time zone of the schedule.', example: 'UTC' })
  timezone!: string;

  @ApiProperty({ type: 'integer', description: 'Grows with every change of what fires when.', example: 1 })
  scheduleVersion!: number;

  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true, example: null })
  taskArgs!: JsonObject | null;

  @ApiProperty({ type: 'integer', example: 1 })
  maxInstances!: number;

  @ApiProperty({ type: 'number', description: 'Limit of one attempt, seconds.', example: 600 })
  timeoutSeconds!: number;

  @ApiProperty({ type: 'integer', description: 'Attempts after the first one.', example: 3 })
  retryCount!: number;

  @ApiProperty({ type: 'number', description: 'Wait before a further attempt, seconds.', example: 60 })
  retryDelaySeconds!: number;

  @ApiProperty({ type: 'string', enum: [...RETRY_BACKOFFS], example: 'fixed' })
  retryBackoff!: string;

  @ApiProperty({ type: 'number', description: 'Longest wait before a further attempt, seconds.', example: 3600 })
  retryMaxDelaySeconds!: number;

  @ApiProperty({ type: 'number', description: 'Random share of the wait, 0–1.', example: 0 })
  retryJitter!: number;

  @ApiProperty({ type: 'string', enum: [...OVERLAP_POLICIES], example: 'skip' })
  overlapPolicy!: string;

  @ApiProperty({ type: CatchUpResponse })
  catchUp!: CatchUpResponse;

  @ApiProperty({ type: 'string', enum: [...WORKER_LOST_POLICIES], example: 'retry' })
  onWorkerLost!: string;

  @ApiProperty({ type: 'integer', description: '0 is served first.', example: 0 })
  priority!: number;

  @ApiProperty({ ...TIME, nullable: true, example: null })
  startAt!: string | null;

  @ApiProperty({ ...TIME, nullable: true, example: null })
  endAt!: string | null;

  @ApiProperty({ type: 'boolean', example: true })
  isEnabled!: boolean;

  @ApiProperty({ type: 'boolean', example: false })
  isPaused!: boolean;

  @ApiProperty({ type: 'string', enum: [...JOB_STATES], description: '`isEnabled` and `isPaused` in one word; disabled wins.', example: 'enabled' })
  state!: JobState;

  @ApiProperty({ type: 'boolean', description: 'Whether an execution runs now.', example: false })
  isRunning!: boolean;

  @ApiProperty({ type: 'integer', minimum: 0, maximum: 20, description: 'Ended runs in a row, newest first, that were no success; skipped and cancelled ones do not count. At most 20.', example: 0 })
  failureStreak!: number;

  @ApiProperty({ ...TIME, nullable: true, description: 'Null while disabled or paused, and when nothing is to come.', example: '2024-01-15T12:00:00.000Z' })
  nextRunTime!: string | null;

  @ApiProperty({ ...TIME, nullable: true, example: '2024-01-15T11:00:00.000Z' })
  lastRunTime!: string | null;

  @ApiProperty({ type: 'string', enum: [...WIRE_STATUSES], nullable: true, example: 'success' })
  lastStatus!: WireStatus | null;

  @ApiProperty({ ...TIME, example: '2024-01-01T00:00:00.000Z' })
  createdAt!: string;

  @ApiProperty({ ...TIME, example: '2024-01-15T11:00:05.000Z' })
  updatedAt!: string;

  @ApiProperty(USER_ID)
  createdBy!: string | null;

  @ApiProperty(USER_ID)
  updatedBy!: string | null;
}

const DURATION = { type: 'number', nullable: true, example: 5.2 } as const;

export class RelatedJobResponse {
  @ApiProperty({ type: 'string', format: 'uuid', example: '550e8400-e29b-41d4-a716-446655440000' })
  id!: string;

  @ApiProperty({ type: 'integer', example: 1 })
  number!: number;

  @ApiProperty({ type: 'string', example: 'Domain User Sync (Hourly)' })
  name!: string;

  @ApiProperty({ type: 'string', enum: [...WIRE_STATUSES], nullable: true, description: 'Of its newest execution that started.', example: 'success' })
  lastStatus!: WireStatus | null;
}

/** Runs of the job in numbers; skipped occurrences are no runs. */
export class JobStatisticsResponse {
  @ApiProperty({ type: 'integer', description: 'All runs, those that wait or run included.', example: 720 })
  total!: number;

  @ApiProperty({ type: 'integer', example: 717 })
  succeeded!: number;

  @ApiProperty({ type: 'integer', description: 'Failed or timed out.', example: 3 })
  failed!: number;

  @ApiProperty({ type: 'integer', description: 'Cancelled, which is no failure.', example: 0 })
  cancelled!: number;

  @ApiProperty({ type: 'number', nullable: true, minimum: 0, maximum: 100, description: 'Successes, per cent of the runs that succeeded, failed or timed out, two decimals; null when there are none.', example: 99.58 })
  successRate!: number | null;

  @ApiProperty({ ...DURATION, description: 'From the first start to the end, seconds, like the others; over all runs.' })
  averageDurationSeconds!: number | null;

  @ApiProperty({ ...DURATION, description: 'Over all runs.' })
  minDurationSeconds!: number | null;

  @ApiProperty({ ...DURATION, description: 'Over all runs.' })
  maxDurationSeconds!: number | null;

  @ApiProperty({ ...DURATION, description: 'Over the last 200 runs that started and ended.' })
  medianDurationSeconds!: number | null;

  @ApiProperty({ ...DURATION, description: 'Over the last 200 runs that started and ended: 95 of 100 take no longer.' })
  p95DurationSeconds!: number | null;

  @ApiProperty({ type: 'integer', description: 'Runs that ended within the last 24 hours, and those that wait or run.', example: 24 })
  last24Hours!: number;

  @ApiProperty({ type: 'integer', example: 168 })
  last7Days!: number;

  @ApiProperty({ type: 'integer', example: 720 })
  last30Days!: number;

  @ApiProperty({ ...TIME, nullable: true, example: '2024-01-15T11:00:05.000Z' })
  lastSuccessAt!: string | null;

  @ApiProperty({ ...TIME, nullable: true, example: null })
  lastFailureAt!: string | null;
}

export class JobDetailResponse extends JobResponse {
  @ApiProperty({ type: [RelatedJobResponse], description: 'Jobs whose last run must be a success before this one starts, by number.' })
  dependsOn!: RelatedJobResponse[];

  @ApiProperty({ type: [RelatedJobResponse], description: 'Jobs that wait for this one, by number; at most 100.' })
  dependents!: RelatedJobResponse[];

  @ApiProperty({ type: JobStatisticsResponse })
  statistics!: JobStatisticsResponse;

  @ApiProperty({ type: TaskFunctionResponse })
  taskFunction!: TaskFunctionResponse;

  @ApiProperty({ type: JobTypeResponse })
  jobType!: JobTypeResponse;

  @ApiProperty({ type: [ExecutionResponse], description: 'The last ten, newest first.' })
  recentExecutions!: ExecutionResponse[];
}

/** One execution as a mark in a row of them. */
export class RunMarkResponse {
  @ApiProperty({ type: 'string', format: 'uuid', example: '01934f6e-8f7a-7cc1-8d7e-3f5c1c2b7a10' })
  id!: string;

  @ApiProperty({ type: 'integer', example: 4711 })
  number!: number;

  @ApiProperty({ type: 'string', enum: [...EXECUTION_STATUSES], example: 'success' })
  status!: WireStatus;

  @ApiProperty({ type: 'string', nullable: true, description: 'Why it was skipped, or why the platform ended it.', example: null })
  reason!: string | null;

  @ApiProperty({ type: 'string', enum: [...TRIGGER_SOURCES], example: 'scheduler' })
  trigger!: string;

  @ApiProperty({ ...TIME, example: '2024-01-15T11:00:00.000Z' })
  scheduledFor!: string;

  @ApiProperty({ ...TIME, nullable: true, example: '2024-01-15T11:00:00.000Z' })
  startedAt!: string | null;

  @ApiProperty({ type: 'number', nullable: true, description: 'Run time of the last attempt, seconds with three decimals.', example: 5.2 })
  durationSeconds!: number | null;
}

export class ListedJobResponse extends JobResponse {
  @ApiProperty({ type: [RunMarkResponse], required: false, description: 'With `include=recent`: the last 20 executions, the oldest of them first.' })
  recentRuns?: RunMarkResponse[];
}

export class JobListResponse {
  @ApiProperty({ type: [ListedJobResponse], description: 'Newest first, unless `sort` says otherwise.' })
  jobs!: ListedJobResponse[];

  @ApiProperty({ type: 'integer', description: 'Number of matches over all pages, like the other counts.', example: 4 })
  total!: number;

  @ApiProperty({ type: 'integer', example: 4 })
  enabledCount!: number;

  @ApiProperty({ type: 'integer', example: 0 })
  disabledCount!: number;

  @ApiProperty({ type: 'integer', description: 'Jobs with a running execution.', example: 0 })
  runningCount!: number;
}

export class TriggeredResponse {
  @ApiProperty({ type: 'string', format: 'uuid', example: '550e8400-e29b-41d4-a716-446655440000' })
  jobId!: string;

  @ApiProperty({ type: 'string', format: 'uuid', example: '01934f6e-8f7a-7cc1-8d7e-3f5c1c2b7a10' })
  executionId!: string;

  @ApiProperty({ type: 'string', example: '01934f6e-8f7a-7cc1-8d7e-3f5c1c2b7a10-1' })
  celeryTaskId!: string;

  @ApiProperty({ type: 'string', example: 'Job triggered successfully' })
  message!: string;
}
