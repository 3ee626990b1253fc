import { OVERDUE_MS, type SchedulerRegistry } from '#application/scheduling/scheduler-status.js';
import { HealthProbe, type ProbeReport } from './health-probe.js';

/**
 * Whether jobs fire on time, whoever does it. Overdue fires count; a missing leader alone does not: fires need none, and a
 * successor stands in within seconds.
 */
export class SchedulerProbe extends HealthProbe {
  readonly name = 'scheduler';

  constructor(private readonly registry: SchedulerRegistry) {
    super();
  }

  async check(): Promise<ProbeReport> {
    const { instances, overdueJobs } = await this.registry.status();
    const facts = { instances: instances.length, leaderPresent: instances.some(({ isLeader }) => isLeader), overdueJobs };
    if (overdueJobs === 0) return { status: 'ok', facts };
    const limit = String(OVERDUE_MS / 1000);
    return { status: 'degraded', message: `${String(overdueJobs)} job(s) are overdue by more than ${limit} s`, facts };
  }
}
