import type { Backlog } from '#application/scheduling/backlog.js';
import type { WorkerRegistry } from '#application/workers/worker-registry.js';
import { HealthProbe, type ProbeReport } from './health-probe.js';

/** Only the total is wanted. */
const FIRST = { page: 1, perPage: 1 };

/** Whether there is somebody to do the work. No part of readiness: an API without workers answers all the same. */
export class WorkersProbe extends HealthProbe {
  readonly name = 'workers';

  constructor(
    private readonly workers: WorkerRegistry,
    private readonly backlog: Backlog,
  ) {
    super();
  }

  async check(): Promise<ProbeReport> {
    const [{ total }, unserved] = await Promise.all([this.workers.list({ isAlive: true }, FIRST), this.backlog.unserved()]);
    const facts = { alive: total };
    if (total === 0) return { status: 'degraded', message: 'No worker is alive', facts };
    if (unserved.length === 0) return { status: 'ok', facts };
    return { status: 'degraded', message: `No live worker consumes: ${unserved.join(', ')}`, facts };
  }
}
