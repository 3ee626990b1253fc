import type { Execution } from '#application/executions/execution.js';
import type { JobSummary } from '#application/jobs/job-views.js';
import type { PageRequest } from '#application/page.js';
import type { JobStatistics } from '#application/statistics/statistics.repository.js';
import { presentPage } from '../pages/page.presenter.js';
import { presentTaskRun } from '../runs/task-run.presenter.js';
import { runStatusWord } from '../runs/task-run.status.js';
import { scheduleText } from './schedule-text.js';
import type {
  ExecutionStatsData,
  TaskData,
  TaskDetailData,
  TaskPageData,
  TaskStatsData,
  TaskTriggeredData,
} from './task.responses.js';

export function presentTask(job: JobSummary): TaskData {
  return {
    id: job.number,
    name: job.name,
    task_type: job.taskFunctionName,
    schedule: scheduleText(job),
    timezone: job.bounded.schedule.timeZone,
    parameters: job.args ?? {},
    timeout_seconds: job.policies.timeoutMs / 1000,
    max_retries: job.policies.retry.retryCount,
    status: job.isEnabled ? 'Active' : 'Inactive',
    dependencies: [...job.dependsOn],
    next_run_at: job.nextFireAt?.toISOString() ?? null,
    created_at: job.createdAt.toISOString(),
    updated_at: job.updatedAt.toISOString(),
  };
}

export function presentTaskPage(items: readonly JobSummary[], total: number, page: PageRequest): TaskPageData {
  return presentPage(items.map(presentTask), total, page);
}

export function presentTaskDetail(job: JobSummary, recent: readonly Execution[], statistics: JobStatistics): TaskDetailData {
  return {
    ...presentTask(job),
    recent_runs: recent.map((run) => presentTaskRun(run, job.number)),
    execution_stats: presentExecutionStats(statistics),
  };
}

export function presentTaskStats(statistics: JobStatistics): TaskStatsData {
  return {
    ...presentExecutionStats(statistics),
    min_duration_ms: statistics.durationMs?.min ?? 0,
    max_duration_ms: statistics.durationMs?.max ?? 0,
    runs_last_24h: statistics.last24Hours,
    runs_last_7d: statistics.last7Days,
    runs_last_30d: statistics.last30Days,
  };
}

export function presentTriggered(run: Execution, taskNumber: number): TaskTriggeredData {
  return {
    task_run_id: run.number,
    message: 'Task triggered successfully',
    id: run.number,
    task_id: taskNumber,
    status: runStatusWord(run.status),
  };
}

/** `Failed` is this dialect's word for a cancelled run, too: the numbers agree with its lists of runs. */
function presentExecutionStats(statistics: JobStatistics): ExecutionStatsData {
  const { succeeded, durationMs } = statistics;
  const failed = statistics.failed + statistics.cancelled;
  return {
    total_runs: statistics.total,
    successful_runs: succeeded,
    failed_runs: failed,
    success_rate: percentage(succeeded, succeeded + failed),
    average_duration_ms: Math.round(durationMs?.average ?? 0),
    last_success: statistics.lastSuccessAt?.toISOString() ?? null,
    last_failure: later(statistics.lastFailureAt, statistics.lastCancelledAt)?.toISOString() ?? null,
  };
}

function later(one: Date | null, other: Date | null): Date | null {
  if (one === null || other === null) return one ?? other;
  return one > other ? one : other;
}

/** With two decimals; 0 of nothing. */
function percentage(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((part / whole) * 10_000) / 100;
}
