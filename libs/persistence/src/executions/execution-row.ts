import type { AttemptStatus, ExecutionStatus, TriggerSource } from '#domain/execution/status.js';
import type { ExecutionId, JobId, UserId, WorkerId } from '#domain/ids.js';
import type { JsonObject, JsonValue } from '#domain/json.js';
import type { Attempt, Execution } from '#application/executions/execution.js';
import { toNumber, type BigIntText } from '../rows.js';

/** The columns of `execution` that readers need. */
export const EXECUTION_COLUMNS = [
  'id',
  'number',
  'job_id',
  'task_function',
  'queue',
  'status',
  'reason',
  'trigger',
  'triggered_by',
  'scheduled_for',
  'attempt',
  'worker_id',
  'args',
  'timeout_ms',
  'created_at',
  'started_at',
  'attempt_started_at',
  'finished_at',
  'duration_ms',
  'next_attempt_at',
  'cancel_requested_at',
  'result',
  'error',
  'exit_code',
  'peak_memory_bytes',
  'average_memory_bytes',
  'progress',
] as const;

/** What readers select of execution `e`, with `EXECUTION_JOINS`. */
export const SELECTED_EXECUTION = `${EXECUTION_COLUMNS.map((column) => `e.${column}`).join(', ')},
  j.name as job_name, j.retry_count + 1 as max_attempts, w.name as worker_name, u.username as triggered_by_name,
  (extract(epoch from e.sort_at) * 1000000)::bigint as sort_micros`;

/** The job, the worker and the account of execution `e`: one look-up each. */
export const EXECUTION_JOINS = `
  join scheduled_job j on j.id = e.job_id left join worker w on w.id = e.worker_id
  left join user_account u on u.id = e.triggered_by`;

export interface ExecutionRow {
  id: ExecutionId;
  number: BigIntText;
  job_id: JobId;
  task_function: string;
  queue: string;
  job_name: string;
  max_attempts: number;
  worker_name: string | null;
  triggered_by_name: string | null;
  sort_micros: BigIntText;
  status: ExecutionStatus;
  reason: Execution['reason'];
  trigger: TriggerSource;
  triggered_by: UserId | null;
  scheduled_for: Date;
  attempt: number;
  worker_id: WorkerId | null;
  args: JsonObject | null;
  timeout_ms: number;
  created_at: Date;
  started_at: Date | null;
  attempt_started_at: Date | null;
  finished_at: Date | null;
  duration_ms: number | null;
  next_attempt_at: Date | null;
  cancel_requested_at: Date | null;
  result: JsonValue;
  error: string | null;
  exit_code: number | null;
  peak_memory_bytes: BigIntText | null;
  average_memory_bytes: BigIntText | null;
  progress: number | null;
}

export function toExecution(row: ExecutionRow): Execution {
  return {
    id: row.id,
    number: Number(row.number),
    jobId: row.job_id,
    jobName: row.job_name,
    taskFunction: row.task_function,
    queue: row.queue,
    status: row.status,
    reason: row.reason,
    trigger: row.trigger,
    triggeredBy: row.triggered_by,
    triggeredByName: row.triggered_by_name,
    scheduledFor: row.scheduled_for,
    attempt: row.attempt,
    maxAttempts: row.max_attempts,
    workerId: row.worker_id,
    workerName: row.worker_name,
    args: row.args,
    timeoutMs: row.timeout_ms,
    createdAt: row.created_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    durationMs: row.duration_ms,
    nextAttemptAt: row.status === 'pending' ? row.next_attempt_at : null,
    cancelRequestedAt: row.cancel_requested_at,
    result: row.result,
    error: row.error,
    exitCode: row.exit_code,
    peakMemoryBytes: toNumber(row.peak_memory_bytes),
    averageMemoryBytes: toNumber(row.average_memory_bytes),
    progress: row.progress,
  };
}

export interface AttemptRow {
  attempt: number;
  status: AttemptStatus;
  worker_id: WorkerId | null;
  started_at: Date;
  finished_at: Date | null;
  duration_ms: number | null;
  error: string | null;
  result: JsonValue;
  exit_code: number | null;
}

export function toAttempt(row: AttemptRow): Attempt {
  return {
    attempt: row.attempt,
    status: row.status,
    workerId: row.worker_id,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    durationMs: row.duration_ms,
    error: row.error,
    result: row.result,
    exitCode: row.exit_code,
  };
}

/**
 * The attempt that only the execution's own row tells of: one that runs, or a success at first try. Null when attempt rows
 * have it, or nothing started.
 */
export function unlistedAttempt(row: ExecutionRow, listed: readonly AttemptRow[]): AttemptRow | null {
  if (row.attempt === 0 || row.attempt_started_at === null) return null;
  if (listed.some(({ attempt }) => attempt === row.attempt)) return null;
  return {
    attempt: row.attempt,
    status: row.status === 'running' ? 'running' : 'success',
    worker_id: row.worker_id,
    started_at: row.attempt_started_at,
    finished_at: row.finished_at,
    duration_ms: row.duration_ms,
    error: row.error,
    result: row.result,
    exit_code: row.exit_code,
  };
}
