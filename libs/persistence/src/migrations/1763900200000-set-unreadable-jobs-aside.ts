/**
 * Why: jobs whose stored schedule cannot be read stay due, and enough of them would fill every plan. They are set aside for
 * a while, until `set_aside_until`; their cursor stays. Locks and duration: exclusive on `scheduled_job` for a moment.
 * Rollback: drops the note.
 */
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class SetUnreadableJobsAside1763900200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table scheduled_job add column set_aside_until timestamptz');
    await runner.query('create index scheduled_job_aside_idx on scheduled_job (set_aside_until) where (set_aside_until IS not null)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table scheduled_job drop column set_aside_until');
  }
}
