import { ApiProperty } from '@nestjs/swagger';
import { PageData } from '../pages/page.responses.js';
import { WORKER_STATUS_WORDS, type WorkerStatusWord } from './worker.dto.js';

const TIME = { type: 'string', format: 'date-time' } as const;
const COUNT = { type: 'integer', minimum: 0 } as const;

export class WorkerData {
  @ApiProperty({ format: 'uuid', description: 'New at each start of the process; the worker_id of its task runs.' })
  id!: string;

  @ApiProperty({ description: 'Also accepted in paths.', example: 'worker-001' })
  name!: string;

  @ApiProperty({ example: 'worker-node-1' })
  hostname!: string;

  @ApiProperty({ example: '192.168.1.100' })
  ip_address!: string;

  @ApiProperty({ type: 'string', isArray: true, example: ['shell', 'http', 'python'] })
  supported_task_types!: string[];

  @ApiProperty({ type: 'integer', example: 10 })
  max_concurrent_tasks!: number;

  @ApiProperty({ ...COUNT, description: 'As of its last heartbeat; 0 when it is down.', example: 3 })
  current_task_count!: number;

  @ApiProperty({ enum: WORKER_STATUS_WORDS, description: 'Down: it ended, or is silent for 30 seconds.' })
  status!: WorkerStatusWord;

  @ApiProperty({ type: 'number', minimum: 0, example: 30 })
  load_percentage!: number;

  @ApiProperty(TIME)
  last_heartbeat!: string;

  @ApiProperty(TIME)
  registered_at!: string;
}

export class WorkerPageData extends PageData {
  @ApiProperty({ type: [WorkerData] })
  items!: WorkerData[];
}

export class WorkerStatsData {
  @ApiProperty({ ...COUNT, description: 'Task runs that ended on this worker.' })
  total_tasks_executed!: number;

  @ApiProperty(COUNT)
  successful_tasks!: number;

  @ApiProperty({ ...COUNT, description: 'Failed, timed out or cancelled.' })
  failed_tasks!: number;

  @ApiProperty({ type: 'number', minimum: 0, maximum: 100, description: 'Per cent, two decimals.', example: 96.67 })
  success_rate!: number;

  @ApiProperty({ ...COUNT, description: 'Run time of last attempts, without the waiting between attempts.', example: 45000 })
  average_execution_time_ms!: number;

  @ApiProperty({ type: 'number', minimum: 0, example: 30 })
  current_load_percentage!: number;

  @ApiProperty({ ...COUNT, description: 'Of a worker that is down: until its last heartbeat.' })
  uptime_seconds!: number;

  @ApiProperty({ ...COUNT, description: 'To the minute.' })
  tasks_last_24h!: number;

  @ApiProperty({ ...COUNT, description: 'To the hour.' })
  tasks_last_7d!: number;

  @ApiProperty({ ...TIME, nullable: true })
  last_task_completed!: string | null;
}
