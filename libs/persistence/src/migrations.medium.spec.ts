import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '#testing/stores.js';
import type { DataSource } from 'typeorm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDataSource } from './data-source.js';
import { migrateDatabase } from './migrate.js';

let created: TestDatabase;
let source: DataSource;

const open = async (): Promise<DataSource> =>
  createDataSource({ url: created.url, poolSize: 2, applicationName: 'takt-test' }).initialize();

const names = async (text: string): Promise<string[]> =>
  (await source.query<{ name: string }[]>(text)).map(({ name }) => name);

/** Everything of ours that a database can hold: relations, types, functions. */
const leftovers = async (): Promise<string[]> => [
  ...(await names(`select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public'`)),
  ...(await names(`select p.proname as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'public'`)),
  ...(await names(`select t.typname as name from pg_type t join pg_namespace n on n.oid = t.typnamespace
                    where n.nspname = 'public' and t.typtype in ('e', 'd')`)),
];

const shapeOf = async (): Promise<string[]> =>
  names(`select table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' || coalesce(column_default, '') as name
           from information_schema.columns where table_schema = 'public' order by 1`);

beforeEach(async () => {
  created = await createEmptyDatabase();
  source = await open();
});

afterEach(async () => {
  await source.destroy();
  await created.drop();
});

describe('the migrations', () => {
  it('make exactly the schema that the entities describe', async () => {
    await source.runMigrations();
    const { upQueries } = await source.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });

  it('notice a schema that drifted', async () => {
    await source.runMigrations();
    await source.query('alter table worker drop column isolation');
    const { upQueries } = await source.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query).join()).toContain('isolation');
  });

  it('leave nothing of ours behind when they are undone, and can be done again', async () => {
    const applied = await source.runMigrations();
    const shape = await shapeOf();
    for (const _migration of applied) await source.undoLastMigration();
    const bookkeeping = ['takt_migration', 'takt_migration_id_seq'];
    expect((await leftovers()).filter((name) => !name.startsWith('PK_') && !bookkeeping.includes(name))).toEqual([]);
    await source.runMigrations();
    expect(await shapeOf()).toEqual(shape);
  });
});

describe('the sums by worker of a version that did not know of cancelled executions', () => {
  const WORKER = '019a0000-0000-7000-8000-000000000001';
  const hasCancelled = async (): Promise<boolean> => (await shapeOf()).some((column) => column.startsWith('worker_rollup.cancelled'));

  it('learn of those that the ledger still has, each in the span that it ended in', async () => {
    await source.runMigrations();
    while (await hasCancelled()) await source.undoLastMigration();
    await source.query(
      `insert into execution (id, job_id, scheduled_for, sort_at, trigger, schedule_version, status, task_function, queue, priority,
                              timeout_ms, worker_id, finished_at)
       select gen_random_uuid(), gen_random_uuid(), at, at, 'manual', 1, status, 'shell', 'default', 0, 1000, worker::uuid, at
         from (values ('cancelled', $1, timestamptz '2026-01-10 09:30:20Z'), ('failed', $1, '2026-01-10 09:30:40Z'),
                      ('cancelled', $1, '2026-01-10 09:31:59Z'), ('cancelled', $1, '2026-01-02 23:59:59Z'),
                      ('cancelled', null, '2026-01-10 09:30:10Z'), ('cancelled', $1, '2026-01-10 10:00:01Z')) e(status, worker, at)`,
      [WORKER],
    );
    await source.query(
      `insert into worker_rollup (worker_id, bucket, succeeded, failed, timed, sum_ms, last_at)
       select worker::uuid, at, 0, failed, 0, 0, at
         from (values ($1, timestamptz '2026-01-10 09:30Z', 2), ($1, '2026-01-10 09:31Z', 1), ($1, '2026-01-02 00:00Z', 4),
                      ('00000000-0000-0000-0000-000000000000', '2026-01-10 09:30Z', 1)) r(worker, at, failed)`,
      [WORKER],
    );
    await source.query(`update worker_rollup_progress set until = '2026-01-10 10:00Z'`);
    await source.runMigrations();
    expect(await names(`select to_char(bucket at time zone 'UTC', 'DD HH24:MI') || ' ' || failed || ' ' || cancelled as name from worker_rollup order by bucket, worker_id`))
      .toEqual(['02 00:00 4 1', '10 09:30 1 1', '10 09:30 2 1', '10 09:31 1 1']);
  });
});

describe('migrateDatabase', () => {
  it('applies each migration once when two processes start it together', async () => {
    const [one, other] = await Promise.all([migrateDatabase(created.url), migrateDatabase(created.url)]);
    expect([...one, ...other].sort()).toEqual(source.migrations.map((migration) => migration.constructor.name).sort());
    const jobs = await names('select name from scheduled_job');
    expect(new Set(jobs).size).toBe(jobs.length);
    expect(jobs).toHaveLength(4);
  });

  it('does nothing to a database that is up to date, also not to the jobs that people deleted', async () => {
    await migrateDatabase(created.url);
    await source.query(`delete from scheduled_job where name like 'Token%'`);
    expect(await migrateDatabase(created.url)).toEqual([]);
    expect(await names('select name from scheduled_job')).toHaveLength(3);
  });

  it('brings no jobs back after all of them were deleted', async () => {
    await migrateDatabase(created.url);
    await source.query('delete from scheduled_job');
    await migrateDatabase(created.url);
    expect(await names('select name from scheduled_job')).toEqual([]);
  });

  it('lets a failure out and gives the turn back', async () => {
    const broken = migrateDatabase(created.url, { alsoRun: () => Promise.reject(new Error('no accounts')) });
    await expect(broken).rejects.toThrow('no accounts');
    expect(await migrateDatabase(created.url)).toEqual([]);
  });
});

describe('the template of the test databases', () => {
  it("holds the queue's own schema too", async () => {
    const cloned = await createTestDatabase();
    const own = await createDataSource({ url: cloned.url, poolSize: 1, applicationName: 'takt-test' }).initialize();
    const tables = await own.query<unknown[]>(`select 1 from information_schema.tables where table_schema = 'bullmq'`);
    await own.destroy();
    await cloned.drop();
    expect(tables.length).toBeGreaterThan(0);
  });
});
