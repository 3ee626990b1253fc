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

/** Skipped occurrences were no runs and do not count for the rate. */
function presentEnds(counts: EndCounts): EndsResponse {
  const { success, failed, timeout, cancelled } = counts;
  return { ...counts, successRate: successRate(success, success + failed + timeout + cancelled) };
}

/** Per cent with two decimals; null of nothing. */
export function successRate(succeeded: number, of: number): number | null {
  return of === 0 ? null : Math.round((succeeded / of) * 10_000) / 100;
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
