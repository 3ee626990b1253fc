import type { ExecutionFilter } from '#application/executions/execution.repository.js';
import type { JobInput, NewJobInput } from '#application/jobs/define-job.js';
import type { JobFilter } from '#application/jobs/job.repository.js';
import type { JobSummary } from '#application/jobs/job-views.js';
import { DomainError } from '#domain/errors.js';
import type { Backoff } from '#domain/execution/retry.js';
import type { JobId } from '#domain/ids.js';
import type { JsonObject } from '#domain/json.js';
import { statusesOf } from '../runs/task-run.status.js';
import { scheduleText } from './schedule-text.js';
import type { CreateTaskRequest, TaskListQuery, TaskRunListQuery, UpdateTaskRequest } from './task.dto.js';

/** Id of the job type for cron expressions. */
const CRON_TYPE_ID = 2;

/** Members that a change may have; a change with none of them is refused. */
const KNOWN_MEMBERS = [
  'name', 'task_type', 'schedule', 'timezone', 'parameters', 'timeout_seconds', 'max_retries', 'dependencies', 'status',
] as const satisfies readonly (keyof UpdateTaskRequest)[];

export function toTaskFilter({ name, status, task_type: taskFunction }: TaskListQuery): JobFilter {
  return {
    ...(name === undefined ? {} : { name }),
    ...(status === undefined ? {} : { isEnabled: status === 'Active' }),
    ...(taskFunction === undefined || taskFunction === '' ? {} : { taskFunction }),
  };
}

export function toRunFilter({ status, include_skipped: includesSkipped }: TaskRunListQuery, jobId: JobId): ExecutionFilter {
  if (status === undefined && includesSkipped === true) return { jobId };
  return { jobId, statuses: statusesOf(status) };
}

/** @param retry waits between attempts, which grow (rulings, 002); of one task they can be changed through the native API */
export function toNewTask(body: CreateTaskRequest, taskFunctionId: number, retry: Omit<Backoff, 'kind'>): NewJobInput {
  return {
    name: body.name,
    nameRule: 'unique',
    taskFunctionId,
    jobTypeId: CRON_TYPE_ID,
    scheduleConfig: cronConfig(body.schedule, body.timezone),
    args: body.parameters ?? {},
    policies: { ...toPolicies(body), backoff: { kind: 'exponential', ...retry } },
    dependsOn: body.dependencies ?? [],
    isEnabled: body.status !== 'Inactive',
  };
}

/**
 * A change of the members that are given and not null. A schedule that reads as the job's own is no change, so that what
 * was read can be written back, also where it is no cron expression.
 *
 * @throws DomainError `CHANGE_EMPTY` when no known member is there
 */
export function toTaskChange(body: UpdateTaskRequest, job: JobSummary, taskFunctionId: number | undefined): JobInput {
  if (KNOWN_MEMBERS.every((member) => body[member] === undefined)) {
    throw new DomainError('CHANGE_EMPTY', `The change has none of the members ${KNOWN_MEMBERS.join(', ')}`);
  }
  return {
    ...(isGiven(body.name) ? { name: body.name, nameRule: 'unique' } : {}),
    ...(taskFunctionId === undefined ? {} : { taskFunctionId }),
    ...(isGiven(body.parameters) ? { args: body.parameters } : {}),
    ...(isGiven(body.dependencies) ? { dependsOn: body.dependencies } : {}),
    ...(isGiven(body.status) ? { isEnabled: body.status === 'Active' } : {}),
    ...toScheduleChange(body, job),
    policies: toPolicies(body),
  };
}

function toScheduleChange({ schedule, timezone }: UpdateTaskRequest, job: JobSummary): Pick<JobInput, 'jobTypeId' | 'scheduleConfig'> {
  const [text, zone] = [scheduleText(job), job.bounded.schedule.timeZone];
  if ((schedule ?? text) === text && (timezone ?? zone) === zone) return {};
  return { jobTypeId: CRON_TYPE_ID, scheduleConfig: cronConfig(schedule ?? text, timezone ?? zone) };
}

function toPolicies(body: UpdateTaskRequest | CreateTaskRequest): NonNullable<JobInput['policies']> {
  return {
    ...(isGiven(body.timeout_seconds) ? { timeoutMs: body.timeout_seconds * 1000 } : {}),
    ...(isGiven(body.max_retries) ? { retryCount: body.max_retries } : {}),
  };
}

function cronConfig(expression: string, timezone: string | null | undefined): JsonObject {
  return isGiven(timezone) && timezone !== 'UTC' ? { expression, timezone } : { expression };
}

function isGiven<Value>(value: Value | null | undefined): value is Value {
  return value !== undefined && value !== null;
}
