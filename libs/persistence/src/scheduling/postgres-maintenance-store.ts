import { LOST_ATTEMPT_LIMIT } from '#domain/execution/retry.js';
import type { Reign } from '#application/scheduling/leadership.js';
import { MaintenanceStore } from '#application/scheduling/maintenance.js';
import type { QueueItem } from '#application/scheduling/queue-item.js';
import { WORKER_DOWN_MS } from '#application/workers/worker-registry.js';
import type { Database, Statement } from '../database.js';
import { deleteExecutions } from '../executions/delete-executions.js';
import { purgeDeletedJobs } from '../jobs/deleted-jobs.js';
import { rollUpHour } from '../statistics/roll-up.js';
import { rollUpWorkers } from '../statistics/roll-up-workers.js';
import { toQueueItem, type QueueItemRow } from './queue-item-row.js';

/** True while the reign lasts; part of every statement here. */
const REIGNS = `exists (select 1 from leader_lease
  where name = 'scheduler' and holder = $1 and term = $2 and expires_at > clock_timestamp())`;

/**
 * Takes back what lost its worker. A cancelled run ends `cancelled`; a job that allows no second start or was switched off,
 * and the third loss of one execution (`poison`), end `failed`; the rest is pending again. Losses do not use up the job's
 * retries. A job whose row is locked, by a change or a plan, waits for the next round.
 */
const RESCUE: Statement = {
  name: 'maintenance-rescue',
  text: `
    with lost as (
      select e.id, e.attempt, e.token, e.worker_id, e.attempt_started_at,
             case when e.cancel_requested_at is not null then 'cancelled'
                  when j.on_worker_lost = 'fail' or not j.is_enabled then 'failed'
                  when e.lost_count + 1 >= $4 then 'failed'
                  else 'pending' end as next_status,
             case when e.cancel_requested_at is not null then null
                  when j.on_worker_lost = 'fail' or not j.is_enabled then 'worker_lost'
                  when e.lost_count + 1 >= $4 then 'poison' end as next_reason
        from execution e join scheduled_job j on j.id = e.job_id
       where e.status in ('dispatched', 'running') and e.lease_until < clock_timestamp() and ${REIGNS}
       order by e.lease_until limit $3
         for update of e skip locked for share of j skip locked
    ), kept as (
      insert into execution_attempt (execution_id, attempt, token, status, worker_id, started_at, finished_at, error)
      select id, attempt, token, 'lost', worker_id, coalesce(attempt_started_at, clock_timestamp()), clock_timestamp(),
             'the worker went silent and its lease ran out'
        from lost where attempt > 0
      on conflict do nothing
    )
    update execution e set
           status = lost.next_status, reason = lost.next_reason, lost_count = e.lost_count + 1, token = e.token + 1,
           worker_id = case when lost.next_status = 'pending' then null else e.worker_id end,
           lease_until = null, enqueued_at = null, next_attempt_at = null, progress = null,
           finished_at = case when lost.next_status = 'pending' then null else clock_timestamp() end,
           error = case lost.next_status
             when 'pending' then null
             when 'cancelled' then 'cancelled; its worker was lost'
             else 'the worker was lost while it ran' || case when lost.next_reason = 'poison' then ', again and again' else '' end
             end
      from lost where e.id = lost.id
    returning e.id, e.attempt, e.queue, e.task_function, e.priority, e.status`,
};

const MARK_DOWN: Statement = {
  name: 'maintenance-mark-down',
  text: `
    with down as (
      update worker set status = 'down', slots_in_use = 0
       where status in ('alive', 'draining', 'clock_skew')
         and last_heartbeat_at < clock_timestamp() - $3 * interval '1 millisecond' and ${REIGNS}
      returning 1)
    select count(*)::int as count from down`,
};

const FORGET_WORKERS: Statement = {
  name: 'maintenance-forget-workers',
  text: `delete from worker where last_heartbeat_at < clock_timestamp() - interval '1 day' and ${REIGNS}`,
};

