import { StoreHealth, type StoreReport } from '#application/system/store-health.js';
import type { ReadinessCheck } from './readiness.js';

/** The probes of readiness, for those who want to know about the stores alone. */
export class ProbedStoreHealth extends StoreHealth {
  /** @param readiness of the probes `database` and `queue` */
  constructor(private readonly readiness: ReadinessCheck) {
    super();
  }

  async check(): Promise<StoreReport> {
    const { checks } = await this.readiness.execute();
    return {
      isDatabaseConnected: checks['database']?.status === 'ok',
      isQueueConnected: checks['queue']?.status === 'ok',
    };
  }
}
