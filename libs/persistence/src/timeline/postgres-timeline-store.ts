import type { ExecutionStatus, TriggerSource } from '#domain/execution/status.js';
import type { ExecutionId, JobId } from '#domain/ids.js';
import type { JsonObject } from '#domain/json.js';
import { TimelineStore, type ComingJob, type TimelineExecution, type TimelineJob, type TimeRange } from '#application/timeline/timeline-store.js';
import type { Database, Statement } from '../database.js';
import { readSchedule } from '../jobs/job-row.js';
import type { BigIntText } from '../rows.js';

const NOW: Statement = { name: 'timeline-now', text: 'select clock_timestamp() as now' };

const COUNT_BY_JOB: Statement = {
  name: 'timeline-count-by-job',
  text: `
    select job_id, count(*)::int as count
      from (select job_id from execution where sort_at >= $1 and sort_at < $2 order by sort_at desc, id desc limit $3) newest
     group by job_id`,
};

const COMING: Statement = {
  name: 'timeline-coming',
  text: `
    select id, schedule, start_at, end_at, next_fire_at from scheduled_job
     where next_fire_at is not null and next_fire_at < $1 order by next_fire_at, id limit $2`,
};

const JOBS: Statement = {
  name: 'timeline-jobs',
  text: "select id, name, coalesce(schedule->>'timeZone', 'UTC') as time_zone, is_enabled, is_paused from scheduled_job where id = any ($1::uuid[])",
};

const COLUMNS = 'e.id, e.job_id, e.number, e.status, e.trigger, e.scheduled_for, e.started_at, e.finished_at, e.sort_at';

const EXECUTIONS: Statement = {
  name: 'timeline-executions',
  text: `
    select shown.* from unnest($1::uuid[]) as wanted(id), lateral (
      (select ${COLUMNS} from execution e
        where e.job_id = wanted.id and e.sort_at >= $2 and e.sort_at < $3 order by e.sort_at desc, e.id desc limit $4)
      union all
      (select ${COLUMNS} from execution e where e.job_id = wanted.id and e.status = 'running' and e.sort_at < $2)) shown
     order by shown.sort_at, shown.id`,
};

interface ExecutionRow {
  id: ExecutionId;
  job_id: JobId;
  number: BigIntText;
  status: ExecutionStatus;
  trigger: TriggerSource;
  scheduled_for: Date;
  started_at: Date | null;
  finished_at: Date | null;
}

interface ComingRow {
  id: JobId;
  schedule: JsonObject;
  start_at: Date | null;
  end_at: Date | null;
  next_fire_at: Date;
}

interface JobRow {
  id: JobId;
  name: string;
  time_zone: string;
  is_enabled: boolean;
  is_paused: boolean;
}

export class PostgresTimelineStore extends TimelineStore {
  constructor(private readonly database: Database) {
    super();
  }

  async now(): Promise<Date> {
    const [row] = await this.database.query<{ now: Date }>(NOW);
    if (row === undefined) throw new Error('The database told no time');
    return row.now;
  }

  async countByJob({ from, to }: TimeRange, limit: number): Promise<{ counts: Map<JobId, number>; isCapped: boolean }> {
    const rows = await this.database.query<{ job_id: JobId; count: number }>(COUNT_BY_JOB, [from, to, limit]);
    const counted = rows.reduce((sum, { count }) => sum + count, 0);
    return { counts: new Map(rows.map(({ job_id: id, count }) => [id, count])), isCapped: counted >= limit };
  }

  /** A schedule that this release cannot read fires nothing. */
  async coming(until: Date, limit: number): Promise<ComingJob[]> {
    const rows = await this.database.query<ComingRow>(COMING, [until, limit]);
    return rows.flatMap(({ id, schedule: stored, start_at: startAt, end_at: endAt, next_fire_at: nextFireAt }) => {
      const schedule = readSchedule(stored);
      return schedule === null ? [] : [{ jobId: id, bounded: { schedule, startAt, endAt }, nextFireAt }];
    });
  }

  async jobs(ids: readonly JobId[]): Promise<TimelineJob[]> {
    const rows = await this.database.query<JobRow>(JOBS, [ids]);
    return rows.map(({ id, name, time_zone: timeZone, is_enabled: isEnabled, is_paused: isPaused }) => ({
      jobId: id, name, timeZone, isEnabled, isPaused,
    }));
  }

  async executions(ids: readonly JobId[], { from, to }: TimeRange, limit: number): Promise<TimelineExecution[]> {
    const rows = await this.database.query<ExecutionRow>(EXECUTIONS, [ids, from, to, limit]);
    return rows.map((row) => ({
      id: row.id,
      jobId: row.job_id,
      number: Number(row.number),
      status: row.status,
      trigger: row.trigger,
      scheduledFor: row.scheduled_for,
      startedAt: row.started_at,
      finishedAt: row.finished_at,
    }));
  }
}
