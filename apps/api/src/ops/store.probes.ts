import { HealthProbe, type ProbeReport } from './health-probe.js';

const OK: ProbeReport = { status: 'ok' };

/** Whether PostgreSQL answers. */
export class DatabaseProbe extends HealthProbe {
  readonly name = 'database';

  constructor(private readonly database: { query(statement: { name: string; text: string }): Promise<unknown[]> }) {
    super();
  }

  async check(): Promise<ProbeReport> {
    await this.database.query({ name: 'health_ping', text: 'select 1' });
    return OK;
  }
}

/** Whether the store of the queues answers. */
export class QueueProbe extends HealthProbe {
  readonly name = 'queue';

  constructor(private readonly queues: { readonly kind: string; ping(): Promise<void> }) {
    super();
  }

  async check(): Promise<ProbeReport> {
    await this.queues.ping();
    return { ...OK, facts: { backend: this.queues.kind } };
  }
}
