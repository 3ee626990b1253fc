import type { JobInput, NewJobInput, PolicyInput } from '#application/jobs/define-job.js';
import { NEWEST_JOBS_FIRST, type JobCondition, type JobFilter, type JobOrder } from '#application/jobs/job.repository.js';
import type { JobId } from '#domain/ids.js';
import { DEFAULT_POLICIES, type CatchUp } from '#domain/job/scheduled-job.js';
import { given } from '../input/given.js';
import { parseInstant } from '../../../http/instant.js';
import type { CatchUpFields, CreateJobRequest, JobFields, JobFilterQuery, JobListQuery, JobSortKey, UpdateJobRequest, WireCondition } from './job.dto.js';

/** The limit of an attempt of a job that names none, whatever its task function says (rulings, 001). */
const DEFAULT_TIMEOUT_SECONDS = 300;

/** @param dependsOn numbers of the jobs that the body names by id */
export function toNewJob(body: CreateJobRequest, dependsOn?: readonly number[]): NewJobInput {
  return {
    ...commonMembers(body, body.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS),
    ...given({ dependsOn }),
    name: body.name,
    taskFunctionId: body.taskFunctionId,
    jobTypeId: body.jobTypeId,
    scheduleConfig: body.scheduleConfig,
  };
}

/** @param dependsOn as for `toNewJob` */
export function toJobChange(body: UpdateJobRequest, dependsOn?: readonly number[]): JobInput {
  const { name, taskFunctionId, jobTypeId, scheduleConfig } = body;
  return { ...commonMembers(body, body.timeoutSeconds), ...given({ name, taskFunctionId, jobTypeId, scheduleConfig, dependsOn }) };
}

const CONDITIONS: Readonly<Record<WireCondition, JobCondition>> = {
  enabled: 'enabled',
  disabled: 'disabled',
  paused: 'paused',
  running: 'running',
  failing: 'failing',
  late: 'late',
  never_run: 'never-run',
};

export function toJobFilter(query: JobFilterQuery & Pick<JobListQuery, 'ids'>): JobFilter {
  return given({
    name: query.name,
    isEnabled: query.is_enabled,
    taskFunctionId: query.task_function_id,
    text: query.q,
    condition: query.status === undefined ? undefined : CONDITIONS[query.status],
    jobTypeId: query.job_type_id,
    queue: query.queue,
    timeZone: query.timezone,
    ids: query.ids?.map((id) => id.toLowerCase() as JobId),
  });
}

const SORTS: Readonly<Record<JobSortKey, JobOrder['by']>> = { created: 'created', name: 'name', next_run: 'next-run', last_run: 'last-run', failures: 'failures' };

/** @param sort one of `JOB_SORTS` */
export function toJobOrder(sort: string | undefined): JobOrder {
  if (sort === undefined) return NEWEST_JOBS_FIRST;
  const key = sort.replace('-', '') as JobSortKey;
  return { by: SORTS[key], direction: sort.startsWith('-') ? 'descending' : 'ascending' };
}

function commonMembers(body: JobFields, timeoutSeconds: number | undefined): JobInput {
  const { description, isEnabled, isPaused } = body;
  const policies = toPolicies(body, timeoutSeconds);
  return given({
    description,
    isEnabled,
    isPaused,
    args: body.taskArgs,
    startAt: toInstant(body.startAt),
    endAt: toInstant(body.endAt),
    policies: Object.keys(policies).length > 0 ? policies : undefined,
  });
}

function toPolicies(body: JobFields, timeoutSeconds: number | undefined): PolicyInput {
  const { maxInstances, retryCount, onWorkerLost, priority } = body;
  const backoff = given({
    kind: body.retryBackoff,
    delayMs: toMs(body.retryDelaySeconds),
    maxDelayMs: toMs(body.retryMaxDelaySeconds),
    jitter: body.retryJitter,
  });
  return given({
    maxInstances,
    retryCount,
    onWorkerLost,
    priority,
    timeoutMs: toMs(timeoutSeconds),
    overlap: body.overlapPolicy,
    catchUp: body.catchUp === undefined ? undefined : toCatchUp(body.catchUp),
    backoff: Object.keys(backoff).length > 0 ? backoff : undefined,
  });
}

function toCatchUp({ mode, windowSeconds }: CatchUpFields): CatchUp {
  return { mode, windowMs: toMs(windowSeconds) ?? DEFAULT_POLICIES.catchUp.windowMs };
}

function toMs(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : seconds * 1000;
}

/** Null takes the bound away. */
export function toInstant(text: string | null | undefined): Date | null | undefined {
  return text === null || text === undefined ? text : parseInstant(text);
}
