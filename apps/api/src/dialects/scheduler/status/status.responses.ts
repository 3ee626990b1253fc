import { ApiProperty } from '@nestjs/swagger';

const TIME = { type: 'string', format: 'date-time' } as const;

export class SchedulerInstanceResponse {
  @ApiProperty({ type: 'string', format: 'uuid', example: '01934f6e-0000-7cc1-8d7e-3f5c1c2b7a10' })
  id!: string;

  @ApiProperty({ type: 'string', example: 'server-01' })
  hostname!: string;

  @ApiProperty({ type: 'integer', example: 12345 })
  pid!: number;

  @ApiProperty({ type: 'boolean', example: true })
  isLeader!: boolean;

  @ApiProperty({ ...TIME, nullable: true, example: '2024-01-15T10:00:00.000Z' })
  leaderSince!: string | null;

  @ApiProperty({ ...TIME, example: '2024-01-15T11:59:30.000Z' })
  lastHeartbeat!: string;

  @ApiProperty({ ...TIME, example: '2024-01-15T10:00:00.000Z' })
  startedAt!: string;

  @ApiProperty({ type: 'string', example: '1.0.0' })
  version!: string;
}

export class NextJobResponse {
  @ApiProperty({ type: 'string', format: 'uuid', example: '550e8400-e29b-41d4-a716-446655440000' })
  id!: string;

  @ApiProperty({ type: 'string', example: 'Domain User Sync (Hourly)' })
  name!: string;

  @ApiProperty({ ...TIME, example: '2024-01-15T12:00:00.000Z' })
  nextRunTime!: string;
}

export class SchedulerStatusResponse {
  @ApiProperty({ type: 'boolean', description: 'Some instance is alive.', example: true })
  isRunning!: boolean;

  @ApiProperty({ type: SchedulerInstanceResponse, nullable: true, description: 'One of `instances`; null while none leads.' })
  leaderInstance!: SchedulerInstanceResponse | null;

  @ApiProperty({ type: 'integer', example: 4 })
  totalJobs!: number;

  @ApiProperty({ type: 'integer', example: 4 })
  enabledJobs!: number;

  @ApiProperty({ type: 'integer', description: 'Jobs with a running execution.', example: 0 })
  runningJobs!: number;

  @ApiProperty({ type: 'integer', description: 'Jobs whose next run is late by more than 10 s.', example: 0 })
  overdueJobs!: number;

  @ApiProperty({ type: NextJobResponse, nullable: true })
  nextScheduledJob!: NextJobResponse | null;

  @ApiProperty({ type: [SchedulerInstanceResponse], description: 'Those that are alive, the leader first.' })
  instances!: SchedulerInstanceResponse[];
}
