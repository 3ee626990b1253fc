/**
 * Deletes what deleted jobs left in the ledger, in portions that stay far below the deadline of a statement: output first,
 * because one execution can have written millions of pieces, then the executions with their attempts. The leader's duty;
 * every statement carries its reign.
 *
 * Executions wait until their end is in the sums by worker (a minute or two): those count what ran, whatever became of
 * the job, and must never fall (ADR 11).
 */
import type { Reign } from '#application/scheduling/leadership.js';
import type { Database, Statement } from '../database.js';

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

const DELETE_OUTPUT: Statement = {
  name: 'deleted-output',
  text: `
    with old as (
      select execution_id, seq from execution_log where execution_id = any($3::uuid[]) and ${REIGNS} limit $4
    ), gone as (
      delete from execution_log l using old where l.execution_id = old.execution_id and l.seq = old.seq returning 1)
    select count(*)::int as count from gone`,
};

const DELETE_EXECUTIONS: Statement = {
  name: 'deleted-executions',
  text: `
    with gone as (delete from execution where id = any($3::uuid[]) and ${REIGNS} returning 1)
    select count(*)::int as count from gone`,
};

const FORGET: Statement = {
  name: 'deleted-forget',
  text: `
    delete from deleted_job d
     where ${REIGNS} and not exists (select 1 from execution e where e.job_id = d.id)`,
};

const ANY: Statement = { name: 'deleted-any', text: 'select 1 as any from deleted_job limit 1' };

/** Rows that one statement deletes at most. */
const EXECUTIONS_AT_A_TIME = 2_000;
const OUTPUT_AT_A_TIME = 20_000;

/** @param portions statements of each kind, at most @returns how many executions were deleted */
export async function purgeDeletedJobs(database: Database, { holder, term }: Reign, portions: number): Promise<number> {
  if ((await database.query(ANY)).length === 0) return 0;
  const of = [holder, term];
  let deleted = 0;
  for (let turn = 0; turn < portions; turn += 1) {
    const rows = await database.query<{ id: string }>(PORTION, [...of, EXECUTIONS_AT_A_TIME]);
    const ids = rows.map(({ id }) => id);
    if (ids.length === 0) break;
    // The portion is the same the next time, and has less output.
    if ((await counted(database, DELETE_OUTPUT, [...of, ids, OUTPUT_AT_A_TIME])) === OUTPUT_AT_A_TIME) continue;
    deleted += await counted(database, DELETE_EXECUTIONS, [...of, ids]);
  }
  await database.query(FORGET, of);
  return deleted;
}

async function counted(database: Database, statement: Statement, values: readonly unknown[]): Promise<number> {
  const [row] = await database.query<{ count: number }>(statement, values);
  return row?.count ?? 0;
}
