/** Redis is emptied, or goes away and comes back empty: nothing is lost, and firing goes on. */
import { everySeconds } from '#testing/factories.js';
import { eventually } from '#testing/eventually.js';
import { Gate } from '#testing/tasks.js';
import { describeWithRedis, startRedisServer, type TestRedis } from '#testing/stores.js';
import { occurrencesBetween } from '#domain/schedule/next-occurrence.js';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openPipeline, type Pipeline } from './pipeline.js';

const FREELY = { maxInstances: 10, overlap: 'queue-all' } as const;

describeWithRedis('the loss of Redis', () => {
  let pipeline: Pipeline;
  let redis: TestRedis;

  beforeEach(async () => {
    redis = await startRedisServer();
    pipeline = await openPipeline('redis', { redisUrl: redis.url });
  });
  afterEach(async () => {
    await pipeline.close();
    await redis.stop();
  });

  it.each([
    ['both alarms', { timer: true, ticks: true }],
    ['the ticks alone', { timer: false, ticks: true }],
  ])("'s memory loses no occurrence, and with %s firing goes on within 5 s", async (_words, alarms) => {
    const { platform } = pipeline;
    await pipeline.scheduler(alarms);
    await pipeline.worker();
    const job = await platform.job({ schedule: everySeconds(1), policies: FREELY });
    const done = async (count: number, withinMs: number): Promise<unknown> =>
      pipeline.ledger(job.id, (rows) => rows.filter(({ status }) => status === 'success').length >= count, withinMs);
    await done(2, 10_000);
    await redis.flushAll();
    const flushedAt = await platform.now();
    const rows = await pipeline.ledger(
      job.id,
      (all) => all.some(({ status, started_at: at }) => status === 'success' && at !== null && at > flushedAt),
      5_000,
    );
    expect(rows.length).toBeGreaterThanOrEqual(3);
    await eventually(async () => { expect(await pipeline.registered()).toEqual([job.id]); });
    await platform.change(job.id, { isPaused: true });
    const settled = await pipeline.ledger(job.id, (all) => all.every(({ status }) => status === 'success' || status === 'skipped'));
    const from = new Date((job.nextFireAt?.getTime() ?? 0) - 1);
    expect(settled.map((row) => row.scheduled_for)).toEqual(
      occurrencesBetween(job.bounded, from, settled.at(-1)?.scheduled_for ?? from, 100).occurrences,
    );
  });

  it("'s memory brings back what waited in a queue", async () => {
    const { platform, tasks } = pipeline;
    const jobs = await Promise.all(Array.from({ length: 20 }, () => platform.job()));
    for (const job of jobs) await pipeline.trigger(job.id);
    await redis.flushAll();
    await pipeline.scheduler();
    await pipeline.worker();
    for (const job of jobs) await pipeline.ledger(job.id, ([row]) => row?.status === 'success');
    expect(tasks.started).toHaveLength(20);
  });

  it('does not stop triggers: they are accepted at once and run when it is back', async () => {
    const { platform, tasks } = pipeline;
    await pipeline.scheduler();
    await pipeline.worker();
    const job = await platform.job({ policies: { maxInstances: 10 } });
    await pipeline.trigger(job.id);
    await pipeline.ledger(job.id, ([row]) => row?.status === 'success');
    await redis.kill();
    const askedAtMs = performance.now();
    await pipeline.trigger(job.id);
    await pipeline.trigger(job.id);
    expect(performance.now() - askedAtMs).toBeLessThan(6_000);
    redis = await startRedisServer({ port: redis.port });
    await pipeline.ledger(job.id, (rows) => rows.length === 3 && rows.every(({ status }) => status === 'success'), 15_000);
    expect(tasks.startsOf(job.id)).toHaveLength(3);
  });

  it('does not touch what runs: its end is recorded', async () => {
    const { platform, tasks } = pipeline;
    await pipeline.scheduler();
    await pipeline.worker();
    const job = await platform.job();
    const gate = new Gate();
    tasks.on(job.id, gate.handler);
    await pipeline.trigger(job.id);
    await eventually(() => tasks.startsOf(job.id).length === 1);
    await redis.flushAll();
    gate.release();
    const [row] = await pipeline.ledger(job.id, ([only]) => only?.status === 'success');
    expect(row?.attempt).toBe(1);
  });
});
