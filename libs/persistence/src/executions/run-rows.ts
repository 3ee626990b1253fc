/** A job's executions as a row that can be walked to both sides, one range of the job's index each way. */
import type { RunRow, RunsAt } from '#application/executions/execution.repository.js';
import type { ExecutionId, JobId } from '#domain/ids.js';
import type { Queryable, Statement } from '../database.js';
import { EXECUTION_JOINS, SELECTED_EXECUTION, toExecution, type ExecutionRow } from './execution-row.js';

const IS_OF_JOB: Statement = { name: 'runs-pivot', text: 'select 1 from execution where id = $1 and job_id = $2' };

const NEWEST: Statement = {
  name: 'runs-newest',
  text: `
    select ${SELECTED_EXECUTION}
      from (select id, sort_at from execution where job_id = $1 order by sort_at desc, id desc limit $2) page
      join execution e on e.id = page.id ${EXECUTION_JOINS} order by page.sort_at desc, page.id desc`,
};

/** From the one that is named, away from it. */
function beside(name: string, comparison: '<=' | '>=', way: 'asc' | 'desc'): Statement {
  return {
    name,
    text: `
    select ${SELECTED_EXECUTION}
      from execution pivot, lateral (
        select o.id, o.sort_at from execution o
         where o.job_id = pivot.job_id and (o.sort_at, o.id) ${comparison} (pivot.sort_at, pivot.id)
         order by o.sort_at ${way}, o.id ${way} limit $2) page
      join execution e on e.id = page.id ${EXECUTION_JOINS}
     where pivot.id = $1 order by page.sort_at ${way}, page.id ${way}`,
  };
}

const OLDER = beside('runs-older', '<=', 'desc');
const NEWER = beside('runs-newer', '>=', 'asc');

/** @returns null when `at` names none of the job's */
export async function readRuns(database: Queryable, jobId: JobId, at: RunsAt, limit: number): Promise<RunRow | null> {
  if (at.side === 'newest') {
    const rows = await database.query<ExecutionRow>(NEWEST, [jobId, limit + 1]);
    return rowOf(rows.slice(0, limit).reverse(), { hasOlder: rows.length > limit, hasNewer: false });
  }
  if ((await database.query(IS_OF_JOB, [at.id, jobId])).length === 0) return null;
  if (at.side === 'before') {
    const { rows, isMore } = await side(database, OLDER, at.id, limit);
    return rowOf(rows.reverse(), { hasOlder: isMore, hasNewer: true });
  }
  if (at.side === 'after') {
    const { rows, isMore } = await side(database, NEWER, at.id, limit);
    return rowOf(rows, { hasOlder: true, hasNewer: isMore });
  }
  return around(database, at.id, limit);
}

/** Half of them on each side; what one side does not have, the other one gets. */
async function around(database: Queryable, id: ExecutionId, limit: number): Promise<RunRow> {
  const [older, newer] = await Promise.all([side(database, OLDER, id, limit), side(database, NEWER, id, limit)]);
  const [pivot] = await database.query<ExecutionRow>(OLDER, [id, 1]);
  const rest = limit - 1;
  const newerCount = Math.min(newer.rows.length, Math.max(Math.floor(rest / 2), rest - older.rows.length));
  const olderCount = Math.min(older.rows.length, rest - newerCount);
  const rows = [...older.rows.slice(0, olderCount).reverse(), ...(pivot === undefined ? [] : [pivot]), ...newer.rows.slice(0, newerCount)];
  return rowOf(rows, {
    hasOlder: older.isMore || older.rows.length > olderCount,
    hasNewer: newer.isMore || newer.rows.length > newerCount,
  });
}

/** Those beside the one that is named, without it, the nearest first. */
async function side(
  database: Queryable,
  statement: Statement,
  id: ExecutionId,
  limit: number,
): Promise<{ rows: ExecutionRow[]; isMore: boolean }> {
  const rows = await database.query<ExecutionRow>(statement, [id, limit + 2]);
  return { rows: rows.slice(1, limit + 1), isMore: rows.length > limit + 1 };
}

function rowOf(rows: readonly ExecutionRow[], more: { readonly hasOlder: boolean; readonly hasNewer: boolean }): RunRow {
  return { runs: rows.map(toExecution), ...more };
}
