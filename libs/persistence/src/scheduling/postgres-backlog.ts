import { Backlog, type QueueBacklog } from '#application/scheduling/backlog.js';
import { WORKER_DOWN_MS } from '#application/workers/worker-registry.js';
import type { Database, Statement } from '../database.js';

const COULD_START = "status = 'pending' and hold is null and (next_attempt_at is null or next_attempt_at <= clock_timestamp())";

const WAITING: Statement = {
  name: 'backlog-waiting',
  text: `
    select queue, count(*)::int as depth,
           (extract(epoch from clock_timestamp() - min(greatest(created_at, next_attempt_at))) * 1000)::float8 as oldest_wait_ms
      from execution
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

  async waiting(): Promise<QueueBacklog[]> {
    const rows = await this.database.query<{ queue: string; depth: number; oldest_wait_ms: number }>(WAITING);
    return rows.map(({ queue, depth, oldest_wait_ms }) => ({ queue, depth, oldestWaitMs: Math.max(0, oldest_wait_ms) }));
  }

  async unserved(): Promise<string[]> {
    return (await this.database.query<{ queue: string }>(UNSERVED, [WORKER_DOWN_MS])).map(({ queue }) => queue);
  }
}
