import { FACETS_LIMIT, type ExecutionFacets, type ExecutionFilter } from '#application/executions/execution.repository.js';
import type { ExecutionStatus, TriggerSource } from '#domain/execution/status.js';
import type { JobId, WorkerId } from '#domain/ids.js';
import type { Queryable } from '../database.js';
import { NEWEST_FIRST, Values, walkOf } from './walk.js';

const JOBS_SHOWN = 20;
const WORKERS_SHOWN = 20;

interface FacetRow {
  kind: 'bucket' | 'trigger' | 'function' | 'queue' | 'job' | 'worker' | 'tried';
  key: string;
  name: string | null;
  /** Of a bucket its place, of a task function its id. */
  number: number | null;
  count: number;
}

/** Divides what a filter matches, in one pass over at most `FACETS_LIMIT` executions. */
export async function readFacets(
  database: Queryable,
  filter: ExecutionFilter & { readonly from: Date },
  bucketMs: number,
): Promise<ExecutionFacets> {
  const rows = await database.query<FacetRow>(...facetsOf(filter, bucketMs));
  const of = (kind: FacetRow['kind']): FacetRow[] => rows.filter((row) => row.kind === kind).sort((a, b) => b.count - a.count);
  const named = <Name extends string>(kind: FacetRow['kind']): { name: Name; count: number }[] =>
    of(kind).map(({ key, count }) => ({ name: key as Name, count }));
  return {
    buckets: of('bucket').map(({ number, key, count }) => ({ bucket: number ?? 0, status: key as ExecutionStatus, count })),
    triggers: named<TriggerSource>('trigger'),
    taskFunctions: of('function').map(({ key, name, number, count }) => ({ id: number, name: key, displayName: name ?? key, count })),
    queues: named('queue'),
    jobs: of('job').map(({ key, name, count }) => ({ id: key as JobId, name: name ?? '', count })),
    workers: of('worker').map(({ key, name, count }) => ({ id: key as WorkerId, name, count })),
    isCapped: of('tried').some(({ count }) => count > FACETS_LIMIT),
  };
}

function facetsOf(filter: ExecutionFilter & { readonly from: Date }, bucketMs: number): [{ text: string }, unknown[]] {
  const { source, test, values: found } = walkOf(filter);
  const values = new Values(found);
  const [from, width] = [values.add(filter.from, 'timestamptz'), values.add(bucketMs, 'float8')];
  const by = (kind: FacetRow['kind'], column: string): string =>
    `select '${kind}' as kind, ${column} as key, null::text as name, null::int as number, count(*)::int as count from matches where ${column} is not null group by ${column}`;
  // One narrow row for each that was tried, so that they fit into memory; all its members are null where it does not match.
  const column = (name: string): string => (test === null ? `s.${name}` : `case when s.is_match then s.${name} end as ${name}`);
  const text = `
    with matches as materialized (
      select date_bin(${width} * interval '1 millisecond', s.sort_at, ${from}) as bucket_at,
             ${['status', 'trigger', 'task_function', 'queue', 'job_id', 'worker_id'].map(column).join(', ')}
        from (select s.*, ${test ?? 'true'} as is_match
                from (select * from (${source}) w order by ${NEWEST_FIRST} limit ${String(FACETS_LIMIT + 1)}) s) s)
    select 'bucket' as kind, status as key, null::text as name,
           (extract(epoch from bucket_at - ${from}) * 1000 / ${width})::int as number, count(*)::int as count
      from matches where status is not null group by status, bucket_at
    union all ${by('trigger', 'trigger')}
    union all (
      select 'function', top.task_function, f.display_name, f.id, top.count
        from (select task_function, count(*)::int as count from matches where task_function is not null group by task_function) top
        left join task_function f on f.name = top.task_function)
    union all ${by('queue', 'queue')}
    union all (
      select 'job', j.id::text, j.name, null, top.count
        from (select job_id, count(*)::int as count from matches where job_id is not null group by job_id
               order by count desc, job_id limit ${String(JOBS_SHOWN)}) top
        join scheduled_job j on j.id = top.job_id)
    union all (
      select 'worker', top.worker_id::text, w.name, null, top.count
        from (select worker_id, count(*)::int as count from matches where worker_id is not null group by worker_id
               order by count desc, worker_id limit ${String(WORKERS_SHOWN)}) top
        left join worker w on w.id = top.worker_id)
    union all select 'tried', '', null, null, count(*)::int from matches`;
  return [{ text }, values.list];
}
