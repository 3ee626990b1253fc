import type { PageRequest } from '#application/page.js';
import type { WorkerStatistics } from '#application/statistics/platform-statistics.js';
import type { WorkerRecord } from '#application/workers/worker-registry.js';
import { presentPage } from '../pages/page.presenter.js';
import type { WorkerData, WorkerPageData, WorkerStatsData } from './worker.responses.js';

export function presentWorker(worker: WorkerRecord): WorkerData {
  return {
    id: worker.id,
    name: worker.name,
    hostname: worker.hostname,
    ip_address: worker.ipAddress,
    supported_task_types: [...worker.taskTypes],
    max_concurrent_tasks: worker.concurrency,
    current_task_count: tasksOf(worker),
    status: worker.isAlive ? 'Alive' : 'Down',
    load_percentage: loadOf(worker),
    last_heartbeat: worker.lastHeartbeatAt.toISOString(),
    registered_at: worker.registeredAt.toISOString(),
  };
}

export function presentWorkerPage(items: readonly WorkerRecord[], total: number, page: PageRequest): WorkerPageData {
  return presentPage(items.map(presentWorker), total, page);
}

/** `Failed` is this dialect's word for a cancelled run, too. */
export function presentWorkerStats(worker: WorkerRecord, statistics: WorkerStatistics): WorkerStatsData {
  const { succeeded } = statistics;
  const failed = statistics.failed + statistics.cancelled;
  const executed = succeeded + failed;
  return {
    total_tasks_executed: executed,
    successful_tasks: succeeded,
    failed_tasks: failed,
    success_rate: percentage(succeeded, executed),
    average_execution_time_ms: Math.round(statistics.averageDurationMs ?? 0),
    current_load_percentage: loadOf(worker),
    uptime_seconds: Math.floor(worker.uptimeMs / 1000),
    tasks_last_24h: statistics.last24Hours,
    tasks_last_7d: statistics.last7Days,
    last_task_completed: statistics.lastFinishedAt?.toISOString() ?? null,
  };
}

/** What a dead worker last said it was doing, nobody does now. */
function tasksOf(worker: WorkerRecord): number {
  return worker.isAlive ? worker.slotsInUse : 0;
}

function loadOf(worker: WorkerRecord): number {
  return percentage(tasksOf(worker), worker.concurrency);
}

/** With two decimals; 0 of nothing. */
function percentage(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((part / whole) * 10_000) / 100;
}
