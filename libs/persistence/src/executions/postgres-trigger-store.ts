import type { TriggerSource } from '#domain/execution/status.js';
import { newId, type ExecutionId, type JobId, type UserId } from '#domain/ids.js';
import type { JsonObject } from '#domain/json.js';
import { QUEUE_LIMIT } from '#domain/planning/plan-occurrences.js';
import { TriggerStore, type TriggerOptions, type TriggerResult } from '#application/executions/trigger-store.js';
import type { Database, Statement } from '../database.js';
import { toJsonb } from '../rows.js';
import { toQueueItem, type QueueItemRow } from '../scheduling/queue-item-row.js';

const LOCK: Statement = {
  name: 'trigger-lock',
  text: 'select is_enabled, max_instances from scheduled_job where id = $1 for no key update',
};

/**
 * After the lock, in a statement of its own: it must see what the lock waited for. Manual runs count for overlap. One that
 * finds no slot and may wait is held; whoever records the end of an execution, or the leader, lets it go.
 */
const INSERT: Statement = {
  name: 'trigger-insert',
  text: `
    insert into execution (id, job_id, scheduled_for, sort_at, trigger, triggered_by, schedule_version, status, held,
                           task_function, queue, priority, args, timeout_ms)
    select $2, j.id, date_trunc('milliseconds', clock_timestamp()), clock_timestamp(), $3, $4, j.schedule_version,
           'pending', live.count >= j.max_instances, f.name, f.queue, j.priority, coalesce($5::jsonb, j.task_args),
           j.timeout_ms
      from scheduled_job j join task_function f on f.id = j.task_function_id
     cross join lateral (
           select count(*) as count, count(*) filter (where e.held) as waiting from execution e
            where e.job_id = j.id and e.status in ('pending', 'dispatched', 'running')) live
     where j.id = $1 and (live.count < j.max_instances or ($6::bool and live.waiting < ${String(QUEUE_LIMIT)}))
    returning id, attempt, queue, task_function, priority, held`,
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
      const values = [jobId, executionId, by.source, by.userId, toJsonb(args), options.waitForSlot === true];
      const [row] = await tx.query<QueueItemRow & { held: boolean }>(INSERT, values);
      if (row === undefined) return { kind: 'at-capacity', maxInstances: job.max_instances };
      return { kind: 'triggered', executionId, item: row.held ? null : toQueueItem(row) };
    });
  }
}
