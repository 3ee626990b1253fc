import type { JobDetail, RelatedJob } from '#application/jobs/job-views.js';
import { presentJobType, presentTaskFunction } from '../catalogue/catalogue.presenter.js';
import { presentExecution, STATUS_WORDS } from '../executions/execution.presenter.js';
import { successRate } from '../overview/overview.presenter.js';
import { instantOrNull, seconds } from '../wire.js';
import { presentJob } from './job.presenter.js';
import type { JobDetailResponse, JobStatisticsResponse, RelatedJobResponse } from './job.responses.js';

export function presentJobDetail(job: JobDetail): JobDetailResponse {
  return {
    ...presentJob(job),
    dependsOn: job.dependsOnJobs.map(presentRelated),
    dependents: job.dependents.map(presentRelated),
    statistics: presentStatistics(job),
    taskFunction: presentTaskFunction(job.taskFunction),
    jobType: presentJobType(job.jobType),
    recentExecutions: job.recentExecutions.map(presentExecution),
  };
}

function presentRelated({ id, number, name, lastStatus }: RelatedJob): RelatedJobResponse {
  return { id, number, name, lastStatus: lastStatus === null ? null : STATUS_WORDS[lastStatus] };
}

function presentStatistics({ statistics, recentDurations }: JobDetail): JobStatisticsResponse {
  const { total, succeeded, failed, cancelled, durationMs, last24Hours, last7Days, last30Days } = statistics;
  return {
    total,
    succeeded,
    failed,
    cancelled,
    successRate: successRate(succeeded, failed),
    averageDurationSeconds: secondsOrNull(durationMs?.average),
    minDurationSeconds: secondsOrNull(durationMs?.min),
    maxDurationSeconds: secondsOrNull(durationMs?.max),
    medianDurationSeconds: secondsOrNull(recentDurations?.median),
    p95DurationSeconds: secondsOrNull(recentDurations?.p95),
    last24Hours,
    last7Days,
    last30Days,
    lastSuccessAt: instantOrNull(statistics.lastSuccessAt),
    lastFailureAt: instantOrNull(statistics.lastFailureAt),
  };
}

function secondsOrNull(durationMs: number | undefined): number | null {
  return durationMs === undefined ? null : seconds(durationMs);
}
