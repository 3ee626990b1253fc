import type { Triggered } from '#application/executions/trigger-job.js';
import type { JobCounts, JobDetail, JobSummary } from '#application/jobs/job-views.js';
import type { JobPolicies } from '#domain/job/scheduled-job.js';
import { presentJobType, presentTaskFunction } from '../catalogue/catalogue.presenter.js';
import { presentExecution, STATUS_WORDS } from '../executions/execution.presenter.js';
import { instant, instantOrNull, seconds } from '../wire.js';
import type { JobDetailResponse, JobListResponse, JobResponse, TriggeredResponse } from './job.responses.js';

export function presentJob(job: JobSummary): JobResponse {
  const { bounded, lastRun } = job;
  return {
    id: job.id,
    number: job.number,
    name: job.name,
    description: job.description,
    taskFunctionId: job.taskFunctionId,
    jobTypeId: job.jobTypeId,
    scheduleConfig: job.scheduleConfig,
    taskArgs: job.args,
    ...presentPolicies(job.policies),
    startAt: instantOrNull(bounded.startAt),
    endAt: instantOrNull(bounded.endAt),
    isEnabled: job.isEnabled,
    isPaused: job.isPaused,
    nextRunTime: job.isEnabled && !job.isPaused ? instantOrNull(job.nextFireAt) : null,
    lastRunTime: lastRun === null ? null : instant(lastRun.startedAt),
    lastStatus: lastRun === null ? null : STATUS_WORDS[lastRun.status],
    createdAt: instant(job.createdAt),
    updatedAt: instant(job.updatedAt),
    createdBy: job.createdBy,
    updatedBy: job.updatedBy,
  };
}

export function presentJobDetail(job: JobDetail): JobDetailResponse {
  return {
    ...presentJob(job),
    taskFunction: presentTaskFunction(job.taskFunction),
    jobType: presentJobType(job.jobType),
    recentExecutions: job.recentExecutions.map(presentExecution),
  };
}

export function presentJobList(list: { readonly items: readonly JobSummary[]; readonly counts: JobCounts }): JobListResponse {
  const { total, enabled, disabled, running } = list.counts;
  return {
    jobs: list.items.map(presentJob),
    total,
    enabledCount: enabled,
    disabledCount: disabled,
    runningCount: running,
  };
}

export function presentTriggered(jobId: string, triggered: Triggered): TriggeredResponse {
  return {
    jobId,
    executionId: triggered.executionId,
    celeryTaskId: triggered.queueJobId,
    message: 'Job triggered successfully',
  };
}

type WirePolicies = Pick<
  JobResponse,
  | 'maxInstances'
  | 'timeoutSeconds'
  | 'retryCount'
  | 'retryDelaySeconds'
  | 'retryBackoff'
  | 'retryMaxDelaySeconds'
  | 'retryJitter'
  | 'overlapPolicy'
  | 'catchUp'
  | 'onWorkerLost'
  | 'priority'
>;

function presentPolicies(policies: JobPolicies): WirePolicies {
  const { backoff, retryCount } = policies.retry;
  return {
    maxInstances: policies.maxInstances,
    timeoutSeconds: seconds(policies.timeoutMs),
    retryCount,
    retryDelaySeconds: seconds(backoff.delayMs),
    retryBackoff: backoff.kind,
    retryMaxDelaySeconds: seconds(backoff.maxDelayMs),
    retryJitter: backoff.jitter,
    overlapPolicy: policies.overlap,
    catchUp: { mode: policies.catchUp.mode, windowSeconds: seconds(policies.catchUp.windowMs) },
    onWorkerLost: policies.onWorkerLost,
    priority: policies.priority,
  };
}
