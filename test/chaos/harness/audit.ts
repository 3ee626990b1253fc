/**
 * A second ledger beside the product's: triggers of our own note every change of an execution, of the leader's lease and of
 * a schedule, in the transaction that makes it and by the database's clock. Rows of deleted jobs stay here.
 */
import pg from 'pg';
import type { Attempt, Execution, Gap, JobChange, JobFacts, LeaseChange, Schedule, Transition, Version } from '../checker/evidence.js';

/** Epoch milliseconds; exact, because whole milliseconds are compared. */
const MS = (column: string): string => `round(extract(epoch from ${column}) * 1000, 3)::float8`;

const INSTALL = `
  create table chaos_execution (seq bigserial primary key, at timestamptz not null default clock_timestamp(), id uuid, job_id uuid,
    trigger text, scheduled_for timestamptz, old_status text, status text, attempt int, token int, held bool, worker_id uuid);
  create function chaos_execution() returns trigger language plpgsql as $$ begin
    insert into chaos_execution (id, job_id, trigger, scheduled_for, old_status, status, attempt, token, held, worker_id)
    values (new.id, new.job_id, new.trigger, new.scheduled_for, case when tg_op = 'UPDATE' then old.status end, new.status,
            new.attempt, new.token, new.hold is not null, new.worker_id);
    return null; end $$;
  create trigger chaos_inserted after insert on execution for each row execute function chaos_execution();
  create trigger chaos_updated after update on execution for each row
    when ((old.status, old.attempt, old.token, old.hold) is distinct from (new.status, new.attempt, new.token, new.hold))
    execute function chaos_execution();
  create table chaos_job (seq bigserial primary key, at timestamptz not null default clock_timestamp(), id uuid, name text, is_enabled bool);
  create function chaos_job() returns trigger language plpgsql as $$ begin
    insert into chaos_job (id, name, is_enabled) values (new.id, new.name, new.is_enabled); return null; end $$;
  create trigger chaos_job after update on scheduled_job for each row
    when ((old.name, old.is_enabled) is distinct from (new.name, new.is_enabled)) execute function chaos_job();
  create table chaos_version as select * from job_schedule_history;
  create function chaos_version() returns trigger language plpgsql as $$ begin
    insert into chaos_version select new.*; return null; end $$;
  create trigger chaos_version after insert on job_schedule_history for each row execute function chaos_version();
  create table chaos_lease (seq bigserial primary key, at timestamptz not null default clock_timestamp(), holder uuid, term bigint,
    expires_at timestamptz);
  create function chaos_lease() returns trigger language plpgsql as $$ begin
    insert into chaos_lease (holder, term, expires_at) values (new.holder, new.term, new.expires_at); return null; end $$;
  create trigger chaos_lease after update on leader_lease for each row execute function chaos_lease();`;

/** Asks the store itself, not through any proxy. */
export class Auditor {
  constructor(private readonly url: () => string) {}

  async rows<Row>(sql: string, values: readonly unknown[] = []): Promise<Row[]> {
    const client = new pg.Client({ connectionString: this.url(), connectionTimeoutMillis: 5_000, query_timeout: 30_000 });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query(sql, [...values])).rows as Row[];
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  async install(): Promise<void> {
    await this.rows(INSTALL);
  }

  async now(): Promise<number> {
    const [row] = await this.rows<{ now: number }>(`select ${MS('clock_timestamp()')} as now`);
    return row?.now ?? 0;
  }

  async jobs(): Promise<JobFacts[]> {
    return this.rows<JobFacts>(`
      select id, name, task_args::text like '%task.sh%' as "leavesMarks", max_instances as "maxInstances", retry_count as "retryCount", retry_delay_ms as "retryDelayMs",
             overlap_policy as overlap, catch_up_mode as "catchUpMode", catch_up_window_ms::float8 as "catchUpWindowMs",
             on_worker_lost as "onWorkerLost", is_enabled as "isEnabled", ${MS('next_fire_at')} as "nextFireAt"
        from scheduled_job`);
  }

