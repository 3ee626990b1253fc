/**
 * Statements that read jobs for people. The jobs themselves are few enough (ten thousand) to be filtered and sorted as a
 * whole; what is told of their executions costs a bounded number of index probes a job.
 */
import { OVERDUE_MS } from '#application/scheduling/scheduler-status.js';
import { FAILURE_STREAK_LIMIT } from '#application/jobs/job-views.js';
import { NEWEST_JOBS_FIRST, type JobCondition, type JobFilter, type JobOrder } from '#application/jobs/job.repository.js';
import type { Statement } from '../database.js';
import { storable } from '../rows.js';
import { DEPENDS_ON } from './job-statements.js';

/** The newest execution that started, per job: one index probe each. */
const LAST_RUN = `
  left join lateral (
    select e.started_at as last_started_at, e.status as last_status
      from execution e where e.job_id = j.id and e.started_at is not null
     order by e.sort_at desc, e.id desc limit 1
  ) last on true`;

/** A job whose runs are all cancelled is looked at no further back than this. */
const ENDS_READ = 100;

/**
 * Ends of job `j` that tell how it does, newest first; an index has them without those that were skipped. Who cancels a run, a
 * person or the occurrence after it, has stopped something that did not fail: it is no failure, and ends no row of failures.
 */
export const ENDS = `
  from (select ended.id, ended.status, ended.error, ended.finished_at from execution ended
         where ended.job_id = j.id and ended.finished_at is not null and ended.status <> 'skipped'
         order by ended.finished_at desc limit ${String(ENDS_READ)}) e
 where e.status <> 'cancelled' order by e.finished_at desc`;

const COUNT_FAILURES = `
    select count(*) filter (where ends.is_failing)::int as failure_streak
      from (select bool_and(newest.status <> 'success') over (order by newest.finished_at desc rows unbounded preceding) as is_failing
              from (select e.status, e.finished_at ${ENDS} limit ${String(FAILURE_STREAK_LIMIT)}) newest) ends`;

/** `failure_streak` of job `j`. */
export const FAILURE_STREAK = `
  left join lateral (${COUNT_FAILURES}
  ) streak on true`;

const IS_RUNNING = "exists (select 1 from execution e where e.job_id = j.id and e.status = 'running')";

/** What a summary has beside the row itself. */
const SUMMARY = `j.*, last.*, streak.*, ${DEPENDS_ON}, ${IS_RUNNING} as is_running,
  f.name as task_function_name, f.display_name as task_function_display_name, f.queue`;

const ABOUT = `join task_function f on f.id = j.task_function_id ${LAST_RUN} ${FAILURE_STREAK}`;

export const FIND_JOB: Statement = {
  name: 'job-find',
  text: `select ${SUMMARY} from scheduled_job j ${ABOUT} where j.id = $1`,
};

/** Jobs whose last ended run, but for cancelled ones, was no success, for those that can still fire. */
export const IS_FAILING = `(j.is_enabled and (select e.status ${ENDS} limit 1) <> 'success')`;

export const IS_LATE = `(j.next_fire_at < statement_timestamp() - ${String(OVERDUE_MS)} * interval '1 millisecond')`;

/** Whether nothing of job `j` has started: a probe of what ended, and one of what is live. */
export const NEVER_RAN = `(
  not exists (select 1 from execution e where e.job_id = j.id and e.finished_at is not null and e.status <> 'skipped'
                 and e.started_at is not null)
  and not exists (select 1 from execution e where e.job_id = j.id and e.status in ('pending', 'dispatched', 'running')
                     and e.started_at is not null))`;

const CONDITIONS: Readonly<Record<JobCondition, string>> = {
  enabled: '(j.is_enabled and not j.is_paused)',
  disabled: '(not j.is_enabled)',
  paused: '(j.is_enabled and j.is_paused)',
  running: "(j.id in (select job_id from execution where status = 'running'))",
  failing: IS_FAILING,
  late: IS_LATE,
  'never-run': NEVER_RAN,
};

const MATCHES = `
  ($1::text is null or j.name ilike $1) and ($2::bool is null or j.is_enabled = $2)
  and ($3::int[] is null or j.task_function_id = any ($3))
  and ($4::text is null or j.task_function_id = (select f.id from task_function f where f.name = $4))
  and ($5::text is null or j.name ilike $5 or j.description ilike $5)
  and ($6::int is null or j.job_type_id = $6)
  and ($7::text is null or j.task_function_id in (select f.id from task_function f where f.queue = $7))
  and ($8::text is null or j.schedule->>'timeZone' = $8)
  and ($9::uuid[] is null or j.id = any ($9))`;

/** Values of the parameters that `MATCHES` has. */
export function matchValues(filter: JobFilter): unknown[] {
  return [
    namePattern(filter.name),
    filter.isEnabled ?? null,
    taskFunctionIds(filter),
    storableOrNull(filter.taskFunction),
    namePattern(filter.text),
    filter.jobTypeId ?? null,
    storableOrNull(filter.queue),
    storableOrNull(filter.timeZone),
    filter.ids ?? null,
  ];
}

