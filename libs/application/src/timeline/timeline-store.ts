import type { ExecutionStatus, TriggerSource } from '#domain/execution/status.js';
import type { ExecutionId, JobId } from '#domain/ids.js';
import type { BoundedSchedule } from '#domain/schedule/schedule.js';

/** `[from, to)`. */
export interface TimeRange {
  readonly from: Date;
  readonly to: Date;
}

/** An execution as a bar in time. */
export interface TimelineExecution {
  readonly id: ExecutionId;
  readonly jobId: JobId;
  readonly number: number;
  readonly status: ExecutionStatus;
  readonly trigger: TriggerSource;
  readonly scheduledFor: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

/** A job that will fire. */
export interface ComingJob {
  readonly jobId: JobId;
  readonly bounded: BoundedSchedule;
  /** The planner's cursor: the first occurrence that is not in the ledger. */
  readonly nextFireAt: Date;
}

export interface TimelineJob {
  readonly jobId: JobId;
  readonly name: string;
  readonly timeZone: string;
  readonly isEnabled: boolean;
  readonly isPaused: boolean;
}

/** Reads what a timeline shows, each part in bounded work. */
export abstract class TimelineStore {
  /** The database's present. */
  abstract now(): Promise<Date>;
  /**
   * Executions by job, of those that stand in the range by the instant that lists sort by.
   *
   * @param limit so many of them are counted, the newest; `isCapped` tells that there are more
   */
  abstract countByJob(range: TimeRange, limit: number): Promise<{ counts: ReadonlyMap<JobId, number>; isCapped: boolean }>;
  /** Jobs whose next fire is at or before `until`, the next one first, at most `limit`. */
  abstract coming(until: Date, limit: number): Promise<ComingJob[]>;
  /** Unknown ids are left out. */
  abstract jobs(ids: readonly JobId[]): Promise<TimelineJob[]>;
  /** The newest `limit` executions of each job in the range, oldest first, and those of them that still run from before it. */
  abstract executions(ids: readonly JobId[], range: TimeRange, limit: number): Promise<TimelineExecution[]>;
}
