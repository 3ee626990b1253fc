import { defineNewJob } from '#application/jobs/define-job.js';
import { SEEDED_JOBS } from '#application/jobs/seeded-jobs.js';
import { CATALOGUE } from '#application/task-functions/catalogue.js';
import { JOB_TYPES } from '#application/task-functions/task-function.js';
import type { Database, Statement } from '../database.js';
import { PostgresJobRepository } from '../jobs/postgres-job.repository.js';
import { columns, toJsonb } from '../rows.js';

/** What a function is called and does follows the release; whether it is active is the operator's. */
const UPSERT_FUNCTIONS: Statement = {
  name: 'seed-task-functions',
  text: `
    insert into task_function (id, name, display_name, description, handler_path, handler_type, queue, default_timeout_ms,
                               argument_schema, is_system)
    select * from unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::int[],
                         $9::jsonb[], $10::bool[])
    on conflict (id) do update set
           name = excluded.name, display_name = excluded.display_name, description = excluded.description,
           handler_path = excluded.handler_path, handler_type = excluded.handler_type, queue = excluded.queue,
           default_timeout_ms = excluded.default_timeout_ms, argument_schema = excluded.argument_schema,
           is_system = excluded.is_system`,
};

const UPSERT_TYPES: Statement = {
  name: 'seed-job-types',
  text: `
    insert into job_type (id, name, display_name, description)
    select * from unnest($1::int[], $2::text[], $3::text[], $4::text[])
    on conflict (id) do update set
           name = excluded.name, display_name = excluded.display_name, description = excluded.description`,
};

/** True until the first job ever got its number: deleting or changing the seeded jobs lasts, also when none is left. */
const IS_NEW: Statement = {
  name: 'seed-is-new',
  text: 'select not is_called as is_new from scheduled_job_number_seq',
};

/** Brings the reference rows to this release and gives a new installation its first jobs. Idempotent. */
export async function seedPlatform(database: Database): Promise<void> {
  await database.query(UPSERT_TYPES, columns(JOB_TYPES, (t) => t.id, (t) => t.name, (t) => t.displayName, (t) => t.description));
  await database.query(
    UPSERT_FUNCTIONS,
    columns(
      CATALOGUE,
      (entry) => entry.id,
      (entry) => entry.name,
      (entry) => entry.displayName,
      (entry) => entry.description,
      (entry) => entry.handlerPath,
      (entry) => entry.handlerType,
      (entry) => entry.queue,
      (entry) => entry.defaultTimeoutMs,
      (entry) => toJsonb(entry.argumentSchema),
      (entry) => entry.isSystem,
    ),
  );
  const [state] = await database.query<{ is_new: boolean }>(IS_NEW);
  if (state?.is_new === true) await seedJobs(database);
}

async function seedJobs(database: Database): Promise<void> {
  const jobs = new PostgresJobRepository(database);
  for (const { id, input, timeoutMs } of SEEDED_JOBS) {
    await jobs.create(id, (now) => defineNewJob(input, timeoutMs, now), null);
  }
}