  async versions(): Promise<Version[]> {
    return this.rows<Version & { schedule: Schedule }>(`
      select job_id as "jobId", schedule_version as version, ${MS('valid_from')} as "validFrom", schedule,
             ${MS('start_at')} as "startAt", ${MS('end_at')} as "endAt", is_active as "isActive"
        from chaos_version order by job_id, schedule_version`);
  }

  async executions(): Promise<Execution[]> {
    return this.rows<Execution>(`
      select id, job_id as "jobId", ${MS('scheduled_for')} as "scheduledFor", trigger, schedule_version as version, status, reason,
             attempt, token, lost_count as "lostCount", ${MS('created_at')} as "createdAt", ${MS('started_at')} as "startedAt",
             ${MS('finished_at')} as "finishedAt", ${MS('lease_until')} as "leaseUntil"
        from execution e where exists (select 1 from scheduled_job j where j.id = e.job_id) order by scheduled_for`);
  }

  async attempts(): Promise<Attempt[]> {
    return this.rows<Attempt>(`
      select execution_id as "executionId", attempt, token, status, ${MS('started_at')} as "startedAt",
             ${MS('finished_at')} as "finishedAt"
        from execution_attempt a
       where exists (select 1 from execution e join scheduled_job j on j.id = e.job_id where e.id = a.execution_id)
       order by execution_id, attempt`);
  }

  async gaps(): Promise<Gap[]> {
    return this.rows<Gap>(`
      select job_id as "jobId", ${MS('from_at')} as from, ${MS('to_at')} as to, count, reason from execution_gap`);
  }

  async transitions(): Promise<Transition[]> {
    return this.rows<Transition>(`
      select ${MS('at')} as at, id as "executionId", job_id as "jobId", trigger, ${MS('scheduled_for')} as "scheduledFor",
             old_status as from, status as to, attempt, token, held, worker_id as "workerId"
        from chaos_execution order by seq`);
  }

  async jobChanges(): Promise<JobChange[]> {
    return this.rows<JobChange>(`select ${MS('at')} as at, id as "jobId", name, is_enabled as "isEnabled" from chaos_job order by seq`);
  }

  async leases(): Promise<LeaseChange[]> {
    return this.rows<LeaseChange>(`
      select ${MS('at')} as at, holder, term::int as term, ${MS('expires_at')} as "expiresAt" from chaos_lease order by seq`);
  }

  async outputLengths(): Promise<Map<string, number>> {
    const rows = await this.rows<{ key: string; length: number }>(`
      select execution_id || '/' || attempt as key, sum(length(message))::int as length
        from execution_log where stream <> 'system' group by 1`);
    return new Map(rows.map(({ key, length }) => [key, length]));
  }

  /** Overdue jobs, unsent executions, and how many job schedulers the queue should have. */
  async backlog(): Promise<{ overdue: number; unsent: number; registrable: number; outdated: number }> {
    const [row] = await this.rows<{ overdue: number; unsent: number; registrable: number; outdated: number }>(`
      select (select count(*)::int from scheduled_job where next_fire_at < clock_timestamp() - interval '2 seconds') as overdue,
             (select count(*)::int from execution where status = 'pending' and enqueued_at is null and hold is null
                and created_at < clock_timestamp() - interval '5 seconds') as unsent,
             (select count(*)::int from scheduled_job where next_fire_at is not null) as registrable,
             (select count(*)::int from scheduled_job j left join schedule_registration r on r.job_id = j.id
               where j.next_fire_at is not null and r.schedule_version is distinct from j.schedule_version) as outdated`);
    return row ?? { overdue: -1, unsent: -1, registrable: -1, outdated: -1 };
  }

  async live(): Promise<number> {
    const [row] = await this.rows<{ live: number }>(`select count(*)::int as live from execution where status in ('pending', 'dispatched', 'running')`);
    return row?.live ?? -1;
  }
}
