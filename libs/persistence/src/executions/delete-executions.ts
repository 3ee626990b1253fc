/**
 * Deletes executions with their attempts and output, in statements that stay far below the deadline of one: output first,
 * because an execution can have written millions of pieces, and a foreign key's cascade knows no bound. The leader's duty;
 * both statements carry its reign.
 */
import type { Reign } from '#application/scheduling/leadership.js';
import type { Database, Statement } from '../database.js';

const REIGNS = `exists (select 1 from leader_lease
  where name = 'scheduler' and holder = $1 and term = $2 and expires_at > clock_timestamp())`;

const DELETE_OUTPUT: Statement = {
  name: 'executions-delete-output',
  text: `
    with old as (
      select execution_id, seq from execution_log where execution_id = any($3::uuid[]) and ${REIGNS} limit $4
    ), gone as (
      delete from execution_log l using old where l.execution_id = old.execution_id and l.seq = old.seq returning 1)
    select count(*)::int as count from gone`,
};

const DELETE_EXECUTIONS: Statement = {
  name: 'executions-delete',
  text: `
    with gone as (delete from execution where id = any($3::uuid[]) and ${REIGNS} returning 1)
    select count(*)::int as count from gone`,
};

/** Pieces of output that one statement deletes at most. */
const OUTPUT_AT_A_TIME = 20_000;

/**
 * Two statements, however many executions there are; one when their output is more than it deletes. Then no execution is
 * deleted and the same ones, which have less output now, are to be given again.
 *
 * @param ids some thousands at most @returns how many executions were deleted
 */
export async function deleteExecutions(database: Database, { holder, term }: Reign, ids: readonly string[]): Promise<number> {
  const of = [holder, term, ids];
  if ((await counted(database, DELETE_OUTPUT, [...of, OUTPUT_AT_A_TIME])) === OUTPUT_AT_A_TIME) return 0;
  return counted(database, DELETE_EXECUTIONS, of);
}

async function counted(database: Database, statement: Statement, values: readonly unknown[]): Promise<number> {
  const [row] = await database.query<{ count: number }>(statement, values);
  return row?.count ?? 0;
}
