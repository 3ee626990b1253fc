import { newId, type ExecutionId, type JobId, type UserId, type WorkerId } from '#domain/ids.js';
import { EXECUTION_STATUSES } from '#domain/execution/status.js';
import { openPlatform, type Platform } from '#testing/platform.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

let platform: Platform;

beforeAll(async () => {
  platform = await openPlatform();
});
beforeEach(() => platform.clear());
afterAll(() => platform.close());

const BY_HAND = { source: 'manual', userId: null } as const;

describe('a trigger', () => {
  it('adds an execution that may start now, under the definition of now', async () => {
    const job = await platform.job({ args: { command: 'ls' }, policies: { timeoutMs: 99, priority: 4 } });
    const userId = newId<UserId>();
    const before = await platform.now();
    const result = await platform.triggers.trigger(job.id, { source: 'api', userId });
    if (result.kind !== 'triggered') throw new Error(result.kind);
    expect(result.item).toEqual({ executionId: result.executionId, attempt: 1, queue: 'default', taskFunction: 'shell', priority: 4, delayMs: 0 });
    const execution = await platform.executions.find(result.executionId);
    expect(execution).toMatchObject({ status: 'pending', trigger: 'api', triggeredBy: userId, args: { command: 'ls' }, timeoutMs: 99, attempt: 0 });
    expect(execution?.scheduledFor.getTime()).toBeGreaterThanOrEqual(before.getTime());
  });

  it('takes other arguments for this one time', async () => {
    const job = await platform.job({ args: { command: 'ls' } });
    const result = await platform.triggers.trigger(job.id, BY_HAND, { command: 'pwd' });
    expect(await platform.row(result.kind === 'triggered' ? result.executionId : '')).toMatchObject({ args: { command: 'pwd' } });
    expect((await platform.jobs.find(job.id))?.args).toEqual({ command: 'ls' });
  });

  it('is refused for a job that is unknown, switched off or at its limit', async () => {
    expect(await platform.triggers.trigger(newId<JobId>(), BY_HAND)).toEqual({ kind: 'not-found' });
    const off = await platform.job({ isEnabled: false });
    expect(await platform.triggers.trigger(off.id, BY_HAND)).toEqual({ kind: 'disabled' });
    const job = await platform.job({ policies: { maxInstances: 2 } });
    for (const _time of [1, 2]) expect((await platform.triggers.trigger(job.id, BY_HAND)).kind).toBe('triggered');
    expect(await platform.triggers.trigger(job.id, BY_HAND)).toEqual({ kind: 'at-capacity', maxInstances: 2 });
  });

  it('never exceeds the limit, however many come at once', async () => {
    const job = await platform.job({ policies: { maxInstances: 3 } });
    const results = await Promise.all(Array.from({ length: 12 }, async () => platform.triggers.trigger(job.id, BY_HAND)));
    expect(results.filter(({ kind }) => kind === 'triggered')).toHaveLength(3);
    expect(await platform.rows(job.id)).toHaveLength(3);
  });

  it('works while the job is paused', async () => {
    const job = await platform.job({ isPaused: true });
    expect((await platform.triggers.trigger(job.id, BY_HAND)).kind).toBe('triggered');
  });
});

describe('the list of executions', () => {
  /** One execution of the job for each status, a minute apart, in the order of the statuses. */
  const oneOfEach = async (jobId: JobId): Promise<void> => {
    await platform.sql(
      `insert into execution (id, job_id, scheduled_for, sort_at, trigger, schedule_version, status, task_function, queue, priority, timeout_ms)
       select gen_random_uuid(), $1, now() + n * interval '1 minute', now() + n * interval '1 minute', 'scheduler', 1, status, 'shell',
              'default', 0, 1000
         from unnest($2::text[]) with ordinality s(status, n)`,
      [jobId, [...EXECUTION_STATUSES]],
    );
  };

  it('is newest first, in pages that neither repeat nor leave out, with the exact number', async () => {
    const job = await platform.job();
    await oneOfEach(job.id);
    const pages = await Promise.all([1, 2, 3].map(async (page) => platform.executions.list({}, { page, perPage: 3 })));
    expect(pages.flatMap(({ items }) => items.map(({ status }) => status))).toEqual(EXECUTION_STATUSES.toReversed());
    expect(pages[0]?.total).toEqual({ count: EXECUTION_STATUSES.length, isEstimate: false });
    expect((await platform.executions.latestOfJob(job.id, 2)).map(({ status }) => status)).toEqual(EXECUTION_STATUSES.toReversed().slice(0, 2));
  });

  it.each(EXECUTION_STATUSES)('finds what is %s, of one job and of all', async (status) => {
    const [one, other] = [await platform.job(), await platform.job()];
    await oneOfEach(one.id);
    await oneOfEach(other.id);
    const ofAll = await platform.executions.list({ status }, { page: 1, perPage: 10 });
    expect(ofAll.items.map((execution) => execution.status)).toEqual([status, status]);
    expect(ofAll.total.count).toBe(2);
    const ofOne = await platform.executions.list({ status, jobId: one.id }, { page: 1, perPage: 10 });
    expect(ofOne.items.map(({ jobId }) => jobId)).toEqual([one.id]);
    expect(ofOne.total.count).toBe(1);
  });

  it('has the same far pages, whichever end they are read from, and nothing behind them', async () => {
    const job = await platform.job();
    await platform.sql(
      `insert into execution (id, job_id, scheduled_for, sort_at, trigger, schedule_version, status, task_function, queue, priority, timeout_ms)
       select gen_random_uuid(), $1, t, date_trunc('minute', t), 'scheduler', 1, 'success', 'shell', 'default', 0, 1000
         from generate_series(1, 6040) n, lateral (select timestamptz '2026-01-01' + n * interval '1 second' as t) at`,
      [job.id],
    );
    const inOrder = await platform.sql<{ id: string }>('select id from execution order by sort_at desc, id desc');
    for (const page of [50, 51, 60, 61, 62]) {
      const { items, total } = await platform.executions.list({ jobId: job.id }, { page, perPage: 100 });
      expect(items.map(({ id }) => id)).toEqual(inOrder.slice((page - 1) * 100, page * 100).map(({ id }) => id));
      expect(total).toEqual({ count: 6_040, isEstimate: false });
    }
  });

  it('puts an execution that started at its start', async () => {
    const job = await platform.job({ policies: { maxInstances: 2 } });
    const [first, second] = [await platform.triggers.trigger(job.id, BY_HAND), await platform.triggers.trigger(job.id, BY_HAND)];
    if (first.kind !== 'triggered' || second.kind !== 'triggered') throw new Error('not triggered');
    await platform.ledger.claim(newId<WorkerId>(), [{ executionId: first.executionId, attempt: 1 }]);
    const { items } = await platform.executions.list({ jobId: job.id }, { page: 1, perPage: 10 });
    expect(items.map(({ id }) => id)).toEqual([first.executionId, second.executionId]);
  });

  it('knows nothing of an unknown id', async () => {
    const id = newId<ExecutionId>();
    expect(await platform.executions.find(id)).toBeNull();
    expect(await platform.executions.attempts(id)).toEqual([]);
    expect(await platform.executions.logs(id, 0, 10)).toEqual([]);
  });
});
