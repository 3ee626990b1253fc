/** What the queue delivered too early must not be in the way when its time comes. */
import { queueJobId } from '#application/executions/execution.js';
import { eventually } from '#testing/eventually.js';
import { describeOnBackends } from '#testing/queues.js';
import { Gate } from '#testing/tasks.js';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openPipeline, type Pipeline } from './pipeline.js';

describeOnBackends('a queue job that was delivered while its execution could not be claimed', (kind) => {
  let pipeline: Pipeline;
  beforeEach(async () => {
    pipeline = await openPipeline(kind);
  });
  afterEach(() => pipeline.close());

  it('does not keep the execution from starting as soon as a slot is free again', async () => {
    const { platform, tasks, queues } = pipeline;
    const job = await platform.job({ policies: { maxInstances: 2 } });
    const gate = new Gate();
    tasks.on(job.id, gate.handler);
    const ids = [await pipeline.trigger(job.id), await pipeline.trigger(job.id)];
    await platform.change(job.id, { policies: { maxInstances: 1 } });
    await pipeline.worker();
    await pipeline.scheduler();
    await eventually(() => tasks.startsOf(job.id).length === 1);
    const held = (await platform.rows(job.id)).find((row) => row.hold === 'slot');
    expect(ids).toContain(held?.id);
    await eventually(async () => ['completed', 'unknown'].includes(await queues.queue('default').getJobState(queueJobId(held?.id ?? '', 1))));
    gate.release();
    await pipeline.ledger(job.id, (rows) => rows.every(({ status }) => status === 'success'), 5_000);
  });
});
