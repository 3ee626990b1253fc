import type { TriggerSource } from '#domain/execution/status.js';
import { describeUnmet } from '#domain/dependencies/judge-gate.js';
import { newId, type ExecutionId, type JobId, type UserId } from '#domain/ids.js';
import type { JsonObject } from '#domain/json.js';
import { QUEUE_LIMIT } from '#domain/planning/plan-occurrences.js';
import { TriggerStore, type TriggerOptions, type TriggerResult } from '#application/executions/trigger-store.js';
import type { Database, Queryable, Statement } from '../database.js';
import { toJsonb } from '../rows.js';
import { dependencyStates, type DependencyStates } from '../dependencies/dependency-states.js';
import { toQueueItem, type QueueItemRow } from '../scheduling/queue-item-row.js';

const LOCK: Statement = {
  name: 'trigger-lock',
  text: 'select is_enabled, max_instances from scheduled_job where id = $1 for no key update',
};

/** Only asked where the insert found that there may be some. */
const DEPENDENCIES: Statement = {
  name: 'trigger-dependencies',
  text: `select ${dependencyStates('$1', 'clock_timestamp()')} as states`,
};

/**
 * After the lock, in a statement of its own: it must see what the lock waited for. Manual runs count for overlap. Jobs
 * with dependencies are left out unless `$6` says that those are met. One that finds no slot and may wait ($7) is held;
 * whoever records the end of an execution, or the leader, lets it go.
 */
const INSERT: Statement = {
  name: 'trigger-insert',
  text: `
    insert into execution (id, job_id, scheduled_for, sort_at, trigger, triggered_by, schedule_version, status, hold,
                           task_function, queue, priority, args, timeout_ms)
    select $2, j.id, date_trunc('milliseconds', clock_timestamp()), clock_timestamp(), $3, $4, j.schedule_version,
           'pending', case when live.count >= j.max_instances then 'slot' end, f.name, f.queue, j.priority, coalesce($5::jsonb, j.task_args),
           j.timeout_ms
      from scheduled_job j join task_function f on f.id = j.task_function_id
      cross join lateral (
            select count(*) as count, count(*) filter (where e.hold = 'slot') as waiting from execution e
             where e.job_id = j.id and e.status in ('pending', 'dispatched', 'running')) live
     where j.id = $1 and ($6::bool or not exists (select 1 from job_dependency d where d.job_id = j.id))
       and (live.count < j.max_instances or ($7::bool and live.waiting < ${String(QUEUE_LIMIT)}))
    returning id, attempt, queue, task_function, priority, hold`,
};

export class PostgresTriggerStore extends TriggerStore {
  constructor(private readonly database: Database) {
    super();
  }

  async trigger(
    jobId: JobId,
    by: { readonly source: TriggerSource; readonly userId: UserId | null },
    args?: JsonObject,
    options: TriggerOptions = {},
  ): Promise<TriggerResult> {
    const executionId = newId<ExecutionId>();
    return this.database.transaction<TriggerResult>(async (tx) => {
      const [job] = await tx.query<{ is_enabled: boolean; max_instances: number }>(LOCK, [jobId]);
      if (job === undefined) return { kind: 'not-found' };
      if (!job.is_enabled && options.evenIfDisabled !== true) return { kind: 'disabled' };
      const insert = async (areMet: boolean): Promise<TriggerResult | null> => {
        const values = [jobId, executionId, by.source, by.userId, toJsonb(args), areMet, options.waitForSlot === true];
        const [row] = await tx.query<QueueItemRow & { hold: string | null }>(INSERT, values);
        if (row === undefined) return null;
        return { kind: 'triggered', executionId, item: row.hold === null ? toQueueItem(row) : null };
      };
      const plain = await insert(false);
      if (plain !== null) return plain;
      const unmet = await firstUnmet(tx, jobId);
      if (unmet !== null) return { kind: 'dependencies-unmet', unmet };
      return (await insert(true)) ?? { kind: 'at-capacity', maxInstances: job.max_instances };
    });
  }
}

/** The first dependency that is not met, in words; null when all are, or there is none. */
async function firstUnmet(tx: Queryable, jobId: JobId): Promise<string | null> {
  const [dependencies] = await tx.query<{ states: DependencyStates }>(DEPENDENCIES, [jobId]);
  return describeUnmet(dependencies?.states ?? []);
}
