/**
 * Deletes what deleted jobs left in the ledger, in portions that stay far below the deadline of a statement. The leader's
 * duty; every statement carries its reign.
 *
 * Executions wait until their end is in the sums by worker (a minute or two): those count what ran, whatever became of
 * the job, and must never fall (ADR 11).
 */
import type { Reign } from '#application/scheduling/leadership.js';
import type { Database, Statement } from '../database.js';
import { deleteExecutions } from '../executions/delete-executions.js';

const REIGNS = `exists (select 1 from leader_lease
  where name = 'scheduler' and holder = $1 and term = $2 and expires_at > clock_timestamp())`;

/** By the index of lists, oldest first, so that a portion begins where the last one ended. */
const PORTION: Statement = {
  name: 'deleted-portion',
  text: `
    select e.id from deleted_job d, lateral (
      select e.id from execution e
       where e.job_id = d.id
         and (e.status = 'skipped' or e.finished_at is null or e.finished_at <= (select until from worker_rollup_progress where id = 1))
       order by e.sort_at, e.id limit $3) e
     where ${REIGNS} limit $3`,
};

const FORGET: Statement = {
  name: 'deleted-forget',
  text: `
    delete from deleted_job d
     where ${REIGNS} and not exists (select 1 from execution e where e.job_id = d.id)`,
};

const ANY: Statement = { name: 'deleted-any', text: 'select 1 as any from deleted_job limit 1' };

/** Executions that one statement deletes at most. */
const EXECUTIONS_AT_A_TIME = 2_000;

/** @param portions of executions or of their output, at most @returns how many executions were deleted */
export async function purgeDeletedJobs(database: Database, reign: Reign, portions: number): Promise<number> {
  if ((await database.query(ANY)).length === 0) return 0;
  const of = [reign.holder, reign.term];
  let deleted = 0;
  for (let turn = 0; turn < portions; turn += 1) {
    const rows = await database.query<{ id: string }>(PORTION, [...of, EXECUTIONS_AT_A_TIME]);
    if (rows.length === 0) break;
    deleted += await deleteExecutions(database, reign, rows.map(({ id }) => id));
  }
  await database.query(FORGET, of);
  return deleted;
}
