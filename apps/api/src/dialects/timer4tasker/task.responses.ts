import { ApiProperty } from '@nestjs/swagger';
import { TASK_TYPES, type TaskType } from './task-types.js';

const TIME = { type: 'string', format: 'date-time', example: '2030-01-15T02:00:00.000Z' } as const;
const ID = { type: 'string', example: '01934f6e-8f7a-7cc1-8d7e-3f5c1c2b7a10', description: 'Opaque.' } as const;
const OBJECT = { type: 'object', additionalProperties: true } as const;

/** The words that document 000 has for the state of an execution. */
export const STATUS_WORDS = ['running', 'completed', 'failed'] as const;
export type StatusWord = (typeof STATUS_WORDS)[number];

class TaskMembers {
  @ApiProperty(ID)
  task_id!: string;

  @ApiProperty({ type: 'string', example: 'Clean up logs' })
  name!: string;

  @ApiProperty({ enum: TASK_TYPES })
  task_type!: TaskType;

  @ApiProperty({ type: 'string', example: '0 2 * * *', description: 'Cron expression, as given; `@every …`, `@at …` or `CRON_TZ=…` for schedules made elsewhere that cron in UTC cannot say.' })
  schedule!: string;

  @ApiProperty({ type: 'boolean' })
  enabled!: boolean;
}

export class CreatedTask extends TaskMembers {
  @ApiProperty(TIME)
  created_at!: string;
}

export class UpdatedTask extends TaskMembers {
  @ApiProperty(TIME)
  updated_at!: string;
}

export class ListedTask extends TaskMembers {
  @ApiProperty(TIME)
  created_at!: string;

  @ApiProperty({ ...TIME, nullable: true, description: 'Start of the newest execution; null before the first.' })
  last_run!: string | null;
}

export class TaskDetail extends ListedTask {
  @ApiProperty({ type: 'string', description: 'Empty when there is none.' })
  description!: string;

  @ApiProperty(OBJECT)
  config!: Record<string, unknown>;

  @ApiProperty(TIME)
  updated_at!: string;

  @ApiProperty({ ...TIME, nullable: true, description: 'Null while the task is disabled.' })
  next_run!: string | null;
}

export class TaskPage {
  @ApiProperty({ type: [ListedTask], description: 'Newest first.' })
  tasks!: ListedTask[];

  @ApiProperty({ type: 'integer', description: 'Over all pages.' })
  total!: number;

  @ApiProperty({ type: 'integer' })
  page!: number;

  @ApiProperty({ type: 'integer' })
  page_size!: number;
}

export class ToggledTask {
  @ApiProperty(ID)
  task_id!: string;

  @ApiProperty({ type: 'boolean' })
  enabled!: boolean;
}

export class StartedExecution {
  @ApiProperty(ID)
  execution_id!: string;

  @ApiProperty(ID)
  task_id!: string;

  @ApiProperty({ enum: STATUS_WORDS })
  status!: StatusWord;

  @ApiProperty({ ...TIME, description: 'Until it really starts, when it was asked for or due.' })
  started_at!: string;
}

export class ExecutionItem extends StartedExecution {
  @ApiProperty({ ...TIME, nullable: true })
  completed_at!: string | null;

  @ApiProperty({ ...OBJECT, nullable: true })
  result!: Record<string, unknown> | null;

  @ApiProperty({ type: 'string', nullable: true })
  error!: string | null;
}

export class ExecutionHistory {
  @ApiProperty({ type: [ExecutionItem], description: 'Newest first.' })
  executions!: ExecutionItem[];
}

export class Statistics {
  @ApiProperty({ type: 'integer' })
  total_tasks!: number;

  @ApiProperty({ type: 'integer', description: 'Enabled ones.' })
  active_tasks!: number;

  @ApiProperty({ type: 'integer', description: 'Those that run included.' })
  total_executions!: number;

  @ApiProperty({ type: 'integer' })
  successful_executions!: number;

  @ApiProperty({ type: 'integer', description: 'All that ended otherwise: failed, timed out, cancelled, skipped.' })
  failed_executions!: number;
}
