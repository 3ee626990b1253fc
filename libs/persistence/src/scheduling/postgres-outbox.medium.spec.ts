import type { QueueItem } from '#application/scheduling/queue-item.js';
import { newId, type ExecutionId, type WorkerId } from '#domain/ids.js';
import { openPlatform, type Platform } from '#testing/platform.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

let platform: Platform;

beforeAll(async () => {
  platform = await openPlatform();
});
beforeEach(() => platform.clear());
afterAll(() => platform.close());

/** `count` executions of one job that wait, made `ageMs` ago. */
const waiting = async (count: number, ageMs = 60_000): Promise<ExecutionId[]> => {
  const job = await platform.job();
  const rows = await platform.sql<{ id: ExecutionId }>(
    `insert into execution (id, job_id, scheduled_for, sort_at, trigger, schedule_version, status, task_function, queue, priority,
                            timeout_ms, created_at)
     select gen_random_uuid(), $1, clock_timestamp() - interval '1 hour' + n * interval '1 second', now(), 'scheduler', 1, 'pending',
            'shell', 'default', 0, 1000, clock_timestamp() - $3 * interval '1 millisecond'
       from generate_series(1, $2) n returning id`,
    [job.id, count, ageMs],
  );
  return rows.map(({ id }) => id);
};

const item = (executionId: ExecutionId, attempt = 1): QueueItem => ({
  executionId, attempt, queue: 'default', taskFunction: 'shell', priority: 0, delayMs: 0,
});
const ids = (items: readonly QueueItem[]): ExecutionId[] => items.map(({ executionId }) => executionId);

describe('the outbox', () => {
  it('holds what waits without a queue job, oldest occurrence first, and no more than asked for', async () => {
    const all = await waiting(3);
    expect(await platform.outbox.unsent(10, 0)).toEqual(all.map((id) => item(id)));
    expect(ids(await platform.outbox.unsent(2, 0))).toEqual(all.slice(0, 2));
  });

  it('leaves out what is too young, waits for a slot, was sent, or does not wait any more', async () => {
    const [held = '', over = '', sent = '', left = ''] = await waiting(4);
    await platform.sql("update execution set hold = 'slot' where id = $1", [held]);
    await platform.sql(`update execution set status = 'cancelled' where id = $1`, [over]);
    await platform.outbox.markSent([item(sent as ExecutionId)]);
    expect(ids(await platform.outbox.unsent(10, 2_000))).toEqual([left]);
    const [young = ''] = await waiting(1, 500);
    expect(ids(await platform.outbox.unsent(10, 2_000))).not.toContain(young);
    expect(ids(await platform.outbox.unsent(10, 0))).toContain(young);
  });

  it('knows how long a further attempt has to wait', async () => {
    const [id = ''] = await waiting(1);
    await platform.sql(`update execution set attempt = 1, attempt_started_at = now() - interval '1 minute',
                               next_attempt_at = clock_timestamp() + interval '30 s' where id = $1`, [id]);
    const [again] = await platform.outbox.unsent(10, 2_000);
    expect(again?.attempt).toBe(2);
    expect(again?.delayMs).toBeGreaterThan(28_000);
  });

  it('takes no note for another attempt than the next one', async () => {
    const [id = ''] = await waiting(1);
    await platform.outbox.markSent([item(id as ExecutionId, 2)]);
    expect((await platform.row(id)).enqueued_at).toBeNull();
    await platform.outbox.markSent([item(id as ExecutionId)]);
    expect((await platform.row(id)).enqueued_at).not.toBeNull();
  });

  it('finds what was sent long ago and nobody took, but not what is still to wait for its time', async () => {
    const [late = '', retried = '', fresh = ''] = await waiting(3);
    await platform.sql(`update execution set enqueued_at = now() - interval '20 s' where id = any($1)`, [[late, retried]]);
    await platform.sql(`update execution set next_attempt_at = now() + interval '1 minute', attempt = 1 where id = $1`, [retried]);
    await platform.outbox.markSent([item(fresh as ExecutionId)]);
    expect(ids(await platform.outbox.unclaimed(10, 15_000))).toEqual([late]);
  });

  it('forgets what was sent after the queue lost its memory', async () => {
    const all = await waiting(2);
    await platform.outbox.markSent(all.map((id) => item(id)));
    expect(await platform.outbox.unsent(10, 0)).toEqual([]);
    expect(await platform.outbox.forgetSent()).toBe(2);
    expect(ids(await platform.outbox.unsent(10, 0))).toEqual(all);
  });
});

describe('notes of what was sent and claims of the same executions', () => {
  it('never block each other for ever', async () => {
    for (let round = 0; round < 12; round += 1) {
      const all = await waiting(400);
      const backwards = [...all].sort().reverse();
      const worker = newId<WorkerId>();
      await Promise.all([
        platform.outbox.markSent(backwards.map((id) => item(id))),
        platform.ledger.claim(worker, all.map((executionId) => ({ executionId, attempt: 1 }))),
        platform.outbox.forgetSent(),
        platform.outbox.markSent([...backwards].reverse().map((id) => item(id))),
      ]);
      await platform.clear();
    }
  });
});
