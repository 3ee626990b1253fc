/**
 * Why: statistics of a job with millions of executions must not read them all (ADR 8). `execution_rollup` has their sums by
 * hour of their end; `execution_rollup_progress` says up to when. The index serves the hours after that.
 * Locks and duration: exclusive on `execution` for the index, then one scan for the hours so far (some 10 s at five million
 * rows). Rollback: drops them; nothing is lost, they are derived.
 */
import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  `create table execution_rollup (
      job_id uuid not null,
      hour timestamptz not null,
      status text not null,
      count integer not null,
      timed integer not null,
      sum_ms bigint not null,
      min_ms bigint,
      max_ms bigint,
      last_at timestamptz not null,
      constraint execution_rollup_pkey primary key (job_id, hour, status)
    )`,
  `alter table execution_rollup add constraint execution_rollup_job_fkey foreign key (job_id) references scheduled_job(id) on delete cascade`,
  `create table execution_rollup_progress (
      name varchar(50) not null,
      until timestamptz not null,
      constraint execution_rollup_progress_pkey primary key (name)
    )`,
  `create index execution_finished_idx on execution (job_id, finished_at) where ((finished_at IS not null) and (status <> 'skipped'::text))`,
  `insert into execution_rollup_progress (name, until) values ('hourly', date_trunc('hour', now(), 'UTC'))`,
  `insert into execution_rollup (job_id, hour, status, count, timed, sum_ms, min_ms, max_ms, last_at)
   select job_id, date_trunc('hour', finished_at, 'UTC'), status, count(*), count(ms), coalesce(sum(ms), 0), min(ms), max(ms),
          max(finished_at)
     from execution, lateral (select (extract(epoch from date_trunc('milliseconds', finished_at) - date_trunc('milliseconds', started_at)) * 1000)::bigint) as d(ms)
    where finished_at < date_trunc('hour', now(), 'UTC') and status <> 'skipped'
    group by 1, 2, 3`,
];

export class CreateExecutionRollup1763700050000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop index execution_finished_idx`);
    await runner.query(`drop table execution_rollup`);
    await runner.query(`drop table execution_rollup_progress`);
  }
}
