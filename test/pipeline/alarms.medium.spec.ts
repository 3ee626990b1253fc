/** Either of the planner's two alarms is enough, and both ring for the same instants. */
import { occurrencesBetween } from '#domain/schedule/next-occurrence.js';
import { everySeconds } from '#testing/factories.js';
import { eventually } from '#testing/eventually.js';
import { describeOnBackends } from '#testing/queues.js';
import { afterEach, expect, it } from 'vitest';
import { openPipeline, type Pipeline } from './pipeline.js';

const FREELY = { maxInstances: 10, overlap: 'allow' } as const;

describeOnBackends('the alarms', (kind) => {
  let pipeline: Pipeline;
  afterEach(() => pipeline.close());

  it.each([
    ['the timer', { timer: true, ticks: false }],
    ['the ticks', { timer: false, ticks: true }],
  ])('leave nothing out when only %s ring', async (_words, alarms) => {
    pipeline = await openPipeline(kind);
    await pipeline.scheduler(alarms);
    await pipeline.worker();
    const job = await pipeline.platform.job({ schedule: everySeconds(1), policies: FREELY });
    const rows = await pipeline.ledger(job.id, (all) => all.filter(({ status }) => status === 'success').length >= 3, 15_000);
    const from = new Date((job.nextFireAt?.getTime() ?? 0) - 1);
    const due = occurrencesBetween(job.bounded, from, rows.at(-1)?.scheduled_for ?? from, 100);
    expect(rows.map((row) => row.scheduled_for)).toEqual(due.occurrences);
  });

  it('do nothing twice when both ring in two instances', async () => {
    pipeline = await openPipeline(kind);
    await Promise.all([pipeline.scheduler(), pipeline.scheduler()]);
    await pipeline.worker();
    const { platform, tasks } = pipeline;
    const jobs = await Promise.all(Array.from({ length: 5 }, () => platform.job({ schedule: everySeconds(1), policies: FREELY })));
    for (const job of jobs) await pipeline.ledger(job.id, (all) => all.filter(({ status }) => status === 'success').length >= 3);
    for (const job of jobs) {
      const keys = tasks.startsOf(job.id).map(({ fireKey }) => fireKey);
      expect(new Set(keys).size).toBe(keys.length);
    }
  });

  it('ring for the same instants: a tick has the time of an occurrence', async () => {
    pipeline = await openPipeline(kind);
    const tickedAt: number[] = [];
    const listener = pipeline.queues.worker('ticks', (tick) => {
      tickedAt.push(Number(tick.id?.split(':').at(-1)));
      return Promise.resolve();
    }, {});
    void listener.run();
    await pipeline.scheduler({ timer: true, ticks: false });
    const job = await pipeline.platform.job({ schedule: everySeconds(1), policies: FREELY });
    await eventually(() => tickedAt.length >= 3, { withinMs: 10_000 });
    const rows = await pipeline.ledger(job.id, (all) => (all.at(-1)?.scheduled_for.getTime() ?? 0) >= (tickedAt[2] ?? Infinity));
    const occurrences = rows.map((row) => row.scheduled_for.getTime());
    expect(tickedAt.slice(0, 3).filter((at) => !occurrences.includes(at))).toEqual([]);
  });
});