/** `from` is what the sort needs beside the job, `key` the expressions in the order that they count. */
const SORTS: Readonly<Record<JobOrder['by'], { readonly from: string; readonly key: string }>> = {
  created: { from: '', key: 'j.created_at' },
  name: { from: '', key: 'lower(j.name)' },
  'next-run': { from: '', key: 'j.next_fire_at' },
  'last-run': {
    from: `left join lateral (
      select e.started_at as at from execution e where e.job_id = j.id and e.started_at is not null
       order by e.sort_at desc, e.id desc limit 1) started on true`,
    key: 'started.at',
  },
  // Only of jobs whose last end was a failure are the others looked at: the rest costs a probe each.
  failures: {
    from: `left join lateral (select case when (select e.status ${ENDS} limit 1) <> 'success' then (${COUNT_FAILURES}) else 0 end as streak) failures on true`,
    key: 'failures.streak',
  },
};

const known = new Map<string, Statement>();

/** The statement of this name, made once: one for each condition and order. */
function remembered(name: string, text: () => string): Statement {
  const statement = known.get(name) ?? { name, text: text() };
  known.set(name, statement);
  return statement;
}

function whereOf({ condition }: JobFilter): string {
  return condition === undefined ? MATCHES : `${MATCHES} and ${CONDITIONS[condition]}`;
}

/** A page of jobs. Parameters: `matchValues`, limit, offset. */
export function listJobs(filter: JobFilter, { by, direction }: JobOrder = NEWEST_JOBS_FIRST): Statement {
  return remembered(`job-list-${by}-${direction}-${filter.condition ?? 'any'}`, () => {
    const { from, key } = SORTS[by];
    const way = direction === 'ascending' ? 'asc' : 'desc';
    // Written without `nulls last` where nothing is null, or the index could not be used.
    const order = by === 'created' ? `${key} ${way}, j.id ${way}` : `${key} ${way} nulls last, j.id ${way}`;
    return `
    select ${SUMMARY}
      from (select j.*, row_number() over (order by ${order}) as place
              from scheduled_job j ${from} where ${whereOf(filter)} order by ${order} limit $10 offset $11) j ${ABOUT}
     order by j.place`;
  });
}

/** Parameters: `matchValues`. */
export function countJobs(filter: JobFilter): Statement {
  return remembered(`job-count-${filter.condition ?? 'any'}`, () => `
    select count(*)::int as total, count(*) filter (where j.is_enabled)::int as enabled,
           count(*) filter (where j.id in (select job_id from execution where status = 'running'))::int as running
      from scheduled_job j where ${whereOf(filter)}`);
}

/** What an action on many jobs reads of them. */
const TARGET = 'j.id, j.name, j.is_enabled as "isEnabled", j.is_paused as "isPaused"';

/** Parameters: `matchValues`, limit. */
export function jobTargets(filter: JobFilter): Statement {
  return remembered(`job-targets-${filter.condition ?? 'any'}`, () => `
    select ${TARGET} from scheduled_job j where ${whereOf(filter)} order by j.created_at desc, j.id desc limit $10`);
}

export const TARGETS_OF: Statement = { name: 'job-targets-of', text: `select ${TARGET} from scheduled_job j where j.id = any ($1::uuid[])` };

export const NUMBERS_OF: Statement = { name: 'job-numbers-of', text: 'select id, number from scheduled_job where id = any ($1::uuid[])' };

const MOST_RELATED = 100;

/** Jobs on one side of the dependencies of $1. */
function related(side: 'dependsOn' | 'dependents'): string {
  const [own, other] = side === 'dependsOn' ? ['job_id', 'depends_on_id'] : ['depends_on_id', 'job_id'];
  return `
    (select '${side}' as side, j.id, j.number, j.name, last.last_status
       from job_dependency d join scheduled_job j on j.id = d.${other} ${LAST_RUN}
      where d.${own} = $1 order by j.number limit ${String(MOST_RELATED)})`;
}

/** Parameter: the job. */
export const RELATED_JOBS: Statement = {
  name: 'job-related',
  text: `${related('dependsOn')} union all ${related('dependents')} order by side, number`,
};

/** Parameters: instants, a job that does not count or null. */
export const BUSIEST_MINUTE: Statement = {
  name: 'job-busiest-minute',
  text: `
    select minute.at, count(*)::int as jobs
      from (select distinct date_trunc('minute', fire.at) as at from unnest($1::timestamptz[]) as fire(at)) minute
      join scheduled_job j on j.next_fire_at >= minute.at and j.next_fire_at < minute.at + interval '1 minute'
     where $2::uuid is null or j.id <> $2
     group by minute.at order by jobs desc, minute.at limit 1`,
};

/** Parameters: ids of jobs, how many of each. */
export const RECENT_RUNS: Statement = {
  name: 'job-recent-runs',
  text: `
    select r.* from unnest($1::uuid[]) as wanted(id), lateral (
      select e.job_id, e.id, e.number, e.status, e.reason, e.trigger, e.scheduled_for, e.started_at, e.duration_ms, e.sort_at
        from execution e where e.job_id = wanted.id order by e.sort_at desc, e.id desc limit $2) r
     order by r.job_id, r.sort_at, r.id`,
};

/** The task functions that a job may have to match; null when any will do. */
function taskFunctionIds({ taskFunctionId, taskFunctionIds: ids }: JobFilter): readonly number[] | null {
  if (taskFunctionId === undefined) return ids ?? null;
  return ids === undefined || ids.includes(taskFunctionId) ? [taskFunctionId] : [];
}

/** A part of a text as an ILIKE pattern in which `%`, `_` and `\` mean themselves. */
export function namePattern(part: string | undefined): string | null {
  return part === undefined || part === '' ? null : `%${storable(part).replace(/[\\%_]/g, '\\$&')}%`;
}

function storableOrNull(text: string | undefined): string | null {
  return text === undefined ? null : storable(text);
}
