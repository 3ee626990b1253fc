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

const FORGET_ALL: Statement = { name: 'registration-forget-all', text: 'delete from schedule_registration' };

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

  async forgetAll(): Promise<void> {
    await this.database.query(FORGET_ALL);
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
