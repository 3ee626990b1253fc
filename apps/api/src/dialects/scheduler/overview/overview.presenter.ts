import type { Attention, EndCounts, Overview } from '#application/overview/overview.repository.js';
import { instant, seconds } from '../wire.js';
import type { AttentionResponse, EndsResponse, OverviewResponse } from './overview.responses.js';

export function presentOverview(overview: Overview): OverviewResponse {
  const { at, jobs, executions, last24Hours, previous24Hours, hourly } = overview;
  const { running, waiting, oldestWaitingMs } = executions;
  return {
    at: instant(at),
    jobs: { ...jobs },
    executions: { running, waiting, oldestWaitingSeconds: oldestWaitingMs === null ? null : seconds(oldestWaitingMs) },
    last24Hours: presentEnds(last24Hours),
    previous24Hours: presentEnds(previous24Hours),
    hourly: hourly.map((hour) => ({ at: instant(hour.at), ...hour.counts })),
  };
}

function presentEnds(counts: EndCounts): EndsResponse {
  const { success, failed, timeout } = counts;
  return { ...counts, successRate: successRate(success, failed + timeout) };
}

/**
 * Successes among what succeeded or failed, per cent with two decimals; null of nothing. Skipped occurrences were no runs, and
 * who cancels a run has stopped something that did not fail: neither counts, as in a job's streak of failures.
 */
export function successRate(succeeded: number, failed: number): number | null {
  return succeeded + failed === 0 ? null : Math.round((succeeded / (succeeded + failed)) * 10_000) / 100;
}

export function presentAttention(attention: Attention): AttentionResponse {
  return {
    failing: attention.failing.map((job) => ({ ...job, at: instant(job.at) })),
    missed: attention.missed.map((occurrence) => ({ ...occurrence, scheduledFor: instant(occurrence.scheduledFor) })),
    neverRun: attention.neverRun.map((job) => ({ ...job, createdAt: instant(job.createdAt) })),
    overdue: attention.overdue.map(({ jobId, name, nextFireAt, lateMs }) => ({
      jobId, name, nextRunTime: instant(nextFireAt), lateSeconds: seconds(lateMs),
    })),
    expiringKeys: attention.expiringKeys.map((key) => ({ ...key, expiresAt: instant(key.expiresAt) })),
  };
}
