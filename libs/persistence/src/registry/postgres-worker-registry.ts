import { isUuid, type WorkerId } from '#domain/ids.js';
import type { PageRequest } from '#application/page.js';
import {
  WORKER_DOWN_MS,
  WorkerRegistry,
  type WorkerDescription,
  type WorkerRecord,
  type WorkerStatus,
} from '#application/workers/worker-registry.js';
import type { Database, Statement } from '../database.js';
import { measureSkew } from './clock-skew.js';

const REGISTER: Statement = {
  name: 'worker-register',
  text: `
    insert into worker (id, name, hostname, ip_address, pid, version, queues, task_types, concurrency, isolation, status)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'alive')`,
};

const HEARTBEAT: Statement = {
  name: 'worker-heartbeat',
  text: `
    update worker set last_heartbeat_at = clock_timestamp(), status = $2, slots_in_use = $3, clock_skew_ms = $4
     where id = $1 returning clock_timestamp() as now`,
};

/** Not only what the leader wrote when it looked: a worker that is silent is down from the 31st second on, leader or not. */
const IS_ALIVE = `(status in ('alive', 'draining', 'clock_skew')
  and last_heartbeat_at >= clock_timestamp() - $1 * interval '1 millisecond')`;

const WORKERS = `
  select *, extract(epoch from case when is_alive then clock_timestamp() else last_heartbeat_at end - registered_at)::float8
            * 1000 as uptime_ms
    from (select *, ${IS_ALIVE} as is_alive from worker) w`;

const LIST: Statement = {
  name: 'worker-list',
  text: `${WORKERS} where $2::bool is null or is_alive = $2 order by registered_at desc, id desc limit $3 offset $4`,
};

const COUNT: Statement = {
  name: 'worker-count',
  text: `select count(*)::int as total from worker where $2::bool is null or ${IS_ALIVE} = $2`,
};

const FIND: Statement = { name: 'worker-find', text: `${WORKERS} where id = $2` };

const FIND_BY_NAME: Statement = {
  name: 'worker-find-by-name',
  text: `${WORKERS} where name = $2 order by registered_at desc limit 1`,
};

/** Whatever its last word was: a worker that stopped a moment ago is most likely being started again. */
const IS_SERVED: Statement = {
  name: 'worker-is-served',
  text: `
    select exists (select 1 from worker
      where $2 = any(queues) and $3 = any(task_types)
        and last_heartbeat_at >= clock_timestamp() - $1 * interval '1 millisecond') as is_served`,
};

interface WorkerRow {
  id: WorkerId;
  name: string;
  hostname: string;
  ip_address: string;
  pid: number;
  version: string;
  queues: string[];
  task_types: string[];
  concurrency: number;
  slots_in_use: number;
  status: WorkerStatus;
  isolation: string | null;
  clock_skew_ms: number | null;
  registered_at: Date;
  last_heartbeat_at: Date;
  is_alive: boolean;
  uptime_ms: number;
}

export class PostgresWorkerRegistry extends WorkerRegistry {
  private lastSkewMs = 0;

  constructor(private readonly database: Database) {
    super();
  }

  async register(worker: WorkerDescription): Promise<void> {
    await this.database.query(REGISTER, [
      worker.id,
      worker.name,
      worker.hostname,
      worker.ipAddress,
      worker.pid,
      worker.version,
      worker.queues,
      worker.taskTypes,
      worker.concurrency,
      worker.isolation,
    ]);
  }

  async heartbeat(id: WorkerId, state: { status: WorkerStatus; slotsInUse: number }): Promise<number | null> {
    const values = [id, state.status, state.slotsInUse, this.lastSkewMs];
    const skewMs = await measureSkew(async () => {
      const [row] = await this.database.query<{ now: Date }>(HEARTBEAT, values);
      return row?.now;
    });
    this.lastSkewMs = skewMs ?? this.lastSkewMs;
    return skewMs;
  }

  async list(filter: { readonly isAlive?: boolean }, page: PageRequest): Promise<{ items: WorkerRecord[]; total: number }> {
    const of = [WORKER_DOWN_MS, filter.isAlive ?? null];
    const [rows, [count]] = await Promise.all([
      this.database.query<WorkerRow>(LIST, [...of, page.perPage, (page.page - 1) * page.perPage]),
      this.database.query<{ total: number }>(COUNT, of),
    ]);
    return { items: rows.map(toWorker), total: count?.total ?? 0 };
  }

  async isServed(queue: string, taskFunction: string): Promise<boolean> {
    const [row] = await this.database.query<{ is_served: boolean }>(IS_SERVED, [WORKER_DOWN_MS, queue, taskFunction]);
    return row?.is_served === true;
  }

  async find(idOrName: string): Promise<WorkerRecord | null> {
    const statement = isUuid(idOrName) ? FIND : FIND_BY_NAME;
    const [row] = await this.database.query<WorkerRow>(statement, [WORKER_DOWN_MS, idOrName]);
    return row === undefined ? null : toWorker(row);
  }
}

function toWorker(row: WorkerRow): WorkerRecord {
  return {
    id: row.id,
    name: row.name,
    hostname: row.hostname,
    ipAddress: row.ip_address,
    pid: row.pid,
    version: row.version,
    queues: row.queues,
    taskTypes: row.task_types,
    concurrency: row.concurrency,
    isolation: row.isolation,
    status: row.status,
    slotsInUse: row.slots_in_use,
    clockSkewMs: row.clock_skew_ms,
    registeredAt: row.registered_at,
    lastHeartbeatAt: row.last_heartbeat_at,
    isAlive: row.is_alive,
    uptimeMs: Math.max(0, row.uptime_ms),
  };
}
