import { Backlog } from '#application/scheduling/backlog.js';
import { WORKER_DOWN_MS } from '#application/workers/worker-registry.js';
import type { Database, Statement } from '../database.js';

const COULD_START = "status = 'pending' and hold is null and (next_attempt_at is null or next_attempt_at <= clock_timestamp())";

const DEPTHS: Statement = {
  name: 'backlog-depths',
  text: `
    select queue, count(*)::int as depth from execution
     where ${COULD_START}
     group by queue`,
};

const UNSERVED: Statement = {
  name: 'backlog-unserved',
  text: `
    select queue from (select distinct queue from execution where ${COULD_START}) waiting
     where not exists (select 1 from worker w
                        where waiting.queue = any(w.queues) and w.status in ('alive', 'clock_skew')
                          and w.last_heartbeat_at >= clock_timestamp() - $1 * interval '1 millisecond')
     order by queue`,
};

export class PostgresBacklog extends Backlog {
  constructor(private readonly database: Database) {
    super();
  }

  async depths(): Promise<Record<string, number>> {
    const rows = await this.database.query<{ queue: string; depth: number }>(DEPTHS);
    return Object.fromEntries(rows.map(({ queue, depth }) => [queue, depth]));
  }

  async unserved(): Promise<string[]> {
    return (await this.database.query<{ queue: string }>(UNSERVED, [WORKER_DOWN_MS])).map(({ queue }) => queue);
  }
}
