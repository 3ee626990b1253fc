import type { Execution } from '#application/executions/execution.js';
import type { JobCounts, JobSummary } from '#application/jobs/job-views.js';
import type { PageRequest } from '#application/page.js';
import type { ExecutionStatus } from '#domain/execution/status.js';
import type { JsonValue } from '#domain/json.js';
import { scheduleText } from './schedule-text.js';
import type {
  CreatedTask,
  ExecutionItem,
  ListedTask,
  StartedExecution,
  Statistics,
  StatusWord,
  TaskDetail,
  TaskPage,
  ToggledTask,
  UpdatedTask,
} from './task.responses.js';
import { taskTypeOf, type TaskType } from './task-types.js';

/** Total: a new status must be given its word here. */
const STATUS_OF: Readonly<Record<ExecutionStatus, StatusWord>> = {
  pending: 'running',
  dispatched: 'running',
  running: 'running',
  success: 'completed',
  failed: 'failed',
  timeout: 'failed',
  cancelled: 'failed',
  skipped: 'failed',
};

export function presentCreated(job: JobSummary): CreatedTask {
  return { ...members(job), created_at: instant(job.createdAt) };
}

export function presentUpdated(job: JobSummary): UpdatedTask {
  return { ...members(job), updated_at: instant(job.updatedAt) };
}

export function presentListed(job: JobSummary): ListedTask {
  return { ...presentCreated(job), last_run: job.lastRun === null ? null : instant(job.lastRun.startedAt) };
}

export function presentDetail(job: JobSummary): TaskDetail {
  const isActive = job.isEnabled && !job.isPaused;
  return {
    ...presentListed(job),
    description: job.description ?? '',
    config: job.args ?? {},
    updated_at: instant(job.updatedAt),
    next_run: isActive && job.nextFireAt !== null ? instant(job.nextFireAt) : null,
  };
}

export function presentPage(list: { readonly items: readonly JobSummary[]; readonly counts: JobCounts }, page: PageRequest): TaskPage {
  return { tasks: list.items.map(presentListed), total: list.counts.total, page: page.page, page_size: page.perPage };
}

export function presentToggled(job: JobSummary): ToggledTask {
  return { task_id: job.id, enabled: job.isEnabled };
}

export function presentStarted(execution: Execution): StartedExecution {
  return {
    execution_id: execution.id,
    task_id: execution.jobId,
    status: STATUS_OF[execution.status],
    started_at: instant(execution.startedAt ?? execution.scheduledFor),
  };
}

export function presentExecution(execution: Execution): ExecutionItem {
  return {
    ...presentStarted(execution),
    completed_at: execution.finishedAt === null ? null : instant(execution.finishedAt),
    result: resultOf(execution),
    error: execution.error ?? (execution.status === 'skipped' ? `skipped: ${execution.reason ?? 'unknown reason'}` : null),
  };
}

export function presentStatistics(jobs: JobCounts, executions: Readonly<Record<ExecutionStatus, number>>): Statistics {
  const ended = (word: StatusWord): number =>
    Object.entries(executions).reduce((sum, [status, count]) => (STATUS_OF[status as ExecutionStatus] === word ? sum + count : sum), 0);
  return {
    total_tasks: jobs.total,
    active_tasks: jobs.enabled,
    total_executions: ended('running') + ended('completed') + ended('failed'),
    successful_executions: ended('completed'),
    failed_executions: ended('failed'),
  };
}

function members(job: JobSummary): Pick<CreatedTask, 'task_id' | 'name' | 'task_type' | 'schedule' | 'enabled'> {
  return { task_id: job.id, name: job.name, task_type: typeOf(job), schedule: scheduleText(job), enabled: job.isEnabled };
}

function typeOf(job: JobSummary): TaskType {
  const type = taskTypeOf(job.taskFunctionId);
  if (type === null) throw new TypeError(`Job ${job.id} is no task of document 000`);
  return type;
}

/** A success always has one, and it is an object whatever the function returned. */
function resultOf({ result, status }: Execution): Record<string, JsonValue> | null {
  if (result === null) return status === 'success' ? {} : null;
  return typeof result === 'object' && !Array.isArray(result) ? result : { value: result };
}

/** UTC, ISO 8601 with `Z`. */
function instant(at: Date): string {
  return at.toISOString();
}
