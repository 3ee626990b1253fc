import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
} from 'class-validator';
import type { JsonObject } from '#domain/json.js';
import { ConvertedMember } from '../../../http/input-instance.js';
import { PageQuery } from '../pages/page.dto.js';
import { MAX_INTEGER, toFlag, toInteger, toWord } from '../query-values.js';
import { RUN_STATUS_WORDS, type RunStatusWord } from '../runs/task-run.status.js';

export const TASK_STATUS_WORDS = ['Active', 'Inactive'] as const;
export type TaskStatusWord = (typeof TASK_STATUS_WORDS)[number];

/** Jobs that one job may depend on. */
const MAX_DEPENDENCIES = 100;

export class NumberPath {
  @ApiProperty({ type: 'integer', minimum: 1, example: 123 })
  @ConvertedMember(toInteger)
  @IsInt({ message: 'must be an integer' })
  @Min(1)
  @Max(MAX_INTEGER)
  id!: number;
}

export class TaskListQuery extends PageQuery {
  @ApiPropertyOptional({ enum: TASK_STATUS_WORDS, description: 'In any case.' })
  @IsOptional()
  @ConvertedMember(toWord(TASK_STATUS_WORDS))
  @IsIn(TASK_STATUS_WORDS, { message: 'must be Active or Inactive' })
  status?: TaskStatusWord;

  @ApiPropertyOptional({ description: 'Part of the name, in any case, taken literally.', maxLength: 255 })
  @IsOptional()
  @IsString()
  @Length(0, 255)
  name?: string;

  @ApiPropertyOptional({ description: 'Exact.', maxLength: 100, example: 'shell' })
  @IsOptional()
  @IsString()
  @Length(0, 100)
  task_type?: string;
}

export class TaskRunListQuery extends PageQuery {
  @ApiPropertyOptional({ enum: RUN_STATUS_WORDS, description: 'In any case.' })
  @IsOptional()
  @ConvertedMember(toWord(RUN_STATUS_WORDS))
  @IsIn(RUN_STATUS_WORDS, { message: `must be one of ${RUN_STATUS_WORDS.join(', ')}` })
  status?: RunStatusWord;

  @ApiPropertyOptional({ type: 'boolean', default: false, description: 'Lists occurrences that were skipped too.' })
  @IsOptional()
  @ConvertedMember(toFlag)
  @IsBoolean({ message: 'must be true or false' })
  include_skipped?: boolean;
}

/** The members that creating and changing have in common, all of them optional. */
class TaskMembers {
  @ApiPropertyOptional({ type: 'object', additionalProperties: true, nullable: true, description: 'What the task type takes.', example: { command: 'pg_dump mydb > /backup/$(date +%Y%m%d).sql', working_directory: '/backup' } })
  @IsOptional()
  @IsObject()
  parameters?: JsonObject | null;

  @ApiPropertyOptional({ type: 'string', nullable: true, maxLength: 100, description: 'IANA time zone of the schedule. Left out: UTC, or what it was.', example: 'Europe/Berlin' })
  @IsOptional()
  @IsString()
  @Length(1, 100)
  timezone?: string | null;

  @ApiPropertyOptional({ type: 'integer', nullable: true, minimum: 1, maximum: 86_400, description: 'Limit of one attempt. Left out: that of the task type.', example: 3_600 })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(86_400)
  timeout_seconds?: number | null;

  @ApiPropertyOptional({ type: 'integer', nullable: true, minimum: 0, maximum: 10, default: 3, example: 3 })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(10)
  max_retries?: number | null;

  @ApiPropertyOptional({ type: 'integer', isArray: true, nullable: true, maxItems: MAX_DEPENDENCIES, description: 'Tasks whose latest run must be Completed before a scheduled run starts.', example: [1, 2] })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MAX_DEPENDENCIES)
  @IsInt({ each: true, message: 'must be a list of task ids' })
  @Min(1, { each: true })
  @Max(MAX_INTEGER, { each: true })
  dependencies?: number[] | null;

  @ApiPropertyOptional({ enum: TASK_STATUS_WORDS, nullable: true, default: 'Active' })
  @IsOptional()
  @ConvertedMember(toWord(TASK_STATUS_WORDS))
  @IsIn(TASK_STATUS_WORDS, { message: 'must be Active or Inactive' })
  status?: TaskStatusWord | null;
}

const NAME = { minLength: 1, maxLength: 255, example: 'daily-backup', description: 'No other task has it.' } as const;
const TASK_TYPE = { minLength: 1, maxLength: 100, example: 'shell', description: 'Name of a task function.' } as const;
const SCHEDULE = { minLength: 1, maxLength: 255, example: '0 2 * * *', description: 'Five cron fields; six with seconds first; seven with the year last; or @hourly, @daily, @weekly, @monthly, @yearly. Weekdays 0 and 7 are Sunday.' } as const;

export class CreateTaskRequest extends TaskMembers {
  @ApiProperty(NAME)
  @IsString()
  @Length(1, 255)
  @Matches(/\S/, { message: 'must not be blank' })
  name!: string;

  @ApiProperty(TASK_TYPE)
  @IsString()
  @Length(1, 100)
  task_type!: string;

  @ApiProperty(SCHEDULE)
  @IsString()
  @Length(1, 255)
  schedule!: string;
}

/** A member that is left out keeps its value. */
export class UpdateTaskRequest extends TaskMembers {
  @ApiPropertyOptional(NAME)
  @IsOptional()
  @IsString()
  @Length(1, 255)
  @Matches(/\S/, { message: 'must not be blank' })
  name?: string | null;

  @ApiPropertyOptional(TASK_TYPE)
  @IsOptional()
  @IsString()
  @Length(1, 100)
  task_type?: string | null;

  @ApiPropertyOptional(SCHEDULE)
  @IsOptional()
  @IsString()
  @Length(1, 255)
  schedule?: string | null;
}
