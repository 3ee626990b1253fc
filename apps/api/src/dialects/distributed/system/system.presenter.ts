import type { SystemStatistics } from '#application/statistics/platform-statistics.js';
import type { StoreReport } from '#application/system/store-health.js';
import { DomainError } from '#domain/errors.js';
import type { SystemHealthData, SystemStatsData } from './system.responses.js';

/**
 * The document knows a healthy system only; an unhealthy one is its 503.
 * @throws DomainError `DATABASE_UNAVAILABLE`, `QUEUE_UNAVAILABLE`
 */
export function presentHealth(report: StoreReport, uptimeMs: number, now: Date): SystemHealthData {
  if (!report.isDatabaseConnected) throw new DomainError('DATABASE_UNAVAILABLE', 'The database did not answer in time');
  if (!report.isQueueConnected) throw new DomainError('QUEUE_UNAVAILABLE', 'The message queue did not answer in time');
  return {
    status: 'healthy',
    database_status: 'connected',
    message_queue_status: 'connected',
    uptime_seconds: Math.floor(uptimeMs / 1000),
    timestamp: now.toISOString(),
  };
}

export function presentStats(statistics: SystemStatistics): SystemStatsData {
  return {
    total_tasks: statistics.totalJobs,
    active_tasks: statistics.enabledJobs,
    total_workers: statistics.totalWorkers,
    active_workers: statistics.aliveWorkers,
    running_task_runs: statistics.runningExecutions,
    completed_task_runs_today: statistics.succeededToday,
    failed_task_runs_today: statistics.failedToday,
  };
}
