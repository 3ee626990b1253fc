/** Parts of the pipeline go away and come back; the ledger stays complete and the work gets done. */
import { occurrencesBetween } from '#domain/schedule/next-occurrence.js';
import { everySeconds } from '#testing/factories.js';
import { eventually } from '#testing/eventually.js';
import { describeOnBackends } from '#testing/queues.js';
import { runsUntilStopped, succeeds, TestTasks } from '#testing/tasks.js';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openPipeline, type Pipeline } from './pipeline.js';

const HOUR_MS = 3_600_000;

describeOnBackends('an outage', (kind) => {
  let pipeline: Pipeline;
  beforeEach(async () => {
    pipeline = await openPipeline(kind);
  });
  afterEach(() => pipeline.close());

  const leader = async (): Promise<string | null> =>
    (await pipeline.platform.sql<{ holder: string | null }>('select holder from leader_lease where expires_at > clock_timestamp()'))[0]?.holder ?? null;

  it('of the scheduler is caught up by the policy of each job when it is back', async () => {
    const { platform } = pipeline;
    const during = await pipeline.scheduler();
    await pipeline.worker();
    await during.stop();
    const all = await platform.job({ schedule: everySeconds(2), policies: { catchUp: { mode: 'all', windowMs: HOUR_MS } } });
    const latest = await platform.job({ schedule: everySeconds(60), policies: { catchUp: { mode: 'latest', windowMs: HOUR_MS } } });
    const none = await platform.job({ schedule: everySeconds(60), policies: { catchUp: { mode: 'none', windowMs: HOUR_MS } } });
    const cursor = await platform.setBack(all, 20_000);
    await platform.setBack(latest, 600_000);
    await platform.setBack(none, 600_000);
    await pipeline.scheduler();
    const rows = await pipeline.ledger(all.id, (found) => found.filter(({ status }) => status === 'success').length >= 7);
    const due = occurrencesBetween(all.bounded, new Date(cursor.getTime() - 1), rows.at(-1)?.scheduled_for ?? cursor, 1_000);
    expect(rows.map((row) => row.scheduled_for)).toEqual(due.occurrences);
    const caughtUp = await pipeline.ledger(latest.id, (found) => found.some(({ status }) => status === 'success'));
    expect(caughtUp.filter(({ status }) => status === 'success')).toHaveLength(1);
    expect(caughtUp.filter(({ reason }) => reason === 'coalesced').length).toBeGreaterThanOrEqual(8);
    const skipped = await pipeline.ledger(none.id, (found) => found.length >= 9);
    expect(skipped.filter(({ reason }) => reason === 'missed_window').length).toBeGreaterThanOrEqual(9);
  });

  it('of the leader hands the duties over within two seconds when it leaves in order', async () => {
    const first = await pipeline.scheduler();
    await eventually(async () => (await leader()) !== null);
    const before = await leader();
    await pipeline.scheduler();
    await first.stop();
    await eventually(async () => ![null, before].includes(await leader()), { withinMs: 2_000 });
  });

  it('of a worker that is shut down hands its unfinished runs to another', async () => {
    const { platform, tasks } = pipeline;
    await pipeline.scheduler();
    const leaving = await pipeline.worker({ drainTimeoutMs: 100 });
    const job = await platform.job();
    tasks.on(job.id, runsUntilStopped);
    const id = await pipeline.trigger(job.id);
    await eventually(() => tasks.startsOf(job.id).length === 1);
    const elsewhere = new TestTasks();
    elsewhere.on(job.id, succeeds);
    await pipeline.worker({ tasks: elsewhere });
    await leaving.stop();
    await pipeline.ledger(job.id, ([row]) => row?.status === 'success');
    expect((await platform.executions.attempts(id)).map(({ attempt, status }) => [attempt, status])).toEqual([[1, 'lost'], [2, 'success']]);
    expect(elsewhere.startsOf(job.id)).toMatchObject([{ attempt: 2 }]);
    const [stopped] = await platform.sql<{ n: number }>(`select count(*)::int as n from worker where status = 'stopped'`);
    expect(stopped?.n).toBe(1);
  });

  it('of a lease stops the run that lost it, and the next attempt goes on', async () => {
    const { platform, tasks } = pipeline;
    await pipeline.scheduler();
    await pipeline.worker();
    const job = await platform.job();
    const stoppedBecause: string[] = [];
    tasks.on(job.id, async (context) => {
      if (context.attempt > 1) return succeeds(context);
      const outcome = await runsUntilStopped(context);
      stoppedBecause.push((context.signal.reason as { kind: string }).kind);
      return outcome;
    });
    const id = await pipeline.trigger(job.id);
    await eventually(() => tasks.startsOf(job.id).length === 1);
    await platform.sql(`update execution set lease_until = clock_timestamp() - interval '1 s' where id = $1`, [id]);
    // The owner may renew before the leader looks; it is taken away until it is gone.
    await eventually(async () => {
      await platform.sql(`update execution set lease_until = clock_timestamp() - interval '1 s' where id = $1 and status = 'running' and attempt = 1`, [id]);
      return (await platform.row(id)).lost_count === 1;
    });
    await pipeline.ledger(job.id, ([row]) => row?.status === 'success');
    await eventually(() => stoppedBecause.length === 1);
    expect(stoppedBecause).toEqual(['fenced']);
    expect((await platform.executions.attempts(id)).map(({ status }) => status)).toEqual(['lost', 'success']);
  });

  it('between plan and queue is closed from the outbox', async () => {
    const { platform } = pipeline;
    const job = await platform.job();
    const result = await platform.triggers.trigger(job.id, { source: 'manual', userId: null });
    expect(result.kind).toBe('triggered');
    await pipeline.worker();
    await pipeline.scheduler();
    await pipeline.ledger(job.id, ([row]) => row?.status === 'success');
  });
});
