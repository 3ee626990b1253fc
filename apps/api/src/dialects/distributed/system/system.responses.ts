import { ApiProperty } from '@nestjs/swagger';

const COUNT = { type: 'integer', minimum: 0 } as const;

export class SystemHealthData {
  @ApiProperty({ enum: ['healthy'] })
  status!: 'healthy';

  @ApiProperty({ enum: ['connected'] })
  database_status!: 'connected';

  @ApiProperty({ enum: ['connected'] })
  message_queue_status!: 'connected';

  @ApiProperty({ ...COUNT, description: 'Of the API process that answers.' })
  uptime_seconds!: number;

  @ApiProperty({ type: 'string', format: 'date-time' })
  timestamp!: string;
}

export class SystemStatsData {
  @ApiProperty(COUNT)
  total_tasks!: number;

  @ApiProperty(COUNT)
  active_tasks!: number;

  @ApiProperty({ ...COUNT, description: 'Those that went down within the last day included.' })
  total_workers!: number;

  @ApiProperty({ ...COUNT, description: 'With a heartbeat within the last 30 seconds.' })
  active_workers!: number;

  @ApiProperty(COUNT)
  running_task_runs!: number;

  @ApiProperty({ ...COUNT, description: 'Since midnight UTC.' })
  completed_task_runs_today!: number;

  @ApiProperty({ ...COUNT, description: 'Since midnight UTC; timed out and cancelled ones included.' })
  failed_task_runs_today!: number;
}
