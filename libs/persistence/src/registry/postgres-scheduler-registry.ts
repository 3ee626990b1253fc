import type { InstanceId, JobId } from '#domain/ids.js';
import {
  OVERDUE_MS,
  SchedulerRegistry,
  type SchedulerDescription,
  type SchedulerInstance,
  type SchedulerStatus,
} from '#application/scheduling/scheduler-status.js';
import type { Database, Statement } from '../database.js';
import { measureSkew } from './clock-skew.js';

/** An instance that was silent for this long is not shown as alive, milliseconds. */
const INSTANCE_ALIVE_MS = 20_000;

const REGISTER: Statement = {
  name: 'instance-register',
  text: 'insert into scheduler_instance (id, hostname, pid, version) values ($1, $2, $3, $4)',
};

const HEARTBEAT: Statement = {
  name: 'instance-heartbeat',
  text: `
    update scheduler_instance set last_heartbeat_at = clock_timestamp() where id = $1
    returning clock_timestamp() as now`,
};

const DEREGISTER: Statement = { name: 'instance-deregister', text: 'delete from scheduler_instance where id = $1' };

const INSTANCES: Statement = {
  name: 'instance-list',
  text: `
    select i.id, i.hostname, i.pid, i.version, i.started_at, i.last_heartbeat_at, l.elected_at
      from scheduler_instance i
      left join leader_lease l on l.name = 'scheduler' and l.holder = i.id and l.expires_at > clock_timestamp()
     where i.last_heartbeat_at > clock_timestamp() - $1 * interval '1 millisecond'
     order by l.elected_at nulls last, i.started_at, i.id`,
};

const COUNTS: Statement = {
  name: 'scheduler-counts',
  text: `
    select count(*)::int as total, count(*) filter (where is_enabled)::int as enabled,
           count(*) filter (where next_fire_at < clock_timestamp() - $1 * interval '1 millisecond' and set_aside_until is null)::int as overdue,
           count(*) filter (where set_aside_until is not null)::int as unreadable,
           (select count(distinct job_id)::int from execution where status = 'running') as running
      from scheduled_job`,
};

const NEXT_JOB: Statement = {
  name: 'scheduler-next-job',
  text: `
    select id, name, next_fire_at from scheduled_job where next_fire_at is not null and set_aside_until is null
     order by next_fire_at, id limit 1`,
};

interface InstanceRow {
  id: InstanceId;
  hostname: string;
  pid: number;
  version: string;
  started_at: Date;
  last_heartbeat_at: Date;
  elected_at: Date | null;
}

export class PostgresSchedulerRegistry extends SchedulerRegistry {
  constructor(private readonly database: Database) {
    super();
  }

  async register(instance: SchedulerDescription): Promise<void> {
    await this.database.query(REGISTER, [instance.id, instance.hostname, instance.pid, instance.version]);
  }

  async heartbeat(id: InstanceId): Promise<number | null> {
    return measureSkew(async () => {
      const [row] = await this.database.query<{ now: Date }>(HEARTBEAT, [id]);
      return row?.now;
    });
  }

  async deregister(id: InstanceId): Promise<void> {
    await this.database.query(DEREGISTER, [id]);
  }

  async status(): Promise<SchedulerStatus> {
    const [instances, [counts], [next]] = await Promise.all([
      this.database.query<InstanceRow>(INSTANCES, [INSTANCE_ALIVE_MS]),
      this.database.query<{ total: number; enabled: number; overdue: number; unreadable: number; running: number }>(COUNTS, [OVERDUE_MS]),
      this.database.query<{ id: JobId; name: string; next_fire_at: Date }>(NEXT_JOB),
    ]);
    return {
      isRunning: instances.length > 0,
      instances: instances.map(toInstance),
      totalJobs: counts?.total ?? 0,
      enabledJobs: counts?.enabled ?? 0,
      runningJobs: counts?.running ?? 0,
      overdueJobs: counts?.overdue ?? 0,
      unreadableJobs: counts?.unreadable ?? 0,
      nextJob: next === undefined ? null : { id: next.id, name: next.name, nextFireAt: next.next_fire_at },
    };
  }
}

function toInstance(row: InstanceRow): SchedulerInstance {
  return {
    id: row.id,
    hostname: row.hostname,
    pid: row.pid,
    isLeader: row.elected_at !== null,
    leaderSince: row.elected_at,
    lastHeartbeatAt: row.last_heartbeat_at,
    startedAt: row.started_at,
    version: row.version,
  };
}
