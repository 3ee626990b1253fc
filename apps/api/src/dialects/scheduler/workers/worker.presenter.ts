import type { WorkerStatistics } from '#application/statistics/platform-statistics.js';
import type { WorkerDetail } from '#application/workers/worker-reader.js';
import type { WorkerRecord, WorkerStatus } from '#application/workers/worker-registry.js';
import { presentExecution } from '../executions/execution.presenter.js';
import { instant, instantOrNull, seconds } from '../wire.js';
import type { WorkerDetailResponse, WorkerResponse, WorkerStatisticsResponse } from './worker.responses.js';

export function presentWorker(worker: WorkerRecord): WorkerResponse {
  return {
    id: worker.id,
    name: worker.name,
    hostname: worker.hostname,
    ipAddress: worker.ipAddress,
    pid: worker.pid,
    version: worker.version,
    status: statusOf(worker),
    isAlive: worker.isAlive,
    queues: [...worker.queues],
    taskTypes: [...worker.taskTypes],
    concurrency: worker.concurrency,
    slotsInUse: worker.isAlive ? worker.slotsInUse : 0,
    isolation: worker.isolation,
    clockSkewSeconds: worker.clockSkewMs === null ? null : seconds(worker.clockSkewMs),
    registeredAt: instant(worker.registeredAt),
    lastHeartbeat: instant(worker.lastHeartbeatAt),
    uptimeSeconds: seconds(worker.uptimeMs),
  };
}

export function presentWorkerDetail({ worker, statistics, running }: WorkerDetail): WorkerDetailResponse {
  return {
    ...presentWorker(worker),
    statistics: presentStatistics(statistics),
    runningExecutions: running.map(presentExecution),
  };
}

/** What a silent worker said last is not what it is, whether or not a leader noticed. */
function statusOf({ isAlive, status }: WorkerRecord): WorkerStatus {
  return isAlive || status === 'stopped' ? status : 'down';
}

function presentStatistics(statistics: WorkerStatistics): WorkerStatisticsResponse {
  const { averageDurationMs } = statistics;
  return {
    succeeded: statistics.succeeded,
    failed: statistics.failed,
    cancelled: statistics.cancelled,
    averageDurationSeconds: averageDurationMs === null ? null : seconds(averageDurationMs),
    last24Hours: statistics.last24Hours,
    last7Days: statistics.last7Days,
    lastFinishedAt: instantOrNull(statistics.lastFinishedAt),
  };
}
