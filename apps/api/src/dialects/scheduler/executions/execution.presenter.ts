import type { JobSummary } from '#application/jobs/job-views.js';
import type { ExecutionPage } from '#application/executions/execution.repository.js';
import { queueJobId, type Attempt, type Execution, type LogEntry } from '#application/executions/execution.js';
import type { AttemptStatus, ExecutionStatus } from '#domain/execution/status.js';
import { instant, instantOrNull, seconds } from '../wire.js';
import { stateOf } from '../job-state.js';
import { encodeCursor } from './execution-cursor.js';
import type { LogPlace } from './execution.request-mapper.js';
import type {
  AttemptResponse,
  ExecutionDetailResponse,
  ExecutionListResponse,
  ExecutionResponse,
  LogEndResponse,
  LogEntryResponse,
  LogPageResponse,
  WireAttemptStatus,
  WireStatus,
} from './execution.responses.js';

/** Total: a new status must be given its word here. */
export const STATUS_WORDS: Readonly<Record<ExecutionStatus, WireStatus>> = {
  pending: 'pending',
  dispatched: 'dispatched',
  running: 'running',
  success: 'success',
  failed: 'failed',
  timeout: 'timeout',
  cancelled: 'cancelled',
  skipped: 'skipped',
};

const ATTEMPT_STATUS_WORDS: Readonly<Record<AttemptStatus, WireAttemptStatus>> = {
  running: 'running',
  success: 'success',
  failed: 'failed',
  timeout: 'timeout',
  cancelled: 'cancelled',
  lost: 'lost',
};

export function presentExecution(execution: Execution): ExecutionResponse {
  return {
    id: execution.id,
    number: execution.number,
    jobId: execution.jobId,
    jobName: execution.jobName,
    celeryTaskId: brokerId(execution),
    status: STATUS_WORDS[execution.status],
    reason: execution.reason,
    scheduledFor: instant(execution.scheduledFor),
    startedAt: instantOrNull(execution.startedAt),
    completedAt: instantOrNull(execution.finishedAt),
    durationSeconds: durationSeconds(execution.durationMs),
    queueWaitSeconds: queueWaitSeconds(execution),
    result: execution.result,
    errorMessage: execution.error,
    triggeredBy: execution.trigger,
    triggeredByUserId: execution.triggeredBy,
    triggeredByName: execution.triggeredByName,
    taskFunction: execution.taskFunction,
    queue: execution.queue,
    taskArgs: execution.args,
    attempt: execution.attempt,
    maxAttempts: execution.maxAttempts,
    nextAttemptAt: instantOrNull(execution.nextAttemptAt),
    cancelRequestedAt: instantOrNull(execution.cancelRequestedAt),
    workerId: execution.workerId,
    workerName: execution.workerName,
    exitCode: execution.exitCode,
    peakMemoryBytes: execution.peakMemoryBytes,
    averageMemoryBytes: execution.averageMemoryBytes,
    progress: execution.progress,
    createdAt: instant(execution.createdAt),
  };
}

export function presentExecutionPage({ items, total, next }: ExecutionPage): ExecutionListResponse {
  return {
    executions: items.map(presentExecution),
    total: total.count,
    nextCursor: next === null ? null : encodeCursor(next),
  };
}

export function presentExecutionDetail(
  detail: { readonly execution: Execution; readonly attempts: readonly Attempt[] },
  neighbours: { readonly previous: string | null; readonly next: string | null },
  job: JobSummary,
): ExecutionDetailResponse {
  return {
    ...presentExecution(detail.execution),
    previousId: neighbours.previous,
    nextId: neighbours.next,
    job: { id: job.id, name: job.name, timezone: job.bounded.schedule.timeZone, state: stateOf(job) },
    attempts: detail.attempts.map(presentAttempt),
  };
}

/**
 * @param found one entry more than `limit`, if there is one: behind the page, or before one that was read backward
 * @param totalLines null where nobody asked
 */
export function presentLogPage(executionId: string, found: readonly LogEntry[], place: LogPlace, totalLines: number | null = null): LogPageResponse {
  const isForward = place.direction === 'forward';
  const entries = isForward ? found.slice(0, place.limit) : found.slice(-place.limit);
  return {
    executionId,
    logs: entries.map(presentLogEntry),
    nextAfter: entries.at(-1)?.seq ?? (isForward ? place.after : Math.max(0, (place.before ?? 1) - 1)),
    hasMore: found.length > place.limit,
    totalLines,
  };
}

export function presentLogEntry(entry: LogEntry): LogEntryResponse {
  const { seq, attempt, at, stream, message } = entry;
  return { seq, attempt, timestamp: instant(at), stream, message };
}

export function presentLogEnd(execution: Execution): LogEndResponse {
  return { status: STATUS_WORDS[execution.status], errorMessage: execution.error };
}

function presentAttempt(attempt: Attempt): AttemptResponse {
  return {
    attempt: attempt.attempt,
    status: ATTEMPT_STATUS_WORDS[attempt.status],
    startedAt: instant(attempt.startedAt),
    completedAt: instantOrNull(attempt.finishedAt),
    durationSeconds: durationSeconds(attempt.durationMs),
    result: attempt.result,
    errorMessage: attempt.error,
    exitCode: attempt.exitCode,
    workerId: attempt.workerId,
  };
}

/** A skipped occurrence never went to the broker. */
function brokerId({ id, attempt, status }: Execution): string | null {
  return status === 'skipped' && attempt === 0 ? null : queueJobId(id, Math.max(1, attempt));
}

/** From the record of the execution to its first start: how long it waited for a slot, its dependencies and a worker. */
function queueWaitSeconds({ createdAt, startedAt }: Execution): number | null {
  return startedAt === null ? null : seconds(Math.max(0, startedAt.getTime() - createdAt.getTime()));
}

function durationSeconds(durationMs: number | null): number | null {
  return durationMs === null ? null : seconds(durationMs);
}
