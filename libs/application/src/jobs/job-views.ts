import type { ExecutionStatus, TriggerSource } from '#domain/execution/status.js';
import type { ScheduledJob } from '#domain/job/scheduled-job.js';
import type { ExecutionId, JobId } from '#domain/ids.js';
import type { Execution } from '../executions/execution.js';
import type { DurationSpread, JobStatistics } from '../statistics/statistics.repository.js';
import type { JobType, TaskFunction } from '../task-functions/task-function.js';

/** A job as lists show it. */
export interface JobSummary extends ScheduledJob {
  /** Name of its task function. */
  readonly taskFunctionName: string;
  readonly taskFunctionDisplayName: string;
  /** Queue of its task function. */
  readonly queue: string;
  /** Whether an execution of it runs now. */
  readonly isRunning: boolean;
  /** Runs in a row, newest first, that failed or timed out, without regard to cancelled ones; counted up to `FAILURE_STREAK_LIMIT`. */
  readonly failureStreak: number;
  /** The newest execution that started; null before the first one. */
  readonly lastRun: { readonly startedAt: Date; readonly status: ExecutionStatus } | null;
}

/** Failures in a row are counted up to here. */
export const FAILURE_STREAK_LIMIT = 20;

/** One execution as a mark in a row of them. */
export interface RunMark {
  readonly id: ExecutionId;
  readonly number: number;
  readonly status: ExecutionStatus;
  readonly reason: Execution['reason'];
  readonly trigger: TriggerSource;
  readonly scheduledFor: Date;
  readonly startedAt: Date | null;
  readonly durationMs: number | null;
}

/** A job on the other side of a dependency. */
export interface RelatedJob {
  readonly id: JobId;
  readonly number: number;
  readonly name: string;
  /** Of its newest execution that started; null before the first one. */
  readonly lastStatus: ExecutionStatus | null;
}

export interface JobRelations {
  /** What the job waits for, by number. */
  readonly dependsOnJobs: readonly RelatedJob[];
  /** What waits for the job, by number. */
  readonly dependents: readonly RelatedJob[];
}

/** A job with everything about it. */
export interface JobDetail extends JobSummary, JobRelations {
  readonly taskFunction: TaskFunction;
  readonly jobType: JobType;
  /** The last ten, newest first. */
  readonly recentExecutions: readonly Execution[];
  readonly statistics: JobStatistics;
  /** Of the last runs that ended; null without any. */
  readonly recentDurations: DurationSpread | null;
}

/** A minute in which jobs are due. */
export interface BusyMinute {
  /** Its start. */
  readonly at: Date;
  readonly jobs: number;
}

/** Counts over all jobs that match a filter. */
export interface JobCounts {
  readonly total: number;
  readonly enabled: number;
  readonly disabled: number;
  /** Jobs with a running execution. */
  readonly running: number;
}
