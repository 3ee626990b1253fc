/** A fleet in which not every worker has every task function, on both queue backends. */
import { eventually } from '#testing/eventually.js';
import { describeOnBackends } from '#testing/queues.js';
import { Gate, TestTasks } from '#testing/tasks.js';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openPipeline, type Pipeline } from './pipeline.js';

const ATTEMPTS = 6;

describeOnBackends('an attempt of a task function that not every worker has', (kind) => {
  let pipeline: Pipeline;
  beforeEach(async () => {
    pipeline = await openPipeline(kind);
  });
  afterEach(() => pipeline.close());

  it('is run by the one that has it, as the first attempt', async () => {
    const { platform } = pipeline;
    const job = await platform.job({ policies: { overlap: 'allow', maxInstances: 10 } });
    const [without, having] = [new TestTasks(['another']), new TestTasks(['shell'])];
    await pipeline.worker({ tasks: without });
    await pipeline.worker({ tasks: having });
    for (let count = 0; count < ATTEMPTS; count += 1) await pipeline.trigger(job.id);
    const rows = await pipeline.ledger(job.id, (all) => all.length === ATTEMPTS && all.every(({ status }) => status === 'success'), 20_000);
    expect(rows.every(({ attempt }) => attempt === 1)).toBe(true);
    expect([without.started.length, having.started.length]).toEqual([0, ATTEMPTS]);
  });

  it('waits for that one while it is busy, and for its return when it stopped a moment ago', async () => {
    const { platform } = pipeline;
    const [job, blocker] = [await platform.job(), await platform.job()];
    const [having, gate] = [new TestTasks(['shell']), new Gate()];
    having.on(blocker.id, gate.handler);
    const busy = await pipeline.worker({ tasks: having, concurrency: { total: 1, perQueue: 1, queues: {} } });
    await pipeline.trigger(blocker.id);
    await eventually(() => having.started.length === 1);
    const without = new TestTasks(['another']);
    await pipeline.worker({ tasks: without });
    await pipeline.trigger(job.id);
    gate.release();
    await pipeline.ledger(job.id, ([row]) => row?.status === 'success', 20_000);
    await busy.stop();
    const later = await pipeline.trigger(job.id);
    await eventually(async () => (await pipeline.queues.queue('default').getDelayed()).length === 1);
    expect((await platform.row(later)).status).toBe('pending');
    await pipeline.worker({ tasks: having });
    await pipeline.ledger(job.id, (rows) => rows.every(({ status }) => status === 'success'), 20_000);
    expect(without.started).toEqual([]);
  });

  it('is taken, and so fails, by one that has it not when no live worker has it', async () => {
    const { platform } = pipeline;
    const job = await platform.job();
    const without = new TestTasks(['another']);
    without.on(job.id, () => ({ kind: 'failed', error: 'taken by one that has it not', retryable: false }));
    await pipeline.worker({ tasks: without });
    await pipeline.trigger(job.id);
    const [row] = await pipeline.ledger(job.id, ([only]) => only?.status === 'failed');
    expect(row).toMatchObject({ attempt: 1, error: 'taken by one that has it not' });
  });
});
