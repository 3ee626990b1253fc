import { ApiProperty } from '@nestjs/swagger';
import { PageData } from '../pages/page.responses.js';
import { RUN_STATUS_WORDS, type RunStatusWord } from './task-run.status.js';

const TIME = { type: 'string', format: 'date-time' } as const;
const TIME_OR_NULL = { ...TIME, nullable: true } as const;

export class TaskRunData {
  @ApiProperty({ type: 'integer', example: 456 })
  id!: number;

  @ApiProperty({ type: 'integer', example: 123 })
  task_id!: number;

  @ApiProperty({ enum: RUN_STATUS_WORDS, description: 'Failed: also when it was cancelled.' })
  status!: RunStatusWord;

  @ApiProperty({ type: 'string', nullable: true, description: 'Worker of the last attempt.' })
  worker_id!: string | null;

  @ApiProperty({ type: 'integer', minimum: 0, description: 'Attempts after the first one.' })
  retry_count!: number;

  @ApiProperty({ ...TIME, description: 'The nominal instant; of a manual run the instant of the request.' })
  scheduled_at!: string;

  @ApiProperty({ ...TIME_OR_NULL, description: 'Start of the first attempt.' })
  started_at!: string | null;

  @ApiProperty(TIME_OR_NULL)
  completed_at!: string | null;

  @ApiProperty({ type: 'string', nullable: true, description: 'The end of a command’s output; JSON of what other task types return.', example: 'Backup completed successfully' })
  result!: string | null;

  @ApiProperty({ type: 'string', nullable: true })
  error_message!: string | null;

  @ApiProperty({ type: 'integer', nullable: true, minimum: 0, description: 'From the first start to the end.', example: 925000 })
  execution_duration_ms!: number | null;

  @ApiProperty(TIME)
  created_at!: string;

  @ApiProperty({ type: 'string', nullable: true, description: 'Why it was skipped, or ended without running: overlap, dependency_failed, …' })
  reason!: string | null;
}

export class TaskRunPageData extends PageData {
  @ApiProperty({ type: [TaskRunData] })
  items!: TaskRunData[];

  @ApiProperty({ type: 'integer', minimum: 0, description: 'Exact up to 10,000, an estimate above.' })
  override total!: number;
}
