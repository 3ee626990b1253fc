import { ApiProperty } from '@nestjs/swagger';
import type { JsonObject } from '#domain/json.js';
import { PageData } from '../pages/page.responses.js';
import { TaskRunData } from '../runs/task-run.responses.js';
import { RUN_STATUS_WORDS, type RunStatusWord } from '../runs/task-run.status.js';
import { TASK_STATUS_WORDS, type TaskStatusWord } from './task.dto.js';

const TIME = { type: 'string', format: 'date-time' } as const;
const TIME_OR_NULL = { ...TIME, nullable: true } as const;
const COUNT = { type: 'integer', minimum: 0 } as const;
const MILLISECONDS = { ...COUNT, description: 'Milliseconds from the first start to the end; 0 without runs.' } as const;

export class TaskData {
  @ApiProperty({ type: 'integer', example: 123 })
  id!: number;

  @ApiProperty({ example: 'daily-backup' })
  name!: string;

  @ApiProperty({ example: 'shell' })
  task_type!: string;

  @ApiProperty({ description: 'A cron expression; of tasks made elsewhere also `@every 1h30m` or `@once <instant>`.', example: '0 2 * * *' })
  schedule!: string;

  @ApiProperty({ description: 'IANA time zone of the schedule.', example: 'UTC' })
  timezone!: string;

  @ApiProperty({ type: 'object', additionalProperties: true })
  parameters!: JsonObject;

  @ApiProperty({ type: 'number', example: 3600 })
  timeout_seconds!: number;

  @ApiProperty({ type: 'integer', example: 3 })
  max_retries!: number;

  @ApiProperty({ enum: TASK_STATUS_WORDS })
  status!: TaskStatusWord;

  @ApiProperty({ type: 'integer', isArray: true, example: [1, 2] })
  dependencies!: number[];

  @ApiProperty({ ...TIME_OR_NULL, description: 'Null while nothing is to come.' })
  next_run_at!: string | null;

  @ApiProperty(TIME)
  created_at!: string;

  @ApiProperty(TIME)
  updated_at!: string;
}

export class TaskPageData extends PageData {
  @ApiProperty({ type: [TaskData] })
  items!: TaskData[];
}

export class ExecutionStatsData {
  @ApiProperty({ ...COUNT, description: 'Those that wait or run included.', example: 30 })
  total_runs!: number;

  @ApiProperty({ ...COUNT, example: 28 })
  successful_runs!: number;

  @ApiProperty({ ...COUNT, description: 'Failed, timed out or cancelled.', example: 2 })
  failed_runs!: number;

  @ApiProperty({ type: 'number', minimum: 0, maximum: 100, description: 'Per cent of the runs that ended, two decimals.', example: 93.33 })
  success_rate!: number;

  @ApiProperty({ ...MILLISECONDS, example: 900000 })
  average_duration_ms!: number;

  @ApiProperty(TIME_OR_NULL)
  last_success!: string | null;

  @ApiProperty(TIME_OR_NULL)
  last_failure!: string | null;
}

export class TaskStatsData extends ExecutionStatsData {
  @ApiProperty({ ...MILLISECONDS, example: 780000 })
  min_duration_ms!: number;

  @ApiProperty({ ...MILLISECONDS, example: 1200000 })
  max_duration_ms!: number;

  @ApiProperty({ ...COUNT, description: 'Runs that ended in the last 24 hours, and those that wait or run.' })
  runs_last_24h!: number;

  @ApiProperty(COUNT)
  runs_last_7d!: number;

  @ApiProperty(COUNT)
  runs_last_30d!: number;
}

export class TaskDetailData extends TaskData {
  @ApiProperty({ type: [TaskRunData], description: 'The last ten, newest first.' })
  recent_runs!: TaskRunData[];

  @ApiProperty({ type: ExecutionStatsData })
  execution_stats!: ExecutionStatsData;
}

export class TaskTriggeredData {
  @ApiProperty({ type: 'integer', example: 789 })
  task_run_id!: number;

  @ApiProperty({ example: 'Task triggered successfully' })
  message!: string;

  @ApiProperty({ type: 'integer', description: 'The task run, as `task_run_id`.', example: 789 })
  id!: number;

  @ApiProperty({ type: 'integer', example: 123 })
  task_id!: number;

  @ApiProperty({ enum: RUN_STATUS_WORDS })
  status!: RunStatusWord;
}
