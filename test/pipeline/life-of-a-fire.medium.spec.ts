/** Register → tick → plan → dispatch → claim → run → record, on both queue backends, each test with a job of its own. */
import { queueJobId } from '#application/executions/execution.js';
import type { ExecutionId } from '#domain/ids.js';
import type { ScheduledJob } from '#domain/job/scheduled-job.js';
import { occurrencesBetween } from '#domain/schedule/next-occurrence.js';
import { everySeconds } from '#testing/factories.js';
import { eventually } from '#testing/eventually.js';
import { describeOnBackends } from '#testing/queues.js';
import { fails, Gate, runsUntilStopped, succeeds } from '#testing/tasks.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPipeline, type Pipeline } from './pipeline.js';

/** No retry unless a test asks for one. */
const NO_RETRY = { retryCount: 0, backoff: { kind: 'fixed', delayMs: 0, factor: 2, maxDelayMs: 1_000, jitter: 0 } } as const;
const HOUR_MS = 3_600_000;

describeOnBackends('a fire', (kind) => {
  let pipeline: Pipeline;

  beforeAll(async () => {
    pipeline = await openPipeline(kind);
    await pipeline.scheduler();
    await pipeline.worker();
  });
  afterAll(() => pipeline.close());

  describe.concurrent('from its job to its record', () => {
    it('comes every second on the grid, runs, and is recorded', async () => {
      const { platform, tasks } = pipeline;
      const job = await platform.job({ schedule: everySeconds(1), policies: { maxInstances: 3 } });
      const rows = await pipeline.ledger(job.id, (all) => all.filter(({ status }) => status === 'success').length >= 3);
      const [first] = rows;
      const lastMs = rows.at(-1)?.scheduled_for.getTime() ?? 0;
      const due = occurrencesBetween(job.bounded, new Date((first?.scheduled_for.getTime() ?? 0) - 1), new Date(lastMs), 100);
      expect(rows.map((row) => row.scheduled_for)).toEqual(due.occurrences);
      expect(first?.scheduled_for).toEqual(job.nextFireAt);
      for (const row of rows.filter(({ status }) => status === 'success')) {
        expect(row.started_at?.getTime()).toBeGreaterThanOrEqual(row.scheduled_for.getTime());
        expect((row.started_at?.getTime() ?? 0) - row.scheduled_for.getTime()).toBeLessThan(2_000);
      }
      const [start] = tasks.startsOf(job.id);
      expect(start).toMatchObject({ attempt: 1, taskFunction: 'shell', args: { command: 'true' }, scheduledFor: first?.scheduled_for });
      expect(start?.fireKey).toBe(`${job.id}/${first?.scheduled_for.toISOString() ?? ''}`);
      await platform.jobs.delete(job.id);
    });

    it('is tried again after its backoff, as often as the job says', async () => {
      const { platform, tasks } = pipeline;
      const retry = { retryCount: 2, backoff: { kind: 'exponential', delayMs: 150, factor: 2, maxDelayMs: 1_000, jitter: 0 } } as const;
      const job = await platform.job({ policies: { retry } });
      tasks.on(job.id, fails);
      const id = await pipeline.trigger(job.id);
      await pipeline.ledger(job.id, ([row]) => row?.status === 'failed');
      const attempts = await platform.executions.attempts(id);
      expect(attempts.map(({ attempt, status }) => [attempt, status])).toEqual([[1, 'failed'], [2, 'failed'], [3, 'failed']]);
      const waits = attempts.slice(1).map((attempt, index) => attempt.startedAt.getTime() - (attempts[index]?.finishedAt?.getTime() ?? 0));
      expect(waits[0]).toBeGreaterThanOrEqual(149);
      expect(waits[1]).toBeGreaterThanOrEqual(299);
    });

    it('succeeds at its second attempt with the same fire key', async () => {
      const { platform, tasks } = pipeline;
      const job = await platform.job({ policies: { retry: { ...NO_RETRY, retryCount: 1 } } });
      tasks.on(job.id, (context) => (context.attempt === 1 ? fails(context) : succeeds(context)));
      await pipeline.trigger(job.id);
      await pipeline.ledger(job.id, ([row]) => row?.status === 'success');
      expect(new Set(tasks.startsOf(job.id).map(({ fireKey }) => fireKey)).size).toBe(1);
    });

    it('ends as timeout when it takes longer than allowed', async () => {
      const { platform, tasks } = pipeline;
      const job = await platform.job({ policies: { timeoutMs: 200, retry: NO_RETRY } });
      tasks.on(job.id, runsUntilStopped);
      await pipeline.trigger(job.id);
      const [row] = await pipeline.ledger(job.id, ([only]) => only?.status === 'timeout');
      expect(row?.error).toBe('timed out after 200 ms');
    });

    it('is stopped within two seconds of a request to cancel', async () => {
      const { platform, tasks } = pipeline;
      const job = await platform.job({ policies: { retry: { ...NO_RETRY, retryCount: 3 } } });
      tasks.on(job.id, runsUntilStopped);
      const id = await pipeline.trigger(job.id);
      await eventually(() => tasks.startsOf(job.id).length === 1);
      expect(await platform.executions.requestCancel(id)).toBe('requested');
      const [row] = await pipeline.ledger(job.id, ([only]) => only?.status === 'cancelled', 2_000);
      expect(row?.attempt).toBe(1);
    });

    it('never starts when it was cancelled while it waited', async () => {
      const { platform, tasks } = pipeline;
      const job = await platform.job({ policies: { overlap: 'queue-all' } });
      const gate = new Gate();
      tasks.on(job.id, gate.handler);
      await pipeline.trigger(job.id);
      await eventually(() => tasks.startsOf(job.id).length === 1);
      await platform.setBack(job, HOUR_MS - 1);
      const [waiting] = (await pipeline.ledger(job.id, (rows) => rows.some(({ hold }) => hold === 'slot'))).filter(({ hold }) => hold === 'slot');
      expect(await platform.executions.requestCancel((waiting?.id ?? '') as ExecutionId)).toBe('cancelled');
      gate.release();
      await pipeline.ledger(job.id, (rows) => rows.every(({ status }) => status === 'success' || status === 'cancelled'));
      expect(tasks.startsOf(job.id)).toHaveLength(1);
    });

    it('waits for the one before it under queue-one and starts at once when that ends', async () => {
      const { platform, tasks } = pipeline;
      const job = await platform.job({ schedule: everySeconds(1), policies: { overlap: 'queue-one' } });
      const gate = new Gate();
      tasks.on(job.id, gate.handler);
      await pipeline.ledger(job.id, (rows) => rows.some(({ hold }) => hold === 'slot') && rows.some(({ reason }) => reason === 'overlap'));
      expect(tasks.startsOf(job.id)).toHaveLength(1);
      gate.release();
      const rows = await pipeline.ledger(job.id, (all) => all.filter(({ status }) => status === 'success').length >= 2);
      const [first, second] = rows.filter(({ status }) => status === 'success');
      const waitedMs = (second?.started_at?.getTime() ?? Infinity) - (first?.finished_at?.getTime() ?? 0);
      expect(waitedMs).toBeGreaterThanOrEqual(0);
      expect(waitedMs).toBeLessThan(1_000);
      await platform.jobs.delete(job.id);
    });

    it('replaces the running one under cancel-running', async () => {
      const { platform, tasks } = pipeline;
      const job = await platform.job({ policies: { overlap: 'cancel-running', retry: NO_RETRY } });
      tasks.on(job.id, (context) => (tasks.startsOf(job.id).length === 1 ? runsUntilStopped(context) : succeeds(context)));
      await pipeline.trigger(job.id);
      await eventually(() => tasks.startsOf(job.id).length === 1);
      await platform.sql(`update scheduled_job set schedule = jsonb_set(schedule, '{anchorAt}', to_jsonb($2::text)), next_fire_at = $3 where id = $1`, [
        job.id,
        new Date(Date.now() - HOUR_MS).toISOString(),
        new Date(Date.now() - 10),
      ]);
      const rows = await pipeline.ledger(job.id, (all) => all.some(({ status }) => status === 'success'));
      expect(rows.map(({ status }) => status).sort()).toEqual(['cancelled', 'success']);
    });

    it('is dropped when the queue delivers it twice', async () => {
      const { platform, tasks, queues } = pipeline;
      const job = await platform.job();
      const gate = new Gate();
      tasks.on(job.id, gate.handler);
      const id = await pipeline.trigger(job.id);
      await eventually(() => tasks.startsOf(job.id).length === 1);
      const twin = await queues.queue('default').add('shell', { executionId: id, attempt: 1 }, { jobId: `twin-${queueJobId(id, 1)}` });
      await eventually(async () => (await twin.getState()) === 'completed');
      expect(tasks.startsOf(job.id)).toHaveLength(1);
      gate.release();
      await pipeline.ledger(job.id, ([row]) => row?.status === 'success');
    });

    it('stops when its job is deleted', async () => {
      const { platform, tasks } = pipeline;
      const job = await platform.job();
      let isStopped = false;
      tasks.on(job.id, async (context) => {
        const outcome = await runsUntilStopped(context);
        isStopped = true;
        return outcome;
      });
      await pipeline.trigger(job.id);
      await eventually(() => tasks.startsOf(job.id).length === 1);
      await platform.jobs.delete(job.id);
      await eventually(() => isStopped, { withinMs: 2_000 });
    });

    it('has a job scheduler in the queue for as long as its job can fire, at the instants of the ledger', async () => {
      const { platform, queues } = pipeline;
      const daily = async (): Promise<ScheduledJob> => platform.job({ schedule: everySeconds(86_400) });
      const [stays, moves, off, paused, gone] = [await daily(), await daily(), await daily(), await daily(), await daily()];
      const all = [stays, moves, off, paused, gone].map(({ id }) => id);
      const ours = async (): Promise<string[]> => (await pipeline.registered()).filter((id) => (all as string[]).includes(id));
      const nextTick = async ({ id }: ScheduledJob): Promise<number | undefined> => (await queues.queue('ticks').getJobScheduler(id))?.next;
      await eventually(async () => { expect(await ours()).toEqual([...all].sort()); });
      expect(await nextTick(stays)).toBe(stays.nextFireAt?.getTime());
      const moved = await platform.change(moves.id, { schedule: everySeconds(43_200, new Date('2026-01-01T00:00:01Z')) });
      await platform.change(off.id, { isEnabled: false });
      await platform.change(paused.id, { isPaused: true });
      await platform.jobs.delete(gone.id);
      await eventually(async () => { expect(await ours()).toEqual([stays.id, moves.id].sort()); });
      expect(await nextTick(moved)).toBe(moved.nextFireAt?.getTime());
      await platform.change(off.id, { isEnabled: true });
      await platform.change(paused.id, { isPaused: false });
      await eventually(async () => { expect(await ours()).toEqual(all.filter((id) => id !== gone.id).sort()); });
    });
  });
});
