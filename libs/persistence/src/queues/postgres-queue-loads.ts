import { QueueLoads, type QueueLoad } from '#application/queues/queue-loads.js';
import { WORKER_DOWN_MS } from '#application/workers/worker-registry.js';
import type { Database, Statement } from '../database.js';

/**
 * Both parts of the ledger come from its partial indexes over what lives: what waits, however much has ended. An execution
 * waits from when it was made, or from the time of its next attempt on.
 */
const LOADS: Statement = {
  name: 'queue-loads',
  text: `
    with waiting as (
      select queue, count(*)::int as waiting,
             extract(epoch from clock_timestamp() - min(coalesce(next_attempt_at, created_at)))::float8 * 1000 as oldest_ms
        from execution
       where status = 'pending' and hold is null and (next_attempt_at is null or next_attempt_at <= clock_timestamp())
       group by queue
    ), running as (
      select queue, count(*)::int as running from execution where status in ('dispatched', 'running') group by queue
    ), served as (
      select q.queue, count(*)::int as workers
        from worker w, unnest(w.queues) as q(queue)
       where w.status in ('alive', 'clock_skew')
         and w.last_heartbeat_at >= clock_timestamp() - $1 * interval '1 millisecond'
       group by q.queue
    ), used as (
      select queue, array_agg(name order by name)::text[] as task_functions from task_function where is_active group by queue
    ), names as (
      select queue from used union select queue from waiting union select queue from running union select queue from served
    )
    select n.queue as name, coalesce(u.task_functions, '{}') as task_functions, coalesce(s.workers, 0) as workers,
           coalesce(w.waiting, 0) as waiting, coalesce(r.running, 0) as running, w.oldest_ms
      from names n
      left join used u on u.queue = n.queue
      left join waiting w on w.queue = n.queue
      left join running r on r.queue = n.queue
      left join served s on s.queue = n.queue
     order by n.queue`,
};

interface LoadRow {
  name: string;
  task_functions: string[];
  workers: number;
  waiting: number;
  running: number;
  oldest_ms: number | null;
}

export class PostgresQueueLoads extends QueueLoads {
  constructor(private readonly database: Database) {
    super();
  }

  async list(): Promise<QueueLoad[]> {
    const rows = await this.database.query<LoadRow>(LOADS, [WORKER_DOWN_MS]);
    return rows.map((row) => ({
      name: row.name,
      taskFunctions: row.task_functions,
      workers: row.workers,
      waiting: row.waiting,
      running: row.running,
      oldestWaitingMs: row.oldest_ms === null ? null : Math.max(0, row.oldest_ms),
    }));
  }
}