const FORGET_INSTANCES: Statement = {
  name: 'maintenance-forget-instances',
  text: `delete from scheduler_instance where last_heartbeat_at < clock_timestamp() - interval '1 hour' and ${REIGNS}`,
};

/** Old rows by the list index, oldest first, so that a portion begins where the last one ended. */
export const OLD_EXECUTIONS: Statement = {
  name: 'maintenance-old-executions',
  text: `
    select id from execution
     where sort_at < statement_timestamp() - $3 * interval '1 day'
       and status not in ('pending', 'dispatched', 'running') and ${REIGNS}
     order by sort_at limit $4`,
};

/** Executions that are deleted at a time. */
const PRUNE_PORTION = 5_000;
/** Portions in one call: of executions, or of the output of one that wrote very much. */
const PRUNE_TURNS = 20;

const PRUNE_GAPS: Statement = {
  name: 'maintenance-prune-gaps',
  text: `delete from execution_gap where to_at < clock_timestamp() - $3 * interval '1 day' and ${REIGNS}`,
};

const PRUNE_ROLLUP: Statement = {
  name: 'maintenance-prune-rollup',
  text: `delete from execution_rollup where hour < clock_timestamp() - $3 * interval '1 day' and ${REIGNS}`,
};

export class PostgresMaintenanceStore extends MaintenanceStore {
  constructor(private readonly database: Database) {
    super();
  }

  async rescue(reign: Reign, limit: number): Promise<{ items: QueueItem[]; rescued: number; abandoned: number }> {
    const rows = await this.database.query<QueueItemRow & { status: string }>(RESCUE, [
      reign.holder,
      reign.term,
      limit,
      LOST_ATTEMPT_LIMIT,
    ]);
    const items = rows.filter((row) => row.status === 'pending').map(toQueueItem);
    return { items, rescued: items.length, abandoned: rows.length - items.length };
  }

  async reap(reign: Reign): Promise<{ workersDown: number }> {
    const of = [reign.holder, reign.term];
    const [down] = await this.database.query<{ count: number }>(MARK_DOWN, [...of, WORKER_DOWN_MS]);
    await this.database.query(FORGET_WORKERS, of);
    await this.database.query(FORGET_INSTANCES, of);
    return { workersDown: down?.count ?? 0 };
  }

  async rollUp(reign: Reign, limit: number): Promise<number> {
    for (let hours = 0; hours < limit; hours += 1) {
      const isAdded = await this.database.transaction(async (tx) => rollUpHour(tx, reign));
      if (!isAdded) return hours;
    }
    return limit;
  }

  async rollUpWorkers(reign: Reign, portions: number): Promise<number> {
    return rollUpWorkers(this.database, reign, portions);
  }

  async purgeDeleted(reign: Reign, portions: number): Promise<number> {
    return purgeDeletedJobs(this.database, reign, portions);
  }

  async prune(reign: Reign, retentionDays: number, limit: number): Promise<number> {
    const of = [reign.holder, reign.term, retentionDays];
    const deleted = await this.pruneExecutions(reign, retentionDays, limit);
    await this.database.query(PRUNE_GAPS, of);
    await this.database.query(PRUNE_ROLLUP, of);
    return deleted;
  }

  private async pruneExecutions(reign: Reign, retentionDays: number, limit: number): Promise<number> {
    let deleted = 0;
    for (let turn = 0; turn < PRUNE_TURNS && deleted < limit; turn += 1) {
      const portion = Math.min(limit - deleted, PRUNE_PORTION);
      const old = await this.database.query<{ id: string }>(OLD_EXECUTIONS, [reign.holder, reign.term, retentionDays, portion]);
      if (old.length === 0) break;
      const gone = await deleteExecutions(this.database, reign, old.map(({ id }) => id));
      deleted += gone;
      if (gone > 0 && old.length < portion) break;
    }
    return deleted;
  }
}
