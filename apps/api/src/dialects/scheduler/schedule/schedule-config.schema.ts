import { ApiProperty, getSchemaPath, type ApiPropertyOptions } from '@nestjs/swagger';

const ZONE = { type: 'string', description: 'IANA time zone. Default UTC.', example: 'Europe/Berlin' } as const;
const CRON_FIELD =
  'A field left out is `*` if it is coarser than the finest one given and its minimum if it is finer: `{"hour":"9"}` fires once a day, at 9:00:00.';

/** Fixed time intervals (job type 1). */
export class IntervalConfig {
  @ApiProperty({ type: 'integer', minimum: 0, required: false, description: 'Weeks.', example: 0 })
  weeks?: number;

  @ApiProperty({ type: 'integer', minimum: 0, required: false, description: 'Days.', example: 0 })
  days?: number;

  @ApiProperty({ type: 'integer', minimum: 0, required: false, description: 'Hours.', example: 6 })
  hours?: number;

  @ApiProperty({ type: 'integer', minimum: 0, required: false, description: 'Minutes.', example: 0 })
  minutes?: number;

  @ApiProperty({ type: 'integer', minimum: 0, required: false, description: 'Seconds. The sum of all members is at least 1 s.', example: 0 })
  seconds?: number;
}

/** Cron by fields (job type 2). */
export class CronConfig {
  @ApiProperty({ type: 'string', required: false, description: `Second, 0–59. ${CRON_FIELD}`, example: '0' })
  second?: string;

  @ApiProperty({ type: 'string', required: false, description: 'Minute, 0–59.', example: '0' })
  minute?: string;

  @ApiProperty({ type: 'string', required: false, description: 'Hour, 0–23.', example: '8' })
  hour?: string;

  @ApiProperty({ type: 'string', required: false, description: 'Day of the month, 1–31.', example: '*' })
  day?: string;

  @ApiProperty({ type: 'string', required: false, description: 'Month, 1–12 or jan–dec.', example: '*' })
  month?: string;

  @ApiProperty({ type: 'string', required: false, description: 'Day of the week: sun–sat, or numbers as in cron, where 0 (and 7) is Sunday.', example: 'mon' })
  day_of_week?: string;

  @ApiProperty({ type: 'string', required: false, description: 'Year.', example: '*' })
  year?: string;

  @ApiProperty({ ...ZONE, required: false })
  timezone?: string;
}

/** Cron as one expression (job type 2). */
export class CronExpressionConfig {
  @ApiProperty({ type: 'string', description: '5 fields; 6 with seconds first; 7 with the year last. Day of the week: 0 and 7 are Sunday.', example: '*/5 * * * *' })
  expression!: string;

  @ApiProperty({ ...ZONE, required: false })
  timezone?: string;
}

/** One firing (job type 3): either member. */
export class OnceConfig {
  @ApiProperty({ type: 'string', required: false, description: 'When, ISO 8601.', example: '2030-01-01T09:00:00Z' })
  at?: string;

  @ApiProperty({ type: 'integer', minimum: 1, required: false, description: 'Seconds from now, instead of `at`.', example: 90 })
  delaySeconds?: number;

  @ApiProperty({ ...ZONE, required: false })
  timezone?: string;
}

export const SCHEDULE_CONFIGS = [IntervalConfig, CronConfig, CronExpressionConfig, OnceConfig] as const;

/** What every kind of schedule configuration looks like in OpenAPI. */
export const SCHEDULE_CONFIG_SCHEMA: ApiPropertyOptions = {
  type: 'object',
  additionalProperties: true,
  anyOf: SCHEDULE_CONFIGS.map((config) => ({ $ref: getSchemaPath(config) })),
};

/** Arguments of a task function. */
export const TASK_ARGS_SCHEMA: ApiPropertyOptions = { type: 'object', additionalProperties: true };
