import { Outbox } from '#application/scheduling/outbox.js';
import type { QueueItem } from '#application/scheduling/queue-item.js';
import type { Database, Statement } from '../database.js';
import { columns } from '../rows.js';
import { toQueueItem, type QueueItemRow } from './queue-item-row.js';

const UNSENT: Statement = {
  name: 'outbox-unsent',
  text: `
    select id, attempt, queue, task_function, priority,
           extract(epoch from next_attempt_at - clock_timestamp()) * 1000 as delay_ms
      from execution
     where status = 'pending' and enqueued_at is null and hold is null
       and greatest(created_at, attempt_started_at) < statement_timestamp() - $2 * interval '1 millisecond'
     order by scheduled_for limit $1`,
};

/**
 * Workers claim while this is noted: rows are locked in the order of their ids, as everywhere, so that neither blocks for ever.
 * They are looked up by their keys as claims are, and not through an index of all that waits.
 * What was held back or moved to another queue since it was sent is to be sent again, and not noted.
 */
const MARK_SENT: Statement = {
  name: 'outbox-mark-sent',
  text: `
    with sent as (
      select e.id
        from (select * from unnest($1::uuid[], $2::int[], $3::text[]) as u(id, attempt, queue) order by u.id) s, lateral (
          select e.id from execution e
           where e.id = s.id and e.attempt = s.attempt - 1 and e.queue = s.queue and e.hold is null and e.enqueued_at is null
             and case e.status when 'pending' then true else false end
             for update) e)
    update execution e set enqueued_at = clock_timestamp() from sent where e.id = sent.id`,
};

const UNCLAIMED: Statement = {
  name: 'outbox-unclaimed',
  text: `
    select id, attempt, queue, task_function, priority, 0 as delay_ms
      from execution
     where status = 'pending' and hold is null
       and enqueued_at < statement_timestamp() - $2 * interval '1 millisecond'
       and (next_attempt_at is null or next_attempt_at < statement_timestamp() - $2 * interval '1 millisecond')
     order by scheduled_for limit $1`,
};

const FORGET_SENT: Statement = {
  name: 'outbox-forget-sent',
  text: `
    with sent as (
      select id from execution
       where status = 'pending' and enqueued_at is not null and hold is null
       order by id for update
    ), forgotten as (
      update execution e set enqueued_at = null from sent where e.id = sent.id returning 1)
    select count(*)::int as count from forgotten`,
};

export class PostgresOutbox extends Outbox {
  constructor(private readonly database: Database) {
    super();
  }

  async unsent(limit: number, minAgeMs: number): Promise<QueueItem[]> {
    return (await this.database.query<QueueItemRow>(UNSENT, [limit, minAgeMs])).map(toQueueItem);
  }

  async markSent(items: readonly QueueItem[]): Promise<void> {
    await this.database.query(MARK_SENT, columns(items, (item) => item.executionId, (item) => item.attempt, (item) => item.queue));
  }

  async unclaimed(limit: number, olderThanMs: number): Promise<QueueItem[]> {
    return (await this.database.query<QueueItemRow>(UNCLAIMED, [limit, olderThanMs])).map(toQueueItem);
  }

  async forgetSent(): Promise<number> {
    const [row] = await this.database.query<{ count: number }>(FORGET_SENT);
    return row?.count ?? 0;
  }
}
