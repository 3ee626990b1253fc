import { ApiProperty } from '@nestjs/swagger';
import { TRIGGER_SOURCES } from '#domain/execution/status.js';
import { WIRE_STATUSES, type WireStatus } from '../executions/execution.responses.js';
import { JOB_STATES, type JobState } from '../job-state.js';

const TIME = { type: 'string', format: 'date-time' } as const;

export class TimelineExecutionResponse {
  @ApiProperty({ type: 'string', format: 'uuid', example: '01934f6e-8f7a-7cc1-8d7e-3f5c1c2b7a10' })
  id!: string;

  @ApiProperty({ type: 'integer', example: 4711 })
  number!: number;

  @ApiProperty({ type: 'string', enum: [...WIRE_STATUSES], example: 'success' })
  status!: WireStatus;

  @ApiProperty({ type: 'string', enum: [...TRIGGER_SOURCES], example: 'scheduler' })
  trigger!: string;

  @ApiProperty({ ...TIME, example: '2024-01-15T11:00:00.000Z' })
  scheduledFor!: string;

  @ApiProperty({ ...TIME, nullable: true, example: '2024-01-15T11:00:00.000Z' })
  startedAt!: string | null;

  @ApiProperty({ ...TIME, nullable: true, example: '2024-01-15T11:00:05.000Z' })
  finishedAt!: string | null;
}

export class TimelineRowResponse {
  @ApiProperty({ type: 'string', format: 'uuid', example: '550e8400-e29b-41d4-a716-446655440000' })
  jobId!: string;

  @ApiProperty({ type: 'string', example: 'Domain User Sync (Hourly)' })
  name!: string;

  @ApiProperty({ type: 'string', example: 'UTC' })
  timezone!: string;

  @ApiProperty({ type: 'string', enum: [...JOB_STATES], example: 'enabled' })
  state!: JobState;

  @ApiProperty({ type: [TimelineExecutionResponse], description: 'Oldest first, the newest 500; those that still run from before the range, too.' })
  executions!: TimelineExecutionResponse[];

  @ApiProperty({ type: 'array', items: TIME, description: 'Occurrences that are to come, by the schedule as it is now; at most 500.', example: ['2024-01-15T12:00:00.000Z'] })
  projected!: string[];
}

export class TimelineResponse {
  @ApiProperty({ ...TIME, example: '2024-01-15T11:00:00.000Z' })
  from!: string;

  @ApiProperty({ ...TIME, example: '2024-01-15T13:00:00.000Z' })
  to!: string;

  @ApiProperty({ ...TIME, example: '2024-01-15T12:00:00.000Z' })
  now!: string;

  @ApiProperty({ type: [TimelineRowResponse], description: 'The busiest jobs first.' })
  rows!: TimelineRowResponse[];

  @ApiProperty({ type: 'integer', description: 'Jobs with something in the range that have no row.', example: 0 })
  otherJobs!: number;

  @ApiProperty({ type: 'boolean', description: 'Something was left out of a row, or of what the order was made from: the newest 25,000 executions and the next 1,000 jobs to fire.', example: false })
  isCapped!: boolean;
}
