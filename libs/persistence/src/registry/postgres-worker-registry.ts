import type { WorkerId } from '#domain/ids.js';
import {
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

const LIST: Statement = { name: 'worker-list', text: 'select * from worker order by registered_at desc, id' };
const FIND: Statement = { name: 'worker-find', text: 'select * from worker where id = $1' };

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

  async list(): Promise<WorkerRecord[]> {
    return (await this.database.query<WorkerRow>(LIST)).map(toWorker);
  }

  async find(id: WorkerId): Promise<WorkerRecord | null> {
    const [row] = await this.database.query<WorkerRow>(FIND, [id]);
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
  };
}
