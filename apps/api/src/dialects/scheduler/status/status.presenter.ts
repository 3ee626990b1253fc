import type { SchedulerInstance, SchedulerStatus } from '#application/scheduling/scheduler-status.js';
import { instant, instantOrNull } from '../wire.js';
import type { SchedulerInstanceResponse, SchedulerStatusResponse } from './status.responses.js';

export function presentStatus(status: SchedulerStatus): SchedulerStatusResponse {
  const { nextJob } = status;
  const leader = status.instances.find(({ isLeader }) => isLeader);
  return {
    isRunning: status.isRunning,
    leaderInstance: leader === undefined ? null : presentInstance(leader),
    totalJobs: status.totalJobs,
    enabledJobs: status.enabledJobs,
    runningJobs: status.runningJobs,
    overdueJobs: status.overdueJobs,
    nextScheduledJob:
      nextJob === null ? null : { id: nextJob.id, name: nextJob.name, nextRunTime: instant(nextJob.nextFireAt) },
    instances: status.instances.map(presentInstance),
  };
}

function presentInstance(instance: SchedulerInstance): SchedulerInstanceResponse {
  return {
    id: instance.id,
    hostname: instance.hostname,
    pid: instance.pid,
    isLeader: instance.isLeader,
    leaderSince: instantOrNull(instance.leaderSince),
    lastHeartbeat: instant(instance.lastHeartbeatAt),
    startedAt: instant(instance.startedAt),
    version: instance.version,
  };
}
