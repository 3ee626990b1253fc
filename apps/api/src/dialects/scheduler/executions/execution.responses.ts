import { ApiProperty } from '@nestjs/swagger';
import { EXECUTION_STATUSES, TRIGGER_SOURCES } from '#domain/execution/status.js';
import type { JsonValue } from '#domain/json.js';
import { JOB_STATES, type JobState } from '../job-state.js';

export const WIRE_STATUSES = EXECUTION_STATUSES;
export type WireStatus = (typeof WIRE_STATUSES)[number];
export const WIRE_ATTEMPT_STATUSES = ['running', 'success', 'failed', 'timeout', 'cancelled', 'lost'] as const;
export type WireAttemptStatus = (typeof WIRE_ATTEMPT_STATUSES)[number];

const TIME = { type: 'string', format: 'date-time' } as const;
/** Any JSON value; the keyword that OpenAPI 3.1 has for it is an empty schema, which decorators cannot say. */
const ANY_JSON = { oneOf: ['object', 'array', 'string', 'number', 'boolean', 'null'].map((type) => ({ type, ...(type === 'array' ? { items: {} } : {}) })) };

export class ExecutionResponse {
  @ApiProperty({ type: 'string', format: 'uuid', example: '01934f6e-8f7a-7cc1-8d7e-3f5c1c2b7a10' })
  id!: string;

  @ApiProperty({ type: 'integer', description: 'Number of the execution, in one sequence with all others.', example: 4711 })
  number!: number;

  @ApiProperty({ type: 'string', format: 'uuid', example: '550e8400-e29b-41d4-a716-446655440000' })
  jobId!: string;

  @ApiProperty({ type: 'string', example: 'Domain User Sync (Hourly)' })
  jobName!: string;

  @ApiProperty({ type: 'string', nullable: true, description: 'Id of the current attempt at the broker; null for an occurrence that was skipped.', example: '01934f6e-8f7a-7cc1-8d7e-3f5c1c2b7a10-1' })
  celeryTaskId!: string | null;

  @ApiProperty({ type: 'string', enum: [...WIRE_STATUSES], example: 'success' })
  status!: WireStatus;

  @ApiProperty({ type: 'string', nullable: true, description: 'Why it was skipped, or why the platform ended it: overlap, missed_window, coalesced, paused, limit, dependency_failed, superseded …', example: null })
  reason!: string | null;

  @ApiProperty({ ...TIME, description: 'The instant that the schedule named, or that of the trigger.', example: '2024-01-15T11:00:00.000Z' })
  scheduledFor!: string;

  @ApiProperty({ ...TIME, nullable: true, example: '2024-01-15T11:00:00.000Z' })
  startedAt!: string | null;

  @ApiProperty({ ...TIME, nullable: true, example: '2024-01-15T11:00:05.000Z' })
  completedAt!: string | null;

  @ApiProperty({ type: 'number', nullable: true, description: 'Run time of the last attempt, seconds with three decimals.', example: 5.2 })
  durationSeconds!: number | null;

  @ApiProperty({ type: 'number', nullable: true, description: 'From its record to its first start, seconds with three decimals: how long it waited.', example: 0.012 })
  queueWaitSeconds!: number | null;

  @ApiProperty({ ...ANY_JSON, description: 'What the task function returned.', example: { synced_count: 150 } })
  result!: JsonValue;

  @ApiProperty({ type: 'string', nullable: true, example: null })
  errorMessage!: string | null;

  @ApiProperty({ type: 'string', enum: [...TRIGGER_SOURCES], example: 'scheduler' })
  triggeredBy!: string;

  @ApiProperty({ type: 'string', format: 'uuid', nullable: true, example: null })
  triggeredByUserId!: string | null;

  @ApiProperty({ type: 'string', nullable: true, description: 'Name of that account; for an API key that of who made the key.', example: null })
  triggeredByName!: string | null;

  @ApiProperty({ type: 'string', description: 'Name of the task function.', example: 'sync_domain_users' })
  taskFunction!: string;

  @ApiProperty({ type: 'string', description: 'Queue that its attempts are sent to.', example: 'ad_queue' })
  queue!: string;

  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true, description: 'Arguments that it runs with.', example: null })
  taskArgs!: object | null;

  @ApiProperty({ type: 'integer', description: 'Number of the current attempt; 0 before the first one.', example: 1 })
  attempt!: number;

  @ApiProperty({ type: 'integer', description: 'Attempts that the job allows, the first one included.', example: 4 })
  maxAttempts!: number;

  @ApiProperty({ ...TIME, nullable: true, description: 'When the next attempt may start.', example: null })
  nextAttemptAt!: string | null;

  @ApiProperty({ ...TIME, nullable: true, description: 'When somebody asked for it to stop.', example: null })
  cancelRequestedAt!: string | null;

  @ApiProperty({ type: 'string', format: 'uuid', nullable: true, example: null })
  workerId!: string | null;

  @ApiProperty({ type: 'string', nullable: true, description: 'Null also for a worker that is forgotten.', example: null })
  workerName!: string | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Exit code of its process.', example: null })
  exitCode!: number | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Highest memory of its processes together, bytes.', example: null })
  peakMemoryBytes!: number | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Average memory of its processes together, bytes.', example: null })
  averageMemoryBytes!: number | null;

  @ApiProperty({ type: 'number', nullable: true, description: 'Share that is done, 0–1, as last reported.', example: null })
  progress!: number | null;

  @ApiProperty({ ...TIME, example: '2024-01-15T11:00:00.000Z' })
  createdAt!: string;
}

