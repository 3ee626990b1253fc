import { ApiProperty } from '@nestjs/swagger';

const TIME = { type: 'string', format: 'date-time' } as const;

export class JobCountsResponse {
  @ApiProperty({ type: 'integer', example: 40 })
  total!: number;

  @ApiProperty({ type: 'integer', description: 'Neither disabled nor paused.', example: 36 })
  enabled!: number;

  @ApiProperty({ type: 'integer', example: 3 })
  disabled!: number;

  @ApiProperty({ type: 'integer', example: 1 })
  paused!: number;

  @ApiProperty({ type: 'integer', description: 'With a running execution.', example: 2 })
  running!: number;

  @ApiProperty({ type: 'integer', description: 'Enabled, and the last ended run, cancelled ones aside, was no success.', example: 1 })
  failing!: number;

  @ApiProperty({ type: 'integer', description: 'Whose next run is late by more than 10 s.', example: 0 })
  overdue!: number;
}

export class LiveCountsResponse {
  @ApiProperty({ type: 'integer', example: 2 })
  running!: number;

  @ApiProperty({ type: 'integer', description: 'For a slot, for other jobs, for a worker or for the next attempt.', example: 5 })
  waiting!: number;

  @ApiProperty({ type: 'number', nullable: true, description: 'How long the oldest of them has been able to start; null when none waits.', example: 0.25 })
  oldestWaitingSeconds!: number | null;
}

export class EndsOfHourResponse {
  @ApiProperty({ ...TIME, description: 'Beginning of the hour, or of the bucket.', example: '2024-01-15T11:00:00.000Z' })
  at!: string;

  @ApiProperty({ type: 'integer', example: 930 })
  success!: number;

  @ApiProperty({ type: 'integer', example: 12 })
  failed!: number;

  @ApiProperty({ type: 'integer', example: 1 })
  timeout!: number;

  @ApiProperty({ type: 'integer', example: 0 })
  cancelled!: number;

  @ApiProperty({ type: 'integer', example: 4 })
  skipped!: number;
}

export class EndsResponse {
  @ApiProperty({ type: 'integer', example: 930 })
  success!: number;

  @ApiProperty({ type: 'integer', example: 12 })
  failed!: number;

  @ApiProperty({ type: 'integer', example: 1 })
  timeout!: number;

  @ApiProperty({ type: 'integer', example: 0 })
  cancelled!: number;

  @ApiProperty({ type: 'integer', example: 4 })
  skipped!: number;

  @ApiProperty({ type: 'number', nullable: true, minimum: 0, maximum: 100, description: 'Successes, per cent of the runs that succeeded, failed or timed out, two decimals; null when there are none.', example: 98.62 })
  successRate!: number | null;
}

export class OverviewResponse {
  @ApiProperty({ ...TIME, example: '2024-01-15T11:59:30.000Z' })
  at!: string;

  @ApiProperty({ type: JobCountsResponse })
  jobs!: JobCountsResponse;

  @ApiProperty({ type: LiveCountsResponse })
  executions!: LiveCountsResponse;

  @ApiProperty({ type: EndsResponse })
  last24Hours!: EndsResponse;

  @ApiProperty({ type: EndsResponse, description: 'The 24 hours before those.' })
  previous24Hours!: EndsResponse;

  @ApiProperty({ type: [EndsOfHourResponse], minItems: 24, maxItems: 24, description: 'The last 24 hours of the clock (UTC), the present one included, oldest first.' })
  hourly!: EndsOfHourResponse[];
}

/** The job that an entry is about. */
abstract class AboutJobResponse {
  @ApiProperty({ type: 'string', format: 'uuid', example: '550e8400-e29b-41d4-a716-446655440000' })
  jobId!: string;

  @ApiProperty({ type: 'string', example: 'Domain User Sync (Hourly)' })
  name!: string;
}

export class FailingJobResponse extends AboutJobResponse {
  @ApiProperty({ type: 'integer', minimum: 1, maximum: 20, description: 'Failures in a row, at most 20.', example: 3 })
  streak!: number;

  @ApiProperty({ type: 'string', format: 'uuid', example: '01934f6e-8f7a-7cc1-8d7e-3f5c1c2b7a10' })
  executionId!: string;

  @ApiProperty({ type: 'string', nullable: true, description: 'Of the last one.', example: 'exit code 1' })
  error!: string | null;

  @ApiProperty({ ...TIME, description: 'When it ended.', example: '2024-01-15T11:00:00.000Z' })
  at!: string;
}

export class MissedOccurrenceResponse extends AboutJobResponse {
  @ApiProperty({ type: 'string', format: 'uuid', example: '01934f6e-8f7a-7cc1-8d7e-3f5c1c2b7a10' })
  executionId!: string;

  @ApiProperty({ ...TIME, example: '2024-01-15T11:00:00.000Z' })
  scheduledFor!: string;

  @ApiProperty({ type: 'string', example: 'missed_window' })
  reason!: string;
}

export class IdleJobResponse extends AboutJobResponse {
  @ApiProperty({ ...TIME, example: '2024-01-15T11:00:00.000Z' })
  createdAt!: string;
}

export class OverdueJobResponse extends AboutJobResponse {
  @ApiProperty({ ...TIME, example: '2024-01-15T11:00:00.000Z' })
  nextRunTime!: string;

  @ApiProperty({ type: 'number', example: 42.5 })
  lateSeconds!: number;
}

export class ExpiringKeyResponse {
  @ApiProperty({ type: 'string', format: 'uuid', example: '550e8400-e29b-41d4-a716-446655440000' })
  id!: string;

  @ApiProperty({ type: 'string', example: 'CI' })
  name!: string;

  @ApiProperty({ ...TIME, example: '2024-01-15T11:00:00.000Z' })
  expiresAt!: string;
}

export class AttentionResponse {
  @ApiProperty({ type: [FailingJobResponse], description: 'Enabled jobs whose last run, cancelled ones aside, was no success, the latest first.' })
  failing!: FailingJobResponse[];

  @ApiProperty({ type: [MissedOccurrenceResponse], description: 'The newest occurrence of each job that was missed within the last 24 h: too late (missed_window), merged into a later one (coalesced) or too many (limit).' })
  missed!: MissedOccurrenceResponse[];

  @ApiProperty({ type: [IdleJobResponse], description: 'Enabled jobs of which something was due more than 10 s ago and nothing ever started, the oldest first. What fell into a pause does not count.' })
  neverRun!: IdleJobResponse[];

  @ApiProperty({ type: [OverdueJobResponse], description: 'Jobs whose next run is late by more than 10 s, the latest first.' })
  overdue!: OverdueJobResponse[];

  @ApiProperty({ type: [ExpiringKeyResponse], description: 'API keys that end within 14 days; empty for all but administrators.' })
  expiringKeys!: ExpiringKeyResponse[];
}
