/**
 * Why: deleting a job must not take as long as its history is (ADR 12). The job goes at once, what it leaves in the ledger
 * goes in portions afterwards; until then `deleted_job` says whose it is. The trigger stands for the foreign key with its
 * cascade that is dropped: whoever deletes a job, nothing of it is forgotten.
 * Locks and duration: exclusive on `execution` and `scheduled_job` for a moment, no scan. Rollback: one scan of `execution`
 * for the key, after what was still to be deleted is deleted.
 */
import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  `create table deleted_job (
      id uuid not null,
      deleted_at timestamptz not null default clock_timestamp(),
      constraint deleted_job_pkey primary key (id)
    )`,
  `create function remember_deleted_job() returns trigger language plpgsql as $$
   begin
     insert into deleted_job (id) select id from gone;
     return null;
   end $$`,
  `create trigger scheduled_job_deleted after delete on scheduled_job referencing old table as gone
     for each statement execute function remember_deleted_job()`,
  `alter table execution drop constraint execution_job_fkey`,
];

const DOWN = [
  `delete from execution where job_id in (select id from deleted_job)`,
  `alter table execution add constraint execution_job_fkey foreign key (job_id) references scheduled_job(id) on delete cascade`,
  `drop trigger scheduled_job_deleted on scheduled_job`,
  `drop function remember_deleted_job()`,
  `drop table deleted_job`,
];

export class DeleteHistoryInPortions1763900100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}
