import type { ExecutionStatus } from '#domain/execution/status.js';
import type { ScheduledJob } from '#domain/job/scheduled-job.js';
import type { Execution } from '../executions/execution.js';
import type { JobType, TaskFunction } from '../task-functions/task-function.js';

/** A job as lists show it. */
export interface JobSummary extends ScheduledJob {
  /** Name of its task function. */
  readonly taskFunctionName: string;
  /** The newest execution that started; null before the first one. */
  readonly lastRun: { readonly startedAt: Date; readonly status: ExecutionStatus } | null;
}

/** A job with everything about it. */
export interface JobDetail extends JobSummary {
  readonly taskFunction: TaskFunction;
  readonly jobType: JobType;
  /** The last ten, newest first. */
  readonly recentExecutions: readonly Execution[];
}

/** Counts over all jobs that match a filter. */
export interface JobCounts {
  readonly total: number;
  readonly enabled: number;
  readonly disabled: number;
  /** Jobs with a running execution. */
  readonly running: number;
}
