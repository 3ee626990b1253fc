import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { TriggerOptions, TriggerResult } from '#application/executions/trigger-store.js';
import { QUEUE_LIMIT } from '#domain/planning/plan-occurrences.js';
import type { JobId, WorkerId } from '#domain/ids.js';
import { newId } from '#domain/ids.js';
import { aRecord } from '#testing/factories.js';
import { openPlatform, type Platform } from '#testing/platform.js';

let platform: Platform;
beforeAll(async () => {
  platform = await openPlatform();
});
afterAll(() => platform.close());
beforeEach(() => platform.clear());

const trigger = (jobId: JobId, options?: TriggerOptions): Promise<TriggerResult> =>
  platform.triggers.trigger(jobId, { source: 'manual', userId: null }, undefined, options);

describe('triggering', () => {
  test('a disabled job is refused unless the caller says that it may run', async () => {
    const job = await platform.job({ isEnabled: false });
    expect(await trigger(job.id)).toEqual({ kind: 'disabled' });
    expect(await trigger(job.id, { evenIfDisabled: true })).toMatchObject({ kind: 'triggered', item: { attempt: 1 } });
    expect(await platform.rows(job.id)).toMatchObject([{ status: 'pending', hold: null, trigger: 'manual' }]);
  });

  test('a busy job is refused unless the caller wants to wait', async () => {
    const job = await platform.job();
    await trigger(job.id);
    expect(await trigger(job.id)).toEqual({ kind: 'at-capacity', maxInstances: 1 });
    expect(await trigger(job.id, { waitForSlot: true })).toMatchObject({ kind: 'triggered', item: null });
    expect((await platform.rows(job.id)).map(({ hold }) => hold).sort()).toEqual(['slot', null].sort());
  });

  test('what waits starts after what runs', async () => {
    const job = await platform.job();
    const first = await trigger(job.id, { waitForSlot: true });
    const second = await trigger(job.id, { waitForSlot: true });
    if (first.kind !== 'triggered' || second.kind !== 'triggered') throw new Error('not triggered');
    const worker = newId<WorkerId>();
    expect(await platform.ledger.claim(worker, [{ executionId: second.executionId, attempt: 1 }])).toEqual([]);
    const [claim] = await platform.ledger.claim(worker, [{ executionId: first.executionId, attempt: 1 }]);
    if (claim === undefined) throw new Error('not claimed');
    await platform.ledger.record([aRecord(claim)]);
    expect(await platform.plans.releaseHeld([job.id])).toMatchObject([{ executionId: second.executionId }]);
  });

  test('only so many may wait', async () => {
    const job = await platform.job();
    await trigger(job.id);
    await platform.sql(
      `insert into execution (id, job_id, scheduled_for, sort_at, trigger, schedule_version, status, hold, task_function, queue, priority, timeout_ms)
       select gen_random_uuid(), $1, now() - n * interval '1 second', now(), 'manual', 1, 'pending', 'slot', 'shell', 'default', 0, 1000
         from generate_series(1, $2) n`,
      [job.id, QUEUE_LIMIT],
    );
    expect(await trigger(job.id, { waitForSlot: true })).toEqual({ kind: 'at-capacity', maxInstances: 1 });
  });

  test('an unknown job is not found', async () => {
    expect(await trigger(newId<JobId>(), { evenIfDisabled: true, waitForSlot: true })).toEqual({ kind: 'not-found' });
  });
});

test('executions are counted by status for the jobs of some task functions', async () => {
  const job = await platform.job({ taskFunctionId: 10 });
  const other = await platform.job();
  await trigger(job.id);
  await trigger(other.id);
  expect(await platform.executions.countByStatus([10, 11])).toMatchObject({ pending: 1, success: 0, failed: 0, skipped: 0 });
  expect(await platform.executions.countByStatus([])).toMatchObject({ pending: 0 });
});

test('jobs are listed by several task functions', async () => {
  const [cleanup, backup] = [await platform.job({ taskFunctionId: 10 }), await platform.job({ taskFunctionId: 12 })];
  await platform.job();
  const page = { page: 1, perPage: 10 };
  const ids = async (taskFunctionIds: readonly number[], taskFunctionId?: number): Promise<string[]> =>
    (await platform.jobs.list({ taskFunctionIds, ...(taskFunctionId === undefined ? {} : { taskFunctionId }) }, page)).items.map(({ id }) => id);
  expect(await ids([10, 11, 12])).toEqual([backup.id, cleanup.id]);
  expect(await ids([10, 11, 12], 10)).toEqual([cleanup.id]);
  expect(await ids([11])).toEqual([]);
  expect(await ids([], 10)).toEqual([]);
});
