/**
 * Why: an execution can wait for its slot or for the jobs that its job depends on; the text `hold` says which and replaces
 * the flag `held`. Locks and duration: exclusive on `execution`, for one scan of it (some seconds at five million rows).
 * Rollback: the flag is back; what waited for dependencies waits for a slot, and starts when there is one.
 */
import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  `alter table execution add column hold text`,
  `update execution set hold = 'slot' where held`,
  `alter table execution drop column held`,
  `create index execution_hold_idx on execution (job_id, scheduled_for) where ((hold IS not null) and (status = 'pending'::text))`,
];

const DOWN = [
  `alter table execution add column held boolean not null default false`,
  `update execution set held = true where hold is not null`,
  `alter table execution drop column hold`,
  `create index execution_held_idx on execution (job_id, scheduled_for) where (held and (status = 'pending'::text))`,
];

export class AddDependencyGate1763700000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}