export class AttemptResponse {
  @ApiProperty({ type: 'integer', description: 'From 1.', example: 1 })
  attempt!: number;

  @ApiProperty({ type: 'string', enum: [...WIRE_ATTEMPT_STATUSES], example: 'success' })
  status!: WireAttemptStatus;

  @ApiProperty({ ...TIME, example: '2024-01-15T11:00:00.000Z' })
  startedAt!: string;

  @ApiProperty({ ...TIME, nullable: true, example: '2024-01-15T11:00:05.000Z' })
  completedAt!: string | null;

  @ApiProperty({ type: 'number', nullable: true, description: 'Seconds with three decimals.', example: 5.2 })
  durationSeconds!: number | null;

  @ApiProperty({ ...ANY_JSON, example: { synced_count: 150 } })
  result!: JsonValue;

  @ApiProperty({ type: 'string', nullable: true, example: null })
  errorMessage!: string | null;

  @ApiProperty({ type: 'integer', nullable: true, example: null })
  exitCode!: number | null;

  @ApiProperty({ type: 'string', format: 'uuid', nullable: true, example: null })
  workerId!: string | null;
}

export class JobOfExecutionResponse {
  @ApiProperty({ type: 'string', format: 'uuid', example: '550e8400-e29b-41d4-a716-446655440000' })
  id!: string;

  @ApiProperty({ type: 'string', example: 'Domain User Sync (Hourly)' })
  name!: string;

  @ApiProperty({ type: 'string', example: 'UTC' })
  timezone!: string;

  @ApiProperty({ type: 'string', enum: [...JOB_STATES], example: 'enabled' })
  state!: JobState;
}

export class ExecutionDetailResponse extends ExecutionResponse {
  @ApiProperty({ type: 'string', format: 'uuid', nullable: true, description: 'The execution of the same job right before it in the list of its executions.', example: null })
  previousId!: string | null;

  @ApiProperty({ type: 'string', format: 'uuid', nullable: true, example: null })
  nextId!: string | null;

  @ApiProperty({ type: JobOfExecutionResponse })
  job!: JobOfExecutionResponse;

  @ApiProperty({ type: [AttemptResponse], description: 'All attempts, from the first.' })
  attempts!: AttemptResponse[];
}

export class ExecutionListResponse {
  @ApiProperty({ type: [ExecutionResponse], description: 'Newest start first.' })
  executions!: ExecutionResponse[];

  @ApiProperty({ type: 'integer', description: 'Number of matches over all pages; an estimate when the header X-Total-Count-Estimated says so.', example: 100 })
  total!: number;

  @ApiProperty({ type: 'string', nullable: true, description: 'What to pass as `cursor` for the next page, however far it is; null at the end. A page may be shorter than `per_page` and go on all the same: a rare match is looked for in 20,000 executions at a time.', example: null })
  nextCursor!: string | null;
}

export class LogEntryResponse {
  @ApiProperty({ type: 'integer', description: 'From 1 within the execution, without holes.', example: 1 })
  seq!: number;

  @ApiProperty({ type: 'integer', example: 1 })
  attempt!: number;

  @ApiProperty({ ...TIME, example: '2024-01-15T11:00:01.000Z' })
  timestamp!: string;

  @ApiProperty({ type: 'string', description: 'stdout, stderr, or what the task function named it.', example: 'stdout' })
  stream!: string;

  @ApiProperty({ type: 'string', example: 'synced 150 users\n' })
  message!: string;
}

export class LogPageResponse {
  @ApiProperty({ type: 'string', format: 'uuid', example: '01934f6e-8f7a-7cc1-8d7e-3f5c1c2b7a10' })
  executionId!: string;

  @ApiProperty({ type: [LogEntryResponse] })
  logs!: LogEntryResponse[];

  @ApiProperty({ type: 'integer', description: 'What to pass as `after` for the next page.', example: 1 })
  nextAfter!: number;

  @ApiProperty({ type: 'boolean', description: 'Whether more is stored already: behind the page, or before it when it was read backward (`before`, `from=end`).', example: false })
  hasMore!: boolean;

  @ApiProperty({ type: 'integer', nullable: true, description: 'With `from=end`: lines of the output so far, with `q` those of the chunks that match; else null.', example: null })
  totalLines!: number | null;
}

/** Last event of a log stream. */
export class LogEndResponse {
  @ApiProperty({ type: 'string', enum: [...WIRE_STATUSES], example: 'success' })
  status!: WireStatus;

  @ApiProperty({ type: 'string', nullable: true, example: null })
  errorMessage!: string | null;
}
