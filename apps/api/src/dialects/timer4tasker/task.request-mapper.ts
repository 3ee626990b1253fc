import type { JobInput, NewJobInput } from '#application/jobs/define-job.js';
import type { JobFilter } from '#application/jobs/job.repository.js';
import type { JobSummary } from '#application/jobs/job-views.js';
import type { PageRequest } from '#application/page.js';
import { JOB_TYPES } from '#application/task-functions/task-function.js';
import { scheduleText } from './schedule-text.js';
import { MAX_PAGE_SIZE, type CreateTaskRequest, type HistoryQuery, type TaskListQuery, type UpdateTaskRequest } from './task.dto.js';
import { TASK_FUNCTION_IDS, taskFunctionIdOf } from './task-types.js';

const DEFAULT_PAGE_SIZE = 10;
const DEFAULT_HISTORY = 20;
/** The document knows no retries: an execution that failed is `failed` at once. */
const RETRIES = 0;

export function toNewJob(body: CreateTaskRequest): NewJobInput {
  return {
    ...cronSchedule(body.schedule),
    name: body.name,
    description: textOrNull(body.description),
    taskFunctionId: taskFunctionIdOf(body.task_type),
    args: body.config ?? null,
    isEnabled: body.enabled ?? true,
    policies: { retryCount: RETRIES },
  };
}

/** Only what is given changes. A schedule that comes back as it was shown stays as it is, also one that is no cron. */
export function toJobChange(body: UpdateTaskRequest, job: JobSummary): JobInput {
  const { name, description, schedule, config, enabled } = body;
  return {
    ...(name === undefined ? {} : { name }),
    ...(description === undefined ? {} : { description: textOrNull(description) }),
    ...(schedule === undefined || schedule.trim() === scheduleText(job) ? {} : cronSchedule(schedule)),
    ...(config === undefined ? {} : { args: config }),
    ...(enabled === undefined ? {} : toActivity(enabled)),
  };
}

/** A task that is started fires, also one that was paused elsewhere. */
export function toActivity(enabled: boolean): JobInput {
  return enabled ? { isEnabled: true, isPaused: false } : { isEnabled: false };
}

export function toJobFilter(query: TaskListQuery): JobFilter {
  return {
    taskFunctionIds: query.task_type === undefined ? TASK_FUNCTION_IDS : [taskFunctionIdOf(query.task_type)],
    ...(query.enabled === undefined ? {} : { isEnabled: query.enabled }),
  };
}

export function toPage(query: TaskListQuery): PageRequest {
  return { page: query.page ?? 1, perPage: Math.min(query.page_size ?? DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE) };
}

export function toLimit(query: HistoryQuery): number {
  return Math.min(query.limit ?? DEFAULT_HISTORY, MAX_PAGE_SIZE);
}

function cronSchedule(expression: string): Pick<NewJobInput, 'jobTypeId' | 'scheduleConfig'> {
  const cron = JOB_TYPES.find(({ name }) => name === 'cron');
  if (cron === undefined) throw new TypeError('there is no job type "cron"');
  return { jobTypeId: cron.id, scheduleConfig: { expression: expression.trim() } };
}

function textOrNull(text: string | null | undefined): string | null {
  return text === undefined || text === '' ? null : text;
}
