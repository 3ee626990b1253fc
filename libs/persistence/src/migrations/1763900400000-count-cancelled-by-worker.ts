/**
 * Why: a run that somebody cancelled is no failure of its worker. The sums by worker have said "failed" for all that was no
 * success, and go on to, so that a process of the version before can add to them; `cancelled` says how many of those were
 * cancelled. What is summed up already is counted from the ledger, into the span that each end lies in; what retention has
 * pruned stays a failure.
 * Locks and duration: exclusive on `worker_rollup` for one look at the cancelled executions. Rollback: drops the column.
 */
import type { MigrationInterface, QueryRunner } from 'typeorm';

const COUNT_CANCELLED = `
  update worker_rollup r set cancelled = least(c.count, r.failed)
    from (select span.worker_id, span.bucket, count(*)::int as count
            from execution e, lateral (
                   select w.worker_id, w.bucket from worker_rollup w
                    where w.worker_id = coalesce(e.worker_id, '00000000-0000-0000-0000-000000000000'::uuid) and w.bucket <= e.finished_at
                    order by w.bucket desc limit 1) span
           where e.status = 'cancelled' and e.finished_at is not null
             and e.finished_at <= (select until from worker_rollup_progress where id = 1)
           group by 1, 2) c
   where r.worker_id = c.worker_id and r.bucket = c.bucket`;

export class CountCancelledByWorker1763900400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table worker_rollup add column cancelled integer not null default 0');
    await runner.query(COUNT_CANCELLED);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table worker_rollup drop column cancelled');
  }
}
