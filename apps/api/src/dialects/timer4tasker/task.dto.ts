import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { JsonObject } from '#domain/json.js';
import { IsBoolean, IsIn, IsInt, IsObject, IsString, Length, Matches, Max, MaxLength, Min, ValidateIf } from 'class-validator';
import { ConvertedMember } from '../../http/input-instance.js';
import { TASK_TYPES, type TaskType } from './task-types.js';

const MAX_NAME_LENGTH = 200;
const MAX_DESCRIPTION_LENGTH = 1_000;
const MAX_INTEGER = 2_147_483_647;
/** Items of a list at most; a caller who asks for more gets these, and `page_size` says so. */
export const MAX_PAGE_SIZE = 1_000;

const CONFIG = {
  type: 'object',
  additionalProperties: true,
  description:
    '`file_cleanup`: `path`, `pattern` (default `*`), `days` (default 30), `dry_run`. `data_summary`: `source`, `format`. ' +
    '`data_backup`: `source`, `target`, `format` (`copy` or `tar.gz`), `keep`. What is missing fails the execution.',
  example: { path: '/tmp/logs', pattern: '*.log', days: 7 },
} as const;
const SCHEDULE = {
  type: 'string',
  description: 'Cron expression in UTC: 5 fields, 6 with seconds first, 7 with the year last, or a macro such as `@daily`.',
  example: '0 2 * * *',
} as const;

const NameField = (): PropertyDecorator => applyDecorators(IsString(), Length(1, MAX_NAME_LENGTH), Matches(/\S/, { message: 'must not be blank' }));
const DescriptionField = (): PropertyDecorator => applyDecorators(ValidateIf(isSaid), IsString(), MaxLength(MAX_DESCRIPTION_LENGTH));
/** Left out is fine; null is not. */
const WhenGiven = (): PropertyDecorator => ValidateIf((_input, value: unknown) => value !== undefined);

export class CreateTaskRequest {
  @ApiProperty({ type: 'string', minLength: 1, maxLength: MAX_NAME_LENGTH, example: 'Clean up logs', description: 'Need not be unique.' })
  @NameField()
  name!: string;

  @ApiPropertyOptional({ type: 'string', maxLength: MAX_DESCRIPTION_LENGTH, nullable: true })
  @DescriptionField()
  description?: string | null;

  @ApiProperty({ enum: TASK_TYPES })
  @IsIn(TASK_TYPES)
  task_type!: TaskType;

  @ApiProperty(SCHEDULE)
  @IsString()
  schedule!: string;

  @ApiPropertyOptional(CONFIG)
  @WhenGiven()
  @IsObject()
  config?: JsonObject;

  @ApiPropertyOptional({ type: 'boolean', default: true })
  @WhenGiven()
  @IsBoolean()
  enabled?: boolean;
}

export class UpdateTaskRequest {
  @ApiPropertyOptional({ type: 'string', minLength: 1, maxLength: MAX_NAME_LENGTH })
  @WhenGiven()
  @NameField()
  name?: string;

  @ApiPropertyOptional({ type: 'string', maxLength: MAX_DESCRIPTION_LENGTH, nullable: true })
  @DescriptionField()
  description?: string | null;

  @ApiPropertyOptional(SCHEDULE)
  @WhenGiven()
  @IsString()
  schedule?: string;

  @ApiPropertyOptional({ ...CONFIG, description: 'Replaces the whole configuration.' })
  @WhenGiven()
  @IsObject()
  config?: JsonObject;

  @ApiPropertyOptional({ type: 'boolean' })
  @WhenGiven()
  @IsBoolean()
  enabled?: boolean;
}

export class ToggleTaskRequest {
  @ApiProperty({ type: 'boolean', example: false })
  @IsBoolean()
  enabled!: boolean;
}

export class TaskListQuery {
  @ApiPropertyOptional({ enum: TASK_TYPES })
  @WhenGiven()
  @IsIn(TASK_TYPES)
  task_type?: TaskType;

  @ApiPropertyOptional({ type: 'boolean' })
  @WhenGiven()
  @ConvertedMember(toFlag)
  @IsBoolean()
  enabled?: boolean;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: MAX_INTEGER, default: 1 })
  @QueryNumber()
  page?: number;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, default: 10, description: `More than ${MAX_PAGE_SIZE} are taken for ${MAX_PAGE_SIZE}.` })
  @QueryNumber()
  page_size?: number;
}

export class HistoryQuery {
  @ApiPropertyOptional({ type: 'integer', minimum: 1, default: 20, description: `More than ${MAX_PAGE_SIZE} are taken for ${MAX_PAGE_SIZE}.` })
  @QueryNumber()
  limit?: number;
}

/** A whole number from 1 in a query, where every value is text. */
function QueryNumber(): PropertyDecorator {
  const fromText = (value: unknown): unknown => (typeof value === 'string' && /^[+-]?\d{1,300}$/.test(value) ? Number(value) : value);
  return applyDecorators(WhenGiven(), ConvertedMember(fromText), IsInt(), Min(1), Max(MAX_INTEGER));
}

function toFlag(value: unknown): unknown {
  const text = typeof value === 'string' ? value.toLowerCase() : value;
  if (text === 'true' || text === '1') return true;
  return text === 'false' || text === '0' ? false : value;
}

function isSaid(_input: object, value: unknown): boolean {
  return value !== undefined && value !== null;
}
