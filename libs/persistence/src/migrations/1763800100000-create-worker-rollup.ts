/**
 * Why: statistics of workers and of the platform must not read millions of executions. `worker_rollup` has their sums by
 * worker and time, `worker_rollup_progress` says up to when; the index serves what ended after that. It also names the
 * workers, which are looked up by name.
 * Locks and duration: exclusive on `execution` for one scan of it (some seconds at five million rows). The first sums are
 * made by the leader, in portions. Rollback: drops them; what retention has pruned is then no longer counted.
 */
import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  `create table worker_rollup (
      worker_id uuid not null,
      bucket timestamptz not null,
      succeeded integer not null,
      failed integer not null,
      timed integer not null,
      sum_ms bigint not null,
      last_at timestamptz not null,
      constraint worker_rollup_pkey primary key (worker_id, bucket)
    )`,
  `create index worker_rollup_bucket_idx on worker_rollup (bucket)`,
  `create table worker_rollup_progress (
      id integer not null,
      until timestamptz not null,
      constraint worker_rollup_progress_pkey primary key (id)
    )`,
  `insert into worker_rollup_progress (id, until) values (1, '-infinity')`,
  `create index execution_ended_idx on execution (finished_at) where ((finished_at IS not null) and (status <> 'skipped'::text))`,
  `create index worker_name_idx on worker (name, registered_at)`,
];

export class CreateWorkerRollup1763800100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index worker_name_idx');
    await runner.query('drop index execution_ended_idx');
    await runner.query('drop table worker_rollup_progress');
    await runner.query('drop table worker_rollup');
  }
}
