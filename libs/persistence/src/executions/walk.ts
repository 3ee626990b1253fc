/**
 * Reads the ledger from the newest execution back, by any filter, in bounded work. The part of a filter that an index answers
 * (job, statuses, range, place) is the walk's `source`: one range of an index for each status, merged in the order of the list.
 * The rest is the `test`, which each execution on the way has to pass; whoever reads bounds how many are tried.
 */
import type { ExecutionCursor, ExecutionFilter } from '#application/executions/execution.repository.js';
import type { ExecutionStatus } from '#domain/execution/status.js';
import { storable } from '../rows.js';
import { namePattern } from '../jobs/job-lists.js';
import type { ExecutionRow } from './execution-row.js';

export interface Walk {
  /** A select of `columns`, in no order. */
  readonly source: string;
  readonly sourceValues: readonly unknown[];
  /** Condition on `s`, a row of the source; null when the source leaves exactly what matches. */
  readonly test: string | null;
  /** Those of the source, then those of the test. */
  readonly values: readonly unknown[];
}

/** Values of a statement, each added where its text needs it. */
export class Values {
  readonly list: unknown[];

  constructor(first: readonly unknown[] = []) {
    this.list = [...first];
  }

  /** @returns the placeholder of the value */
  add(value: unknown, type: string): string {
    this.list.push(value);
    return `$${String(this.list.length)}::${type}`;
  }
}

/** What the test looks at, and what readers of a walk may aggregate. */
const COLUMNS = 'id, sort_at, job_id, status, trigger, task_function, queue, worker_id, duration_ms, error';

/** The order of lists. */
export const NEWEST_FIRST = 'sort_at desc, id desc';

export function walkOf(filter: ExecutionFilter, after?: ExecutionCursor): Walk {
  const values = new Values();
  const range = rangeOf(filter, after, values);
  const branch = (conditions: readonly string[]): string =>
    `select ${COLUMNS} from execution where ${conditions.join(' and ')}`;
  const statuses = statusesOf(filter);
  const source =
    statuses === null ? branch(range) : statuses.map((status) => `(${branch([...range, `status = '${status}'`])})`).join(' union all ');
  const sourceValues = [...values.list];
  const tests = testsOf(filter, values);
  return { source, sourceValues, test: tests.length === 0 ? null : tests.join(' and '), values: values.list };
}

/** Whether page numbers and the planner's statistics serve the filter. */
export function isPlain(filter: ExecutionFilter): boolean {
  const { jobId, status, statuses, ...others } = filter;
  return Object.keys(others).length === 0 && (statuses === undefined || (jobId !== undefined && status === undefined));
}

export function cursorOf(row: Pick<ExecutionRow, 'sort_micros' | 'id'> | undefined): ExecutionCursor | null {
  return row === undefined ? null : { sortMicros: row.sort_micros, id: row.id };
}

function rangeOf(filter: ExecutionFilter, after: ExecutionCursor | undefined, values: Values): string[] {
  // What a deleted job left is there for nobody (ADR 12).
  const range: string[] = ['job_id not in (select id from deleted_job)'];
  if (filter.jobId !== undefined) range.push(`job_id = ${values.add(filter.jobId, 'uuid')}`);
  if (filter.from !== undefined) range.push(`sort_at >= ${values.add(filter.from, 'timestamptz')}`);
  if (filter.to !== undefined) range.push(`sort_at < ${values.add(filter.to, 'timestamptz')}`);
  if (after !== undefined) {
    // Exact: an interval counts whole microseconds, a floating-point number of seconds would not.
    const at = `timestamptz 'epoch' + ${values.add(after.sortMicros, 'bigint')} * interval '1 microsecond'`;
    range.push(`(sort_at, id) < (${at}, ${values.add(after.id, 'uuid')})`);
  }
  return range;
}

function testsOf(filter: ExecutionFilter, values: Values): string[] {
  const tests: string[] = [];
  if (filter.triggers !== undefined) tests.push(`s.trigger = any (${values.add(filter.triggers, 'text[]')})`);
  if (filter.taskFunctionId !== undefined) {
    tests.push(`s.task_function = (select f.name from task_function f where f.id = ${values.add(filter.taskFunctionId, 'int')})`);
  }
  if (filter.queue !== undefined) tests.push(`s.queue = ${values.add(storable(filter.queue), 'text')}`);
  if (filter.workerId !== undefined) tests.push(`s.worker_id = ${values.add(filter.workerId, 'uuid')}`);
  if (filter.minDurationMs !== undefined) tests.push(`s.duration_ms >= ${values.add(filter.minDurationMs, 'float8')}`);
  if (filter.maxDurationMs !== undefined) tests.push(`s.duration_ms <= ${values.add(filter.maxDurationMs, 'float8')}`);
  const pattern = namePattern(filter.errorText);
  if (pattern !== null) tests.push(`s.error ilike ${values.add(pattern, 'text')}`);
  return tests;
}

/** They stand in the text, because only then the partial indexes over what did not succeed can be used. */
function statusesOf(filter: ExecutionFilter): readonly ExecutionStatus[] | null {
  if (filter.status !== undefined) return [filter.status];
  return filter.statuses === undefined ? null : [...new Set(filter.statuses)];
}
