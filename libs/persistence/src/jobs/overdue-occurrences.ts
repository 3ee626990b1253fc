/**
 * A change moves a job's cursor to the first fire after the change. What was due before it and nobody had planned yet (a
 * millisecond late as a rule, minutes late when no scheduler ran) would then be in the ledger neither as a run nor as a skip.
 * It is recorded as skipped here, under the job's lock and before the row changes: due under the old definition, replaced
 * before it started.
 */
import { SKIP_ROWS_LIMIT } from '#domain/planning/plan-occurrences.js';
import type { SkipReason } from '#domain/execution/status.js';
import { newId } from '#domain/ids.js';
import type { ScheduledJob } from '#domain/job/scheduled-job.js';
import { occurrencesBetween } from '#domain/schedule/next-occurrence.js';
import type { Queryable, Statement } from '../database.js';

const INSERT_SKIPPED: Statement = {
  name: 'job-insert-overdue-skipped',
  text: `
    insert into execution (id, job_id, scheduled_for, sort_at, trigger, schedule_version, status, reason, task_function,
                           queue, priority, args, timeout_ms, finished_at)
    select o.id, j.id, o.scheduled_for, o.scheduled_for, 'scheduler', j.schedule_version, 'skipped', $2, f.name, f.queue,
           j.priority, j.task_args, j.timeout_ms, clock_timestamp()
      from unnest($3::uuid[], $4::timestamptz[]) as o(id, scheduled_for), scheduled_job j
      join task_function f on f.id = j.task_function_id
     where j.id = $1
    on conflict (job_id, scheduled_for) where trigger = 'scheduler' do nothing`,
};

const INSERT_GAP: Statement = {
  name: 'job-insert-overdue-gap',
  text: `
    insert into execution_gap (id, job_id, from_at, to_at, count, reason, schedule_version)
    values ($1, $2, $3, $4, $5, $6, $7)`,
};

/** Occurrences computed at a time: an arrear can be long. */
const PIECE = 1_000;

/** Records every occurrence of the job up to `now` that is not in the ledger yet as skipped; many of them as one gap. */
export async function skipOverdue(tx: Queryable, job: ScheduledJob, now: Date, reason: SkipReason): Promise<void> {
  if (job.nextFireAt === null || job.nextFireAt > now) return;
  const { first, last, count } = overdue(job, job.nextFireAt, now);
  const from = first[0];
  if (from === undefined) return;
  if (count <= SKIP_ROWS_LIMIT) await tx.query(INSERT_SKIPPED, [job.id, reason, first.map(() => newId()), first]);
  else await tx.query(INSERT_GAP, [newId(), job.id, from, last, count, reason, job.scheduleVersion]);
}

function overdue(job: ScheduledJob, nextFireAt: Date, now: Date): { first: Date[]; last: Date; count: number } {
  const found = { first: [] as Date[], last: new Date(nextFireAt.getTime() - 1), count: 0 };
  for (let isMore = true; isMore; ) {
    const { occurrences, truncated } = occurrencesBetween(job.bounded, found.last, now, PIECE);
    if (found.count === 0) found.first = occurrences;
    found.count += occurrences.length;
    found.last = occurrences.at(-1) ?? found.last;
    isMore = truncated;
  }
  return found;
}
