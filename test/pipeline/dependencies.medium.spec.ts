/** Jobs that wait for jobs, through scheduler, queue and worker, on both queue backends. */
import type { ScheduledJob } from '#domain/job/scheduled-job.js';
import { eventually } from '#testing/eventually.js';
import { describeOnBackends } from '#testing/queues.js';
import type { ExecutionRow, Platform } from '#testing/platform.js';
import { fails, Gate, succeeds } from '#testing/tasks.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPipeline, type Pipeline } from './pipeline.js';

const NO_RETRY = { retryCount: 0, backoff: { kind: 'fixed', delayMs: 0, factor: 2, maxDelayMs: 1_000, jitter: 0 } } as const;
/** The leader's sweep comes every 1.5 s; what is faster was not its doing. */
const SWEEP_MS = 1_500;

describeOnBackends('jobs that depend on each other', (kind) => {
  let pipeline: Pipeline;

  beforeAll(async () => {
    pipeline = await openPipeline(kind);
    await pipeline.scheduler();
    await pipeline.worker();
  });
  afterAll(() => pipeline.close());

  /** A chain of jobs that all fire at one instant, a second from now. Each depends on the one before it. */
  async function chain(...policies: NonNullable<Parameters<Platform['job']>[0]>['policies'][]): Promise<ScheduledJob[]> {
    const { platform } = pipeline;
    const at = new Date((await platform.now()).getTime() + 1_000);
    const jobs: ScheduledJob[] = [];
    for (const [index, own] of policies.entries()) {
      const before = jobs.at(-1);
      const dependsOn = before === undefined ? [] : [before.number];
      const name = `link ${String(index)}`;
      jobs.push(await platform.job({ name, schedule: { kind: 'once', at, timeZone: 'UTC' }, dependsOn, policies: { retry: NO_RETRY, ...own } }));
    }
    return jobs;
  }

  const only = async (job: ScheduledJob, status: string): Promise<ExecutionRow> => {
    const [row] = await pipeline.ledger(job.id, (rows) => rows[0]?.status === status);
    if (row === undefined) throw new Error('no execution');
    return row;
  };

  describe.concurrent('due at one instant', () => {
    it('run in the order of the chain, each as soon as the one before it succeeded', async () => {
      const jobs = await chain({}, {}, {});
      const rows = await Promise.all(jobs.map(async (job) => only(job, 'success')));
      for (const [index, row] of rows.slice(1).entries()) {
        const waitedMs = (row.started_at?.getTime() ?? 0) - (rows[index]?.finished_at?.getTime() ?? Infinity);
        expect(waitedMs).toBeGreaterThanOrEqual(0);
        expect(waitedMs).toBeLessThan(SWEEP_MS);
      }
    });

    it('fail down the chain when its first link fails, with the reason, and start nothing', async () => {
      const [first, second, third] = await chain({}, {}, {});
      if (first === undefined || second === undefined || third === undefined) throw new Error('no chain');
      pipeline.tasks.on(first.id, fails);
      await only(first, 'failed');
      expect(await only(second, 'failed')).toMatchObject({
        reason: 'dependency_failed',
        error: `dependency ${String(first.number)} 'link 0' did not succeed (failed)`,
        attempt: 0,
      });
      expect(await only(third, 'failed')).toMatchObject({ reason: 'dependency_failed', attempt: 0 });
      expect([second, third].flatMap((job) => pipeline.tasks.startsOf(job.id))).toEqual([]);
    });

    it('wait for the retries of a link', async () => {
      const [first, second] = await chain({ retry: { retryCount: 1, backoff: { ...NO_RETRY.backoff, delayMs: 200 } } }, {});
      if (first === undefined || second === undefined) throw new Error('no chain');
      pipeline.tasks.on(first.id, (context) => (context.attempt === 1 ? fails(context) : succeeds(context)));
      const done = await only(second, 'success');
      expect(done.started_at?.getTime()).toBeGreaterThanOrEqual((await only(first, 'success')).finished_at?.getTime() ?? Infinity);
      expect(pipeline.tasks.startsOf(first.id)).toHaveLength(2);
    });

    it('wait no longer than their own time limit', async () => {
      const [first, second] = await chain({}, { timeoutMs: 500 });
      if (first === undefined || second === undefined) throw new Error('no chain');
      const gate = new Gate();
      pipeline.tasks.on(first.id, gate.handler);
      expect(await only(second, 'failed')).toMatchObject({ reason: 'dependency_timeout', attempt: 0 });
      expect((await only(first, 'running')).status).toBe('running');
      gate.release();
      await only(first, 'success');
    });

    it('are taken on by the leader when a link is cancelled before it started', async () => {
      const [first, second] = await chain({ maxInstances: 1 }, {});
      if (first === undefined || second === undefined) throw new Error('no chain');
      const gate = new Gate();
      pipeline.tasks.on(first.id, gate.handler);
      await eventually(() => pipeline.tasks.startsOf(first.id).length === 1);
      const running = await only(first, 'running');
      expect(await pipeline.platform.executions.requestCancel(running.id as never)).toBe('requested');
      expect(await only(second, 'failed')).toMatchObject({ reason: 'dependency_failed' });
      gate.release();
    });
  });
});
