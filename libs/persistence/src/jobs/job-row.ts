import { DomainError } from '#domain/errors.js';
import type { ExecutionStatus, TriggerSource } from '#domain/execution/status.js';
import type { ExecutionId, JobId, UserId } from '#domain/ids.js';
import type { JsonObject } from '#domain/json.js';
import type { CatchUpMode, OverlapPolicy, ScheduledJob, WorkerLostPolicy } from '#domain/job/scheduled-job.js';
import type { Schedule } from '#domain/schedule/schedule.js';
import { scheduleFromJson } from '#domain/schedule/schedule-json.js';
import type { JobSummary, RelatedJob, RunMark } from '#application/jobs/job-views.js';
import type { BigIntText } from '../rows.js';

/** A row of `scheduled_job` as node-postgres returns it. */
export interface JobRow {
  id: string;
  number: number;
  name: string;
  description: string | null;
  task_function_id: number;
  job_type_id: number;
  schedule_config: JsonObject;
  schedule: JsonObject;
  start_at: Date | null;
  end_at: Date | null;
  task_args: JsonObject | null;
  max_instances: number;
  timeout_ms: number;
  retry_count: number;
  retry_delay_ms: number;
  retry_backoff: 'fixed' | 'exponential';
  retry_factor: number;
  retry_max_delay_ms: number;
  retry_jitter: number;
  overlap_policy: OverlapPolicy;
  catch_up_mode: CatchUpMode;
  catch_up_window_ms: BigIntText;
  on_worker_lost: WorkerLostPolicy;
  priority: number;
  is_enabled: boolean;
  is_paused: boolean;
  schedule_version: number;
  next_fire_at: Date | null;
  created_at: Date;
  updated_at: Date;
  created_by: string | null;
  updated_by: string | null;
  /** Of statements that select it. */
  depends_on?: number[];
}

/** A job row with its function's name and newest started execution. */
export interface JobSummaryRow extends JobRow {
  task_function_name: string;
  task_function_display_name: string;
  queue: string;
  is_running: boolean;
  failure_streak: number;
  last_started_at: Date | null;
  last_status: ExecutionStatus | null;
}

/** Turns a row into the domain's job. */
export function toJob(row: JobRow): ScheduledJob {
  return {
    id: row.id as JobId,
    number: row.number,
    name: row.name,
    description: row.description,
    taskFunctionId: row.task_function_id,
    jobTypeId: row.job_type_id,
    scheduleConfig: row.schedule_config,
    bounded: { schedule: readSchedule(row.schedule) ?? UNREADABLE_SCHEDULE, startAt: row.start_at, endAt: row.end_at },
    args: row.task_args,
    policies: {
      maxInstances: row.max_instances,
      timeoutMs: row.timeout_ms,
      retry: retryOf(row),
      overlap: row.overlap_policy,
      catchUp: { mode: row.catch_up_mode, windowMs: Number(row.catch_up_window_ms) },
      onWorkerLost: row.on_worker_lost,
      priority: row.priority,
    },
    dependsOn: row.depends_on ?? [],
    isEnabled: row.is_enabled,
    isPaused: row.is_paused,
    scheduleVersion: row.schedule_version,
    nextFireAt: row.next_fire_at,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    createdBy: row.created_by as UserId | null,
    updatedBy: row.updated_by as UserId | null,
  };
}

/** Turns a row of a list into a summary. */
export function toJobSummary(row: JobSummaryRow): JobSummary {
  const { last_started_at: startedAt, last_status: status } = row;
  return {
    ...toJob(row),
    taskFunctionName: row.task_function_name,
    taskFunctionDisplayName: row.task_function_display_name,
    queue: row.queue,
    isRunning: row.is_running,
    failureStreak: row.failure_streak,
    lastRun: startedAt === null || status === null ? null : { startedAt, status },
  };
}

/** A job on one side of another one's dependencies. */
export interface RelatedJobRow {
  side: 'dependsOn' | 'dependents';
  id: JobId;
  number: number;
  name: string;
  last_status: ExecutionStatus | null;
}

export function toRelatedJob({ id, number, name, last_status: lastStatus }: RelatedJobRow): RelatedJob {
  return { id, number, name, lastStatus };
}

/** Columns of an execution that are a mark in a row of them. */
export interface RunMarkRow {
  id: ExecutionId;
  job_id: JobId;
  number: BigIntText;
  status: ExecutionStatus;
  reason: RunMark['reason'];
  trigger: TriggerSource;
  scheduled_for: Date;
  started_at: Date | null;
  duration_ms: number | null;
}

export function toRunMark(row: RunMarkRow): RunMark {
  return {
    id: row.id,
    number: Number(row.number),
    status: row.status,
    reason: row.reason,
    trigger: row.trigger,
    scheduledFor: row.scheduled_for,
    startedAt: row.started_at,
    durationMs: row.duration_ms,
  };
}

/**
 * Stands for a schedule that this release cannot read, so that its job can still be shown, switched off and deleted. It is
 * never written back over what is stored.
 */
export const UNREADABLE_SCHEDULE: Schedule = { kind: 'once', at: new Date(0), timeZone: 'UTC' };

/** A stored schedule, or null where this release cannot read it: damaged, of a later release, in a zone not known here. */
export function readSchedule(stored: JsonObject): Schedule | null {
  try {
    return scheduleFromJson(stored);
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
}

/** The retry columns of a job, wherever they were selected. */
export type RetryColumns = Pick<
  JobRow,
  'retry_count' | 'retry_delay_ms' | 'retry_backoff' | 'retry_factor' | 'retry_max_delay_ms' | 'retry_jitter'
>;

/** The retry policy in a row. */
export function retryOf(row: RetryColumns): ScheduledJob['policies']['retry'] {
  return {
    retryCount: row.retry_count,
    backoff: {
      kind: row.retry_backoff,
      delayMs: row.retry_delay_ms,
      factor: row.retry_factor,
      maxDelayMs: row.retry_max_delay_ms,
      jitter: row.retry_jitter,
    },
  };
}
