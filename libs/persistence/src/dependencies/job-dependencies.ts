/**
 * Writes what a job depends on, in the transaction that writes the job. Changes of the graph take turns on one advisory
 * lock, so that two of them cannot each close a half of a cycle; each then reads the graph in a statement of its own.
 */
import { findCycle } from '#domain/dependencies/find-cycle.js';
import { DomainError } from '#domain/errors.js';
import type { JobId } from '#domain/ids.js';
import type { Queryable, Statement } from '../database.js';

const LOCK_GRAPH: Statement = {
  name: 'dependency-lock-graph',
  text: "select pg_advisory_xact_lock(hashtextextended('takt job dependencies', 0))",
};

/** The lock on the rows keeps them from being deleted until this transaction ends. */
const LOCK_WANTED: Statement = {
  name: 'dependency-lock-wanted',
  text: 'select id, number from scheduled_job where number = any($1::int[]) order by id for key share',
};

/** Every edge below the given jobs. */
const EDGES_BELOW: Statement = {
  name: 'dependency-edges-below',
  text: `
    with recursive below(id) as (
      select unnest($1::uuid[])
       union
      select d.depends_on_id from job_dependency d join below b on b.id = d.job_id
    )
    select job.number, dependency.number as depends_on
      from below b
      join job_dependency d on d.job_id = b.id
      join scheduled_job job on job.id = d.job_id
      join scheduled_job dependency on dependency.id = d.depends_on_id`,
};

const REMOVE: Statement = { name: 'dependency-remove', text: 'delete from job_dependency where job_id = $1' };

const ADD: Statement = {
  name: 'dependency-add',
  text: 'insert into job_dependency (job_id, depends_on_id) select $1, unnest($2::uuid[])',
};

/** Occurrences that could start already wait for the new dependencies; the gate looks at them within two seconds. */
const HOLD_WAITING: Statement = {
  name: 'dependency-hold-waiting',
  text: `
    update execution set hold = 'dependency', enqueued_at = null
     where job_id = $1 and status = 'pending' and trigger = 'scheduler' and attempt = 0 and hold is null`,
};

const DEPENDENTS: Statement = {
  name: 'dependency-dependents',
  text: `
    select j.number, j.name from job_dependency d join scheduled_job j on j.id = d.job_id
     where d.depends_on_id = $1 order by j.number limit 5`,
};

/**
 * Makes `dependsOn` the job's dependencies. The job's row exists and is locked.
 *
 * @throws DomainError `VALIDATION_FAILED` (a number that is no job's), `DEPENDENCY_CYCLE` with the path in its message
 */
export async function replaceDependencies(
  tx: Queryable,
  job: { readonly id: string; readonly number: number },
  dependsOn: readonly number[],
): Promise<void> {
  await tx.query(LOCK_GRAPH);
  const wanted = await tx.query<{ id: string; number: number }>(LOCK_WANTED, [dependsOn]);
  refuseUnknown(dependsOn, wanted.map(({ number }) => number));
  const ids = wanted.map(({ id }) => id);
  refuseCycle(job.number, dependsOn, await tx.query<{ number: number; depends_on: number }>(EDGES_BELOW, [ids]));
  await tx.query(REMOVE, [job.id]);
  if (ids.length > 0) await tx.query(ADD, [job.id, ids]);
}

/** Keeps what has not started from starting before its job's new dependencies are met. */
export async function holdWaiting(tx: Queryable, jobId: JobId): Promise<void> {
  await tx.query(HOLD_WAITING, [jobId]);
}

/** @throws DomainError `JOB_HAS_DEPENDENTS` naming the first of them */
export async function refuseDependents(tx: Queryable, jobId: JobId): Promise<void> {
  const dependents = await tx.query<{ number: number; name: string }>(DEPENDENTS, [jobId]);
  if (dependents.length === 0) return;
  const names = dependents.map(({ number, name }) => `${String(number)} '${name}'`).join(', ');
  throw new DomainError('JOB_HAS_DEPENDENTS', `Other jobs depend on it: ${names}`);
}

function refuseUnknown(dependsOn: readonly number[], known: readonly number[]): void {
  const violations = dependsOn
    .filter((number) => !known.includes(number))
    .map((number) => ({ path: ['dependsOn'], message: `${String(number)} is no job` }));
  if (violations.length > 0) throw new DomainError('VALIDATION_FAILED', 'Unknown dependency', violations);
}

function refuseCycle(
  number: number,
  dependsOn: readonly number[],
  edges: readonly { number: number; depends_on: number }[],
): void {
  const graph = new Map<number, number[]>();
  for (const edge of edges) graph.set(edge.number, [...(graph.get(edge.number) ?? []), edge.depends_on]);
  const cycle = findCycle(number, dependsOn, graph);
  if (cycle !== null) throw new DomainError('DEPENDENCY_CYCLE', `Dependencies would form a cycle: ${cycle.join(' → ')}`);
}
