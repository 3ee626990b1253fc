import type { Clock } from '#domain/clock.js';
import { DomainError, type Violation } from '#domain/errors.js';
import type { JsonObject } from '#domain/json.js';
import { describeSchedule } from '#domain/schedule/describe-schedule.js';
import { previewSchedule, type PreviewedOccurrence } from '#domain/schedule/preview.js';
import { parseScheduleConfig } from '#domain/schedule/schedule-config.js';
import { DEFAULT_TIME_ZONE } from '../jobs/define-job.js';
import { jobTypeById } from '../task-functions/task-function.js';

export interface PreviewRequest {
  readonly jobTypeId: number;
  readonly scheduleConfig: JsonObject;
  readonly startAt: Date | null;
  readonly endAt: Date | null;
  /** 1..100. */
  readonly count: number;
  /** Fire times after this; null = now. */
  readonly after: Date | null;
}

export type SchedulePreview =
  | {
      readonly isValid: true;
      readonly description: string;
      readonly timeZone: string;
      readonly occurrences: readonly PreviewedOccurrence[];
    }
  | { readonly isValid: false; readonly violations: readonly Violation[] };

/** Shows what a schedule would do before it is saved, with the arithmetic that the planner uses. */
export class PreviewSchedule {
  constructor(private readonly clock: Clock) {}

  /** @throws DomainError `JOB_TYPE_UNKNOWN` */
  execute(request: PreviewRequest): SchedulePreview {
    const type = jobTypeById(request.jobTypeId);
    if (type === undefined) {
      throw new DomainError('JOB_TYPE_UNKNOWN', `Job type ${String(request.jobTypeId)} not found`);
    }
    const now = this.clock.now();
    const parsed = parseScheduleConfig(type.name, request.scheduleConfig, { now, defaultTimeZone: DEFAULT_TIME_ZONE });
    if (!parsed.ok) return { isValid: false, violations: parsed.violations };
    const bounded = { schedule: parsed.schedule, startAt: request.startAt, endAt: request.endAt };
    return {
      isValid: true,
      description: describeSchedule(parsed.schedule),
      timeZone: parsed.schedule.timeZone,
      occurrences: previewSchedule(bounded, request.after ?? now, request.count),
    };
  }
}
