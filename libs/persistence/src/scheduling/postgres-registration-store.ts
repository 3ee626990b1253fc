import { RegistrationStore, type ScheduleRegistration } from '#application/scheduling/schedule-registrar.js';
import type { JobId } from '#domain/ids.js';
import type { JsonObject } from '#domain/json.js';
import type { Database, Statement } from '../database.js';
import { readSchedule } from '../jobs/job-row.js';
import { columns } from '../rows.js';
import { SET_ASIDE } from './plan-statements.js';

/** Jobs and registrations that differ: new or changed jobs, then registrations whose job is gone or inactive. */
const OUTDATED: Statement = {
  name: 'registration-outdated',
  text: `
    (select j.id as job_id, j.schedule_version, j.schedule, j.start_at, j.end_at, j.next_fire_at
       from scheduled_job j left join schedule_registration r on r.job_id = j.id
      where j.next_fire_at is not null and r.schedule_version is distinct from j.schedule_version
        and (j.set_aside_until is null or j.set_aside_until <= clock_timestamp())
      order by j.next_fire_at limit $1)
    union all
    (select r.job_id, r.schedule_version, null, null, null, null
       from schedule_registration r left join scheduled_job j on j.id = r.job_id
      where j.id is null or j.next_fire_at is null limit $1)`,
};

const MARK_UPSERTED: Statement = {
  name: 'registration-mark-upserted',
  text: `
    insert into schedule_registration (job_id, schedule_version)
    select * from unnest($1::uuid[], $2::int[])
    on conflict (job_id) do update set schedule_version = excluded.schedule_version, registered_at = clock_timestamp()`,
};

const MARK_REMOVED: Statement = {
  name: 'registration-mark-removed',
  text: 'delete from schedule_registration where job_id = any($1::uuid[])',
};

/** Version 0 is that of no job: `OUTDATED` finds the row whatever became of its job. */
const EXPECT: Statement = {
  name: 'registration-expect',
  text: `
    insert into schedule_registration (job_id, schedule_version) select unnest($1::uuid[]), 0
    on conflict (job_id) do nothing`,
};

const DISTRUST_ALL: Statement = {
  name: 'registration-distrust-all',
  text: 'update schedule_registration set schedule_version = 0 where schedule_version <> 0',
};

const COUNT: Statement = { name: 'registration-count', text: 'select count(*)::int as count from schedule_registration' };

const COMPARE: Statement = {
  name: 'registration-compare',
  text: `
    with found as (select unnest($1::uuid[]) as job_id),
    stray as (
      insert into schedule_registration (job_id, schedule_version) select job_id, 0 from found
      on conflict (job_id) do nothing returning job_id
    ), missing as (
      update schedule_registration r set schedule_version = 0
       where schedule_version <> 0 and not exists (select from found f where f.job_id = r.job_id)
      returning job_id
    )
    select (select count(*) from stray)::int + (select count(*) from missing)::int as count`,
};

interface CountRow {
  count: number;
}

interface OutdatedRow {
  job_id: JobId;
  schedule_version: number;
  schedule: JsonObject | null;
  start_at: Date | null;
  end_at: Date | null;
  next_fire_at: Date | null;
}

export class PostgresRegistrationStore extends RegistrationStore {
  constructor(private readonly database: Database) {
    super();
  }

  async outdated(limit: number): Promise<{ upsert: ScheduleRegistration[]; remove: JobId[] }> {
    for (;;) {
      const rows = await this.database.query<OutdatedRow>(OUTDATED, [limit]);
      const remove = rows.filter((row) => row.schedule === null).map((row) => row.job_id);
      const upsert = rows.flatMap(toRegistration);
      if (upsert.length + remove.length === rows.length) return { upsert, remove };
      const read = new Set([...remove, ...upsert.map(({ jobId }) => jobId)]);
      await this.database.query(SET_ASIDE, [rows.map((row) => row.job_id).filter((id) => !read.has(id))]);
      if (read.size > 0) return { upsert, remove };
    }
  }

  async markRegistered(
    upserted: readonly Pick<ScheduleRegistration, 'jobId' | 'scheduleVersion'>[],
    removed: readonly JobId[],
  ): Promise<void> {
    if (upserted.length > 0) {
      await this.database.query(
        MARK_UPSERTED,
        columns(upserted, (one) => one.jobId, (one) => one.scheduleVersion),
      );
    }
    if (removed.length > 0) await this.database.query(MARK_REMOVED, [removed]);
  }

  async expect(jobIds: readonly JobId[]): Promise<void> {
    if (jobIds.length > 0) await this.database.query(EXPECT, [jobIds]);
  }

  async distrustAll(): Promise<void> {
    await this.database.query(DISTRUST_ALL);
  }

  async count(): Promise<number> {
    const [row] = await this.database.query<CountRow>(COUNT);
    return row?.count ?? 0;
  }

  async compare(registered: readonly JobId[]): Promise<number> {
    const [row] = await this.database.query<CountRow>(COMPARE, [registered]);
    return row?.count ?? 0;
  }
}

/** None for a removal, and for a schedule that this release cannot read. */
function toRegistration(row: OutdatedRow): ScheduleRegistration[] {
  if (row.schedule === null || row.next_fire_at === null) return [];
  const schedule = readSchedule(row.schedule);
  if (schedule === null) return [];
  const bounded = { schedule, startAt: row.start_at, endAt: row.end_at };
  return [{ jobId: row.job_id, scheduleVersion: row.schedule_version, bounded, nextFireAt: row.next_fire_at }];
}
