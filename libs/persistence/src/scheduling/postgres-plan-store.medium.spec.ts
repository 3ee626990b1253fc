import { planJob } from '#application/scheduling/planner.js';
import type { PlannedChunk } from '#application/scheduling/plan-store.js';
import type { ScheduledJob } from '#domain/job/scheduled-job.js';
import { newId, type WorkerId } from '#domain/ids.js';
import { occurrencesBetween } from '#domain/schedule/next-occurrence.js';
import { everySeconds, type JobOverrides } from '#testing/factories.js';
import { openPlatform, type ExecutionRow, type Platform } from '#testing/platform.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

const MANY = 1_000;
const HOUR_MS = 3_600_000;

let platform: Platform;

beforeAll(async () => {
  platform = await openPlatform();
});
beforeEach(() => platform.clear());
afterAll(() => platform.close());

const plan = (limit = MANY): Promise<PlannedChunk> => platform.plans.planDue(limit, planJob);
const times = (rows: readonly { scheduled_for: Date }[]): string[] => rows.map((row) => row.scheduled_for.toISOString());
const shortly = (row: ExecutionRow): string => (row.status === 'skipped' ? `skipped ${String(row.reason)}` : `${row.status}${row.hold === 'slot' ? ' held' : ''}`);

/** An hourly job whose newest occurrence is due this very moment, so that it is on time. */
const dueNow = async (overrides: JobOverrides = {}): Promise<{ job: ScheduledJob; at: Date }> => {
  const at = new Date(Math.floor((await platform.now()).getTime()) - 20);
  const schedule = everySeconds(3_600, new Date(at.getTime() - HOUR_MS));
  const job = await platform.job({ schedule, ...overrides });
  await platform.sql('update scheduled_job set next_fire_at = $2 where id = $1', [job.id, at]);
  return { job, at };
};

/** Puts one live execution of the job into the ledger. */
const live = async (job: ScheduledJob, status: 'pending' | 'running', held = false): Promise<string> => {
  const id = newId();
  await platform.sql(
    `insert into execution (id, job_id, scheduled_for, sort_at, trigger, schedule_version, status, hold, task_function, queue,
                            priority, timeout_ms, attempt, token, lease_until)
     values ($1, $2, clock_timestamp() - interval '10 minutes', now(), 'manual', 1, $3, $4, 'shell', 'default', 0, 1000,
             case $3 when 'running' then 1 else 0 end, 1, now() + interval '1 hour')`,
    [id, job.id, status, held ? 'slot' : null],
  );
  return id;
};

describe('a due job', () => {
  it('becomes one row with a snapshot of what it will run', async () => {
    const { job, at } = await dueNow({ args: { command: 'ls' }, policies: { timeoutMs: 4_321, priority: 5 } });
    const chunk = await plan();
    const [row, ...more] = await platform.rows(job.id);
    expect(more).toEqual([]);
    expect(row).toMatchObject({
      scheduled_for: at,
      trigger: 'scheduler',
      status: 'pending',
      hold: null,
      schedule_version: 1,
      task_function: 'shell',
      queue: 'default',
      priority: 5,
      args: { command: 'ls' },
      timeout_ms: 4_321,
      attempt: 0,
    });
    expect(chunk).toMatchObject({ jobs: 1, outcomes: { run: 1 } });
    expect(chunk.items).toEqual([
      { executionId: row?.id, attempt: 1, queue: 'default', taskFunction: 'shell', priority: 5, delayMs: 0 },
    ]);
    expect(chunk.latenessMs[0]).toBeGreaterThan(0);
  });

  it('is planned once, however often somebody asks', async () => {
    const { job } = await dueNow();
    await plan();
    expect(await plan()).toMatchObject({ jobs: 0, items: [] });
    expect(await platform.rows(job.id)).toHaveLength(1);
  });

  it('moves its cursor by the schedule and not by the time of the plan', async () => {
    const { job, at } = await dueNow();
    await plan();
    expect(await platform.cursorOf(job.id)).toEqual(new Date(at.getTime() + HOUR_MS));
  });

  it('leaves an occurrence alone that is in the ledger already', async () => {
    const { job, at } = await dueNow();
    await plan();
    const before = await platform.rows(job.id);
    await platform.sql('update scheduled_job set next_fire_at = $2 where id = $1', [job.id, at]);
    expect(await plan()).toMatchObject({ jobs: 1, items: [], outcomes: {} });
    expect(await platform.rows(job.id)).toEqual(before);
  });

  it('does not fire before its time', async () => {
    const job = await platform.job();
    expect(await plan()).toMatchObject({ jobs: 0 });
    expect(await platform.rows(job.id)).toEqual([]);
  });

  it('tells how long nothing is to be done', async () => {
    expect(await platform.plans.msUntilNextFire()).toBeNull();
    const job = await platform.job();
    await platform.sql(`update scheduled_job set next_fire_at = clock_timestamp() + interval '10 s' where id = $1`, [job.id]);
    expect(await platform.plans.msUntilNextFire()).toBeGreaterThan(9_000);
    await platform.sql(`update scheduled_job set next_fire_at = clock_timestamp() - interval '10 s' where id = $1`, [job.id]);
    expect(await platform.plans.msUntilNextFire()).toBeLessThanOrEqual(-10_000);
  });
});

