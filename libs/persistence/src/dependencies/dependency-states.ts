import type { DependencyState } from '#domain/dependencies/judge-gate.js';

/**
 * The newest live run by its nominal instant, against the ended run that started last: two probes of an index. Skipped
 * occurrences are no runs, so a long row of them at the top is read over.
 */
const LATEST_RUN = `
  select run.status from (
    (select r.status, r.scheduled_for, 1 as is_live from execution r
      where r.job_id = p.id and r.status in ('pending', 'dispatched', 'running')
      order by r.scheduled_for desc limit 1)
    union all
    (select r.status, r.scheduled_for, 0 from execution r
      where r.job_id = p.id and r.status in ('success', 'failed', 'timeout', 'cancelled')
      order by r.sort_at desc, r.id desc limit 1)
  ) run order by run.scheduled_for desc, run.is_live desc limit 1`;

/**
 * A sub-select for how the dependencies of a job stand, as a JSON array of `DependencyState` in the order of their numbers.
 *
 * @param jobId SQL of the job's id
 * @param instant SQL of the nominal instant that the dependencies must be planned up to
 */
export function dependencyStates(jobId: string, instant: string): string {
  return `
    coalesce((
      select json_agg(json_build_object('number', p.number, 'name', p.name, 'latest', latest.status,
                                        'isPlanned', p.next_fire_at is null or p.next_fire_at > ${instant})
                      order by p.number)
        from job_dependency d join scheduled_job p on p.id = d.depends_on_id left join lateral (${LATEST_RUN}) latest on true
       where d.job_id = ${jobId}), '[]'::json)`;
}

/** What `dependencyStates` selects, as node-postgres returns it. */
export type DependencyStates = DependencyState[];
