import type { Backlog } from '#application/scheduling/backlog.js';
import { OVERDUE_MS, type SchedulerRegistry } from '#application/scheduling/scheduler-status.js';
import { HealthProbe, type ProbeReport } from './health-probe.js';

/**
 * Whether jobs fire on time, whoever does it. Overdue fires count; a missing leader alone does not: fires need none, and a
 * successor stands in within seconds. Queues that no worker consumes and jobs whose schedule cannot be read are told
 * and do not count, either: no other instance could do better.
 */
export class SchedulerProbe extends HealthProbe {
  readonly name = 'scheduler';

  constructor(
    private readonly registry: SchedulerRegistry,
    private readonly backlog: Backlog,
  ) {
    super();
  }

  async check(): Promise<ProbeReport> {
    const [{ instances, overdueJobs, unreadableJobs }, unserved] = await Promise.all([this.registry.status(), this.backlog.unserved()]);
    const leaderPresent = instances.some(({ isLeader }) => isLeader);
    const facts = { instances: instances.length, leaderPresent, overdueJobs, unreadableJobs, unservedQueues: unserved.length };
    if (overdueJobs === 0) return { status: 'ok', facts };
    const limit = String(OVERDUE_MS / 1000);
    return { status: 'degraded', message: `${String(overdueJobs)} job(s) are overdue by more than ${limit} s`, facts };
  }
}