describe('two planners at once', () => {
  it('neither double nor lose an occurrence', async () => {
    const jobs = await Promise.all(Array.from({ length: 60 }, () => platform.job({ schedule: everySeconds(1), policies: { maxInstances: 10 } })));
    await Promise.all(jobs.map((job) => platform.setBack(job, 3_000)));
    const until = performance.now() + 1_200;
    const planner = async (): Promise<void> => {
      while (performance.now() < until) await plan(7);
    };
    await Promise.all([planner(), planner(), planner()]);
    await plan();
    for (const job of jobs) {
      const rows = await platform.rows(job.id);
      const cursor = await platform.cursorOf(job.id);
      const first = rows[0]?.scheduled_for ?? new Date(0);
      const due = occurrencesBetween(job.bounded, new Date(first.getTime() - 1), new Date((cursor?.getTime() ?? 0) - 1), 1_000);
      expect(times(rows)).toEqual(due.occurrences.map((at) => at.toISOString()));
    }
  });

  it('plan what is left to them while the other holds the rest', async () => {
    await Promise.all(Array.from({ length: 10 }, () => dueNow()));
    const chunks = await Promise.all([plan(5), plan(5)]);
    const rest = await plan();
    expect(chunks.reduce((sum, chunk) => sum + chunk.jobs, rest.jobs)).toBe(10);
    const [count] = await platform.sql<{ n: number }>('select count(*)::int as n from execution');
    expect(count?.n).toBe(10);
  });
});

describe('an occurrence that meets a live execution', () => {
  it.each([
    ['skip', 'skipped overlap'],
    ['queue-one', 'pending held'],
    ['queue-all', 'pending held'],
    ['cancel-running', 'pending held'],
    ['allow', 'skipped limit'],
  ] as const)('under %s is %s', async (overlap, expected) => {
    const { job, at } = await dueNow({ policies: { overlap } });
    await live(job, 'running');
    await plan();
    const row = (await platform.rows(job.id)).find(({ trigger }) => trigger === 'scheduler');
    expect(row?.scheduled_for).toEqual(at);
    expect(row === undefined ? null : shortly(row)).toBe(expected);
    expect(row?.finished_at === null).toBe(row?.status === 'pending');
  });

  it('is skipped under queue-one when one waits already, and waits under queue-all', async () => {
    for (const [overlap, expected] of [['queue-one', 'skipped overlap'], ['queue-all', 'pending held']] as const) {
      const { job } = await dueNow({ policies: { overlap } });
      await live(job, 'running');
      await live(job, 'pending', true);
      await plan();
      const row = (await platform.rows(job.id)).find(({ trigger }) => trigger === 'scheduler');
      expect(row === undefined ? null : shortly(row)).toBe(expected);
    }
  });

  it('counts manual executions and those that have not started', async () => {
    const { job } = await dueNow();
    const triggered = await platform.triggers.trigger(job.id, { source: 'manual', userId: null });
    expect(triggered.kind).toBe('triggered');
    await plan();
    expect((await platform.rows(job.id)).map(shortly).sort()).toEqual(['pending', 'skipped overlap']);
  });

  it('starts beside others up to maxInstances', async () => {
    const { job } = await dueNow({ policies: { maxInstances: 3, overlap: 'allow' } });
    await live(job, 'running');
    await live(job, 'running');
    expect((await plan()).outcomes).toEqual({ run: 1 });
    await platform.sql(`update scheduled_job set next_fire_at = next_fire_at - interval '2 hours' where id = $1`, [job.id]);
    expect((await platform.rows(job.id)).filter(({ status, hold }) => status !== 'skipped' && hold === null)).toHaveLength(3);
  });

  it('cancels under cancel-running: what waits is over, what runs is asked to stop, and the new one starts after it', async () => {
    const { job } = await dueNow({ policies: { overlap: 'cancel-running', maxInstances: 2 } });
    const running = await live(job, 'running');
    const waiting = await live(job, 'pending');
    await plan();
    expect(await platform.row(waiting)).toMatchObject({ status: 'cancelled', error: 'cancelled by the next occurrence' });
    const stopped = await platform.row(running);
    expect(stopped.status).toBe('running');
    expect(stopped.cancel_requested_at).not.toBeNull();
    expect(await platform.plans.releaseHeld([job.id])).toHaveLength(1);
  });
});

