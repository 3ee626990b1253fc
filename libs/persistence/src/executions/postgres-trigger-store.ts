import type { TriggerSource } from '#domain/execution/status.js';
import { describeUnmet } from '#domain/dependencies/judge-gate.js';
import { newId, type ExecutionId, type JobId, type UserId } from '#domain/ids.js';
import type { JsonObject } from '#domain/json.js';
import { TriggerStore, type TriggerResult } from '#application/executions/trigger-store.js';
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
 * with dependencies are left out unless `$6` says that those are met.
 */
const INSERT: Statement = {
  name: 'trigger-insert',
  text: `
    insert into execution (id, job_id, scheduled_for, sort_at, trigger, triggered_by, schedule_version, status,
                           task_function, queue, priority, args, timeout_ms)
    select $2, j.id, date_trunc('milliseconds', clock_timestamp()), clock_timestamp(), $3, $4, j.schedule_version,
           'pending', f.name, f.queue, j.priority, coalesce($5::jsonb, j.task_args), j.timeout_ms
      from scheduled_job j join task_function f on f.id = j.task_function_id
     where j.id = $1 and ($6::bool or not exists (select 1 from job_dependency d where d.job_id = j.id))
       and j.max_instances > (select count(*) from execution e
             where e.job_id = j.id and e.status in ('pending', 'dispatched', 'running'))
    returning id, attempt, queue, task_function, priority`,
};

export class PostgresTriggerStore extends TriggerStore {
  constructor(private readonly database: Database) {
    super();
  }

  async trigger(
    jobId: JobId,
    by: { readonly source: TriggerSource; readonly userId: UserId | null },
    args?: JsonObject,
  ): Promise<TriggerResult> {
    const executionId = newId<ExecutionId>();
    return this.database.transaction<TriggerResult>(async (tx) => {
      const [job] = await tx.query<{ is_enabled: boolean; max_instances: number }>(LOCK, [jobId]);
      if (job === undefined) return { kind: 'not-found' };
      if (!job.is_enabled) return { kind: 'disabled' };
      const values = [jobId, executionId, by.source, by.userId, toJsonb(args)];
      const [plain] = await tx.query<QueueItemRow>(INSERT, [...values, false]);
      if (plain !== undefined) return { kind: 'triggered', executionId, item: toQueueItem(plain) };
      const unmet = await firstUnmet(tx, jobId);
      if (unmet !== null) return { kind: 'dependencies-unmet', unmet };
      const [met] = await tx.query<QueueItemRow>(INSERT, [...values, true]);
      if (met === undefined) return { kind: 'at-capacity', maxInstances: job.max_instances };
      return { kind: 'triggered', executionId, item: toQueueItem(met) };
    });
  }
}

/** The first dependency that is not met, in words; null when all are, or there is none. */
async function firstUnmet(tx: Queryable, jobId: JobId): Promise<string | null> {
  const [dependencies] = await tx.query<{ states: DependencyStates }>(DEPENDENCIES, [jobId]);
  return describeUnmet(dependencies?.states ?? []);
}
