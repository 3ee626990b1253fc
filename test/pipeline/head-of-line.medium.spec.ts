/** A worker whose slots are taken leaves the attempts of all queues to the others, on both queue backends. */
import type { ScheduledJob } from '#domain/job/scheduled-job.js';
import { eventually } from '#testing/eventually.js';
import { describeOnBackends } from '#testing/queues.js';
import { Gate, TestTasks } from '#testing/tasks.js';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openPipeline, type Pipeline } from './pipeline.js';

const QUEUES = ['default', 'other', 'third'];
/** Far from the ends of polls and locks, which would hide a job that nobody woke up for. */
const SOON_MS = 4_000;

describeOnBackends('workers with one slot', (kind) => {
  let pipeline: Pipeline;
  let functions: number[];

  beforeEach(async () => {
    pipeline = await openPipeline(kind);
    functions = await Promise.all(
      QUEUES.map(async (queue, index) => {
        const sql = 'update task_function set queue = $2 where id = $1 returning id';
        await pipeline.platform.sql(sql, [index + 1, queue]);
        return index + 1;
      }),
    );
  });
  afterEach(() => pipeline.close());

  const one = { queues: QUEUES, concurrency: { total: 1, perQueue: 1, queues: {} } };

  /** A job for each queue. */
  const jobs = async (): Promise<ScheduledJob[]> =>
    Promise.all(functions.map(async (taskFunctionId) => pipeline.platform.job({ taskFunctionId, policies: { overlap: 'allow', maxInstances: 20 } })));

  const started = (...all: TestTasks[]): number => all.reduce((sum, tasks) => sum + tasks.started.length, 0);

  it('run on the idle one what the busy one has no slot for', async () => {
    const [busy, idle, gate] = [new TestTasks(), new TestTasks(), new Gate()];
    const all = await jobs();
    for (const { id } of all) busy.on(id, gate.handler);
    await pipeline.worker({ ...one, tasks: busy });
    for (const { id } of all.slice(0, 1)) await pipeline.trigger(id);
    await eventually(() => started(busy) === 1);
    await pipeline.worker({ ...one, tasks: idle });
    const triggeredAtMs = performance.now();
    for (let round = 0; round < 3; round += 1) for (const { id } of all) await pipeline.trigger(id);
    await eventually(() => started(idle) === 9);
    expect(performance.now() - triggeredAtMs).toBeLessThan(SOON_MS);
    gate.release();
    for (const { id } of all) await pipeline.ledger(id, (rows) => rows.every(({ status }) => status === 'success'));
    expect(started(busy)).toBe(1);
  });

  it('serve all queues when there is no other, and each attempt once', async () => {
    const [tasks, gate] = [new TestTasks(), new Gate()];
    const all = await jobs();
    for (const { id } of all) tasks.on(id, gate.handler);
    await pipeline.worker({ ...one, tasks });
    for (let round = 0; round < 5; round += 1) for (const { id } of all) await pipeline.trigger(id);
    await eventually(() => started(tasks) === 1);
    gate.release();
    await eventually(() => started(tasks) >= 15, { withinMs: 20_000 });
    for (const { id } of all) await pipeline.ledger(id, (rows) => rows.length === 5 && rows.every(({ status, attempt }) => status === 'success' && attempt === 1));
    expect(started(tasks)).toBe(15);
  });
});
