/**
 * Why: the overview and the charts sum up hours over all jobs; the rollup's key begins with the job. The index is written once
 * an hour by the leader, never by claims or records.
 * Locks and duration: writes to `execution_rollup` wait for one scan of it (some seconds at ten million rows). Rollback: drops it.
 */
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class IndexRollupHours1763900000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create index execution_rollup_hour_idx on execution_rollup (hour)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index execution_rollup_hour_idx');
  }
}