describe('three instances', () => {
  it('take the first three of five that are due together', async () => {
    const job = await platform.job({ schedule: everySeconds(1), policies: { maxInstances: 3, overlap: 'allow' } });
    await platform.makeDue(job, 4);
    await plan();
    expect((await platform.rows(job.id)).map(shortly)).toEqual(['pending', 'pending', 'pending', 'skipped limit']);
  });
});

describe('releaseHeld', () => {
  it('lets the oldest go, one a free slot, and no more', async () => {
    const job = await platform.job({ schedule: everySeconds(1), policies: { overlap: 'queue-all' } });
    await platform.makeDue(job, 4);
    await plan();
    const rows = await platform.rows(job.id);
    expect(rows.map(shortly)).toEqual(['pending', 'pending held', 'pending held', 'pending held']);
    expect(await platform.plans.releaseHeld()).toEqual([]);
    await platform.sql(`update execution set status = 'success' where id = $1`, [rows[0]?.id]);
    const released = await Promise.all([platform.plans.releaseHeld(), platform.plans.releaseHeld([job.id])]);
    expect(released.flat()).toEqual([
      { executionId: rows[1]?.id, attempt: 1, queue: 'default', taskFunction: 'shell', priority: 0, delayMs: 0 },
    ]);
    expect((await platform.rows(job.id)).map(shortly)).toEqual(['success', 'pending', 'pending held', 'pending held']);
  });

  it('looks at the named jobs only', async () => {
    const [one, other] = [await platform.job(), await platform.job()];
    await live(one, 'pending', true);
    await live(other, 'pending', true);
    expect(await platform.plans.releaseHeld([one.id])).toHaveLength(1);
    expect((await platform.rows(other.id)).map(shortly)).toEqual(['pending held']);
  });
});

describe('what holds a slot at the claim', () => {
  it('is never more than maxInstances, whatever is planned, triggered, claimed and released together', async () => {
    const job = await platform.job({ schedule: everySeconds(1), policies: { maxInstances: 2, overlap: 'queue-all', catchUp: { mode: 'all', windowMs: HOUR_MS } } });
    await platform.setBack(job, 30_000);
    const claimer = newId<WorkerId>();
    const turn = async (): Promise<void> => {
      await Promise.all([plan(), platform.plans.releaseHeld(), platform.triggers.trigger(job.id, { source: 'manual', userId: null })]);
      const pending = (await platform.rows(job.id)).filter(({ status }) => status === 'pending');
      await platform.ledger.claim(claimer, pending.map(({ id }) => ({ executionId: id as never, attempt: 1 })));
      const running = (await platform.rows(job.id)).filter(({ status }) => status === 'running');
      expect(running.length).toBeLessThanOrEqual(2);
      await platform.sql(`update execution set status = 'success' where id = $1`, [running[0]?.id ?? newId()]);
    };
    for (let round = 0; round < 15; round += 1) await turn();
  });
});
