import type { Triggered } from '#application/executions/trigger-job.js';
import type { JobCounts, JobSummary, RunMark } from '#application/jobs/job-views.js';
import type { JobId } from '#domain/ids.js';
import type { JobPolicies } from '#domain/job/scheduled-job.js';
import { describeSchedule } from '#domain/schedule/describe-schedule.js';
import { STATUS_WORDS } from '../executions/execution.presenter.js';
import { stateOf } from '../job-state.js';
import { instant, instantOrNull, seconds } from '../wire.js';
import type { JobListResponse, JobResponse, ListedJobResponse, RunMarkResponse, TriggeredResponse } from './job.responses.js';

export function presentJob(job: JobSummary): JobResponse {
  const { bounded, lastRun } = job;
  return {
    id: job.id,
    number: job.number,
    name: job.name,
    description: job.description,
    taskFunctionId: job.taskFunctionId,
    taskFunctionName: job.taskFunctionName,
    taskFunctionDisplayName: job.taskFunctionDisplayName,
    queue: job.queue,
    jobTypeId: job.jobTypeId,
    scheduleConfig: job.scheduleConfig,
    scheduleText: describeSchedule(bounded.schedule),
    timezone: bounded.schedule.timeZone,
    scheduleVersion: job.scheduleVersion,
    taskArgs: job.args,
    ...presentPolicies(job.policies),
    startAt: instantOrNull(bounded.startAt),
    endAt: instantOrNull(bounded.endAt),
    isEnabled: job.isEnabled,
    isPaused: job.isPaused,
    state: stateOf(job),
    isRunning: job.isRunning,
    failureStreak: job.failureStreak,
    nextRunTime: job.isEnabled && !job.isPaused ? instantOrNull(job.nextFireAt) : null,
    lastRunTime: lastRun === null ? null : instant(lastRun.startedAt),
    lastStatus: lastRun === null ? null : STATUS_WORDS[lastRun.status],
    createdAt: instant(job.createdAt),
    updatedAt: instant(job.updatedAt),
    createdBy: job.createdBy,
    updatedBy: job.updatedBy,
  };
}

export function presentRunMark(run: RunMark): RunMarkResponse {
  return {
    id: run.id,
    number: run.number,
    status: STATUS_WORDS[run.status],
    reason: run.reason,
    trigger: run.trigger,
    scheduledFor: instant(run.scheduledFor),
    startedAt: instantOrNull(run.startedAt),
    durationSeconds: run.durationMs === null ? null : seconds(run.durationMs),
  };
}

/** @param recentRuns marks by job, where they were asked for */
export function presentJobList(
  list: { readonly items: readonly JobSummary[]; readonly counts: JobCounts },
  recentRuns: ReadonlyMap<JobId, readonly RunMark[]> | null = null,
): JobListResponse {
  const { total, enabled, disabled, running } = list.counts;
  return {
    jobs: list.items.map((job) => presentListedJob(job, recentRuns)),
    total,
    enabledCount: enabled,
    disabledCount: disabled,
    runningCount: running,
  };
}

function presentListedJob(job: JobSummary, recentRuns: ReadonlyMap<JobId, readonly RunMark[]> | null): ListedJobResponse {
  if (recentRuns === null) return presentJob(job);
  return { ...presentJob(job), recentRuns: (recentRuns.get(job.id) ?? []).map(presentRunMark) };
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
