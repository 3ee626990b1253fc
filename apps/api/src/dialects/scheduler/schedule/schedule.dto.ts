import { ApiExtraModels } from '@nestjs/swagger';
import { JOB_TYPES } from '#application/task-functions/task-function.js';
import type { JsonObject } from '#domain/json.js';
import { ChoiceField, FlagField, InstantField, IntegerField, MAX_INTEGER, ObjectField, UuidField } from '../input/fields.js';
import { SCHEDULE_CONFIG_SCHEMA, SCHEDULE_CONFIGS } from './schedule-config.schema.js';

@ApiExtraModels(...SCHEDULE_CONFIGS)
export class SchedulePreviewRequest {
  @IntegerField({ description: 'Kind of schedule: 1 interval, 2 cron, 3 once. Or give `jobType`.', minimum: 1, maximum: MAX_INTEGER, example: 2 })
  jobTypeId?: number;

  @ChoiceField({ description: 'Name of the kind of schedule, instead of `jobTypeId`.', values: JOB_TYPES.map(({ name }) => name), example: 'cron' })
  jobType?: string;

  @ObjectField({ description: 'The schedule.', schema: SCHEDULE_CONFIG_SCHEMA, required: true, example: { hour: '9', minute: '0', timezone: 'Europe/Berlin' } })
  scheduleConfig!: JsonObject;

  @InstantField({ description: 'No occurrence before this, ISO 8601.', nullable: true, example: '2030-01-01T00:00:00Z' })
  startAt?: string | null;

  @InstantField({ description: 'No occurrence after this, ISO 8601.', nullable: true, example: '2030-12-31T23:59:59Z' })
  endAt?: string | null;

  @IntegerField({ description: 'Fire times wanted, at most 100. Default 10.', minimum: 1, maximum: 100, example: 3 })
  count?: number;

  @InstantField({ description: 'Fire times after this, ISO 8601. Default now.', nullable: true, example: '2030-03-30T00:00:00Z' })
  after?: string | null;

  @FlagField({ description: 'Whether the answer says in which minute of the fire times most other jobs are due. Default false.', example: false })
  withOtherJobs?: boolean;

  @UuidField({ description: 'The job that has this schedule: it is none of the others.', nullable: true, example: null })
  jobId?: string | null;
}
