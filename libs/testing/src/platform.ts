/** The platform's stores on a database of their own, without the jobs that a new installation starts with. */
import { newId, type JobId } from '#domain/ids.js';
import type { ScheduledJob } from '#domain/job/scheduled-job.js';
import { Database } from '#persistence/database.js';
import { PostgresExecutionRepository } from '#persistence/executions/postgres-execution.repository.js';
import { PostgresTriggerStore } from '#persistence/executions/postgres-trigger-store.js';
import { PostgresJobRepository } from '#persistence/jobs/postgres-job.repository.js';
import { PostgresExecutionLedger } from '#persistence/running/postgres-execution-ledger.js';
import { PostgresOutbox } from '#persistence/scheduling/postgres-outbox.js';
import { PostgresGateStore } from '#persistence/dependencies/postgres-gate-store.js';
import { PostgresStatisticsRepository } from '#persistence/statistics/postgres-statistics.repository.js';
import { PostgresPlanStore } from '#persistence/scheduling/postgres-plan-store.js';
import { aJob, type JobOverrides } from './factories.js';
import { createTestDatabase } from './stores.js';

/** A row of the ledger, as far as tests look at it. */
export interface ExecutionRow {
  id: string;
  job_id: string;
  scheduled_for: Date;
  trigger: string;
  schedule_version: number;
  status: string;
  reason: string | null;
  hold: 'slot' | 'dependency' | null;
  task_function: string;
  queue: string;
  priority: number;
  args: unknown;
  timeout_ms: number;
  attempt: number;
  lost_count: number;
  token: number;
  worker_id: string | null;
  lease_until: Date | null;
  enqueued_at: Date | null;
  next_attempt_at: Date | null;
  cancel_requested_at: Date | null;
  created_at: Date;
  started_at: Date | null;
  finished_at: Date | null;
  result: unknown;
  error: string | null;
  progress: number | null;
}

export interface GapRow {
  from_at: Date;
  to_at: Date;
  count: number;
  reason: string;
}

export class Platform {
  readonly jobs: PostgresJobRepository;
  readonly plans: PostgresPlanStore;
  readonly ledger: PostgresExecutionLedger;
  readonly outbox: PostgresOutbox;
  readonly executions: PostgresExecutionRepository;
  readonly triggers: PostgresTriggerStore;
  readonly gates: PostgresGateStore;
  readonly statistics: PostgresStatisticsRepository;

  constructor(
    readonly url: string,
    readonly database: Database,
    private readonly dropDatabase: () => Promise<void>,
  ) {
    this.jobs = new PostgresJobRepository(database);
    this.plans = new PostgresPlanStore(database);
    this.ledger = new PostgresExecutionLedger(database);
    this.outbox = new PostgresOutbox(database);
    this.executions = new PostgresExecutionRepository(database);
    this.triggers = new PostgresTriggerStore(database);
    this.gates = new PostgresGateStore(database);
    this.statistics = new PostgresStatisticsRepository(database);
  }

  /** Sends any statement. */
  async sql<Row>(text: string, values: unknown[] = []): Promise<Row[]> {
    return (await this.database.pool.query(text, values)).rows as Row[];
  }

  async now(): Promise<Date> {
    const [row] = await this.sql<{ now: Date }>('select clock_timestamp() as now');
    if (row === undefined) throw new Error('no time');
    return row.now;
  }

  /** Stores a job. */
  async job(overrides: JobOverrides = {}): Promise<ScheduledJob> {
    return this.jobs.create(newId<JobId>(), () => aJob(overrides), null);
  }

  /** Changes members of a job as the API would. */
  async change(id: JobId, overrides: JobOverrides): Promise<ScheduledJob> {
    const changed = await this.jobs.update(
      id,
      (job) => {
        const { schedule, startAt, endAt, policies, ...rest } = overrides;
        return {
          ...job,
          ...rest,
          bounded: {
            schedule: schedule ?? job.bounded.schedule,
            startAt: startAt === undefined ? job.bounded.startAt : startAt,
            endAt: endAt === undefined ? job.bounded.endAt : endAt,
          },
          policies: { ...job.policies, ...policies },
        };
      },
      null,
    );
    if (changed === null) throw new Error('no such job');
    return changed;
  }

  /**
   * Sets the planner's cursor to the first occurrence at or after `ms` before the database's present, as if nothing had
   * planned since then.
   */
  async setBack(job: ScheduledJob, ms: number): Promise<Date> {
    const { schedule } = job.bounded;
    if (schedule.kind !== 'interval') throw new Error('only intervals can be set back');
    const anchorMs = schedule.anchorAt.getTime();
    const periods = Math.ceil(((await this.now()).getTime() - ms - anchorMs) / schedule.everyMs);
    const cursor = new Date(anchorMs + periods * schedule.everyMs);
    await this.sql('update scheduled_job set next_fire_at = $2 where id = $1', [job.id, cursor]);
    return cursor;
  }

  /** Makes exactly `count` occurrences due, the newest of them the last one of the job's span. @returns that one */
  async makeDue(job: ScheduledJob, count: number): Promise<Date> {
    const { schedule } = job.bounded;
    if (schedule.kind !== 'interval') throw new Error('only intervals can be made due');
    const periods = Math.floor(((await this.now()).getTime() - schedule.anchorAt.getTime()) / schedule.everyMs);
    const newest = new Date(schedule.anchorAt.getTime() + periods * schedule.everyMs);
    const cursor = new Date(newest.getTime() - (count - 1) * schedule.everyMs);
    await this.sql('update scheduled_job set next_fire_at = $2, end_at = $3 where id = $1', [job.id, cursor, newest]);
    return newest;
  }

  async cursorOf(id: JobId): Promise<Date | null> {
    const [row] = await this.sql<{ next_fire_at: Date | null }>('select next_fire_at from scheduled_job where id = $1', [id]);
    return row?.next_fire_at ?? null;
  }

  /** A job's rows in the ledger, oldest occurrence first. */
  async rows(id: JobId): Promise<ExecutionRow[]> {
    return this.sql<ExecutionRow>('select * from execution where job_id = $1 order by scheduled_for, id', [id]);
  }

  async row(id: string): Promise<ExecutionRow> {
    const [row] = await this.sql<ExecutionRow>('select * from execution where id = $1', [id]);
    if (row === undefined) throw new Error(`no execution ${id}`);
    return row;
  }

  async gaps(id: JobId): Promise<GapRow[]> {
    return this.sql<GapRow>('select from_at, to_at, count, reason from execution_gap where job_id = $1 order by from_at', [id]);
  }

  /** Empties what tests write, the reference rows stay. */
  async clear(): Promise<void> {
    await this.sql('delete from job_dependency');
    await this.sql('delete from scheduled_job');
    await this.sql('delete from execution');
    await this.sql('delete from deleted_job');
    await this.sql('delete from schedule_registration');
    await this.sql('delete from worker');
  }

  async close(): Promise<void> {
    await this.database.close();
    await this.dropDatabase();
  }
}

/** Clones a database and opens the stores on it. Close it in `afterAll`. */
export async function openPlatform(options: { poolSize?: number } = {}): Promise<Platform> {
  const created = await createTestDatabase();
  const database = new Database({ url: created.url, poolSize: options.poolSize ?? 12, applicationName: 'takt-test' });
  const platform = new Platform(created.url, database, created.drop);
  await platform.clear();
  return platform;
}
