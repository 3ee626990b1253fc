import { defineNewJob, redefineJob } from '#application/jobs/define-job.js';
import { planJob } from '#application/scheduling/planner.js';
import { newId, type ExecutionId, type JobId, type WorkerId } from '#domain/ids.js';
import type { ScheduledJob } from '#domain/job/scheduled-job.js';
import { nextOccurrence } from '#domain/schedule/next-occurrence.js';
import { everySeconds } from '#testing/factories.js';
import { eventually } from '#testing/eventually.js';
import { openPlatform, type ExecutionRow, type Platform } from '#testing/platform.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { NotificationListener } from '../listener.js';
import { CANCEL_CHANNEL, JOBS_CHANNEL } from '../notifications.js';

const WORKER = newId<WorkerId>();
const EVERY_HOUR = { hours: 1 };
const CATCH_UP_ALL = { mode: 'all', windowMs: 3_600_000 } as const;

let platform: Platform;

beforeAll(async () => {
  platform = await openPlatform();
});
beforeEach(() => platform.clear());
afterAll(() => platform.close());

const trigger = async (job: ScheduledJob): Promise<ExecutionId> => {
  const result = await platform.triggers.trigger(job.id, { source: 'manual', userId: null });
  if (result.kind !== 'triggered') throw new Error(result.kind);
  return result.executionId;
};

/** A job with `count` occurrences of its schedule that wait to be claimed. */
const withWaiting = async (count: number, overrides: Parameters<Platform['job']>[0] = {}): Promise<{ job: ScheduledJob; ids: ExecutionId[] }> => {
  const job = await platform.job({ schedule: everySeconds(1), ...overrides, policies: { maxInstances: 10, overlap: 'allow', catchUp: CATCH_UP_ALL, ...overrides.policies } });
  await platform.makeDue(job, count);
  await platform.plans.planDue(100, planJob);
  await platform.sql('update scheduled_job set end_at = null where id = $1', [job.id]);
  const rows = await platform.rows(job.id);
  expect(rows.map(({ status }) => status)).toEqual(Array.from({ length: count }, () => 'pending'));
  return { job, ids: rows.map(({ id }) => id as ExecutionId) };
};

const claim = async (ids: readonly ExecutionId[], attempt = 1): Promise<number> =>
  (await platform.ledger.claim(WORKER, ids.map((executionId) => ({ executionId, attempt })))).length;

const outcomes = (rows: readonly ExecutionRow[]): (string | null)[] => rows.map(({ status, reason }) => reason ?? status);

describe('a new job', () => {
  it('is stored as it was defined and fires after the present of the database', async () => {
    const id = newId<JobId>();
    let askedAt = new Date(0);
    const job = await platform.jobs.create(
      id,
      (now) => {
        askedAt = now;
        return defineNewJob({ name: 'nightly\u0000', taskFunctionId: 7, jobTypeId: 1, scheduleConfig: EVERY_HOUR }, 9_000, now);
      },
      null,
    );
    expect(job).toMatchObject({ id, name: 'nightly\uFFFD', scheduleVersion: 1, isEnabled: true, isPaused: false });
    expect(job.policies).toMatchObject({ timeoutMs: 9_000, maxInstances: 1, retry: { retryCount: 3 } });
    expect(job.nextFireAt).toEqual(nextOccurrence(job.bounded, askedAt));
    expect(await platform.jobs.find(id)).toEqual({
      ...job,
      taskFunctionName: 'shell',
      taskFunctionDisplayName: expect.any(String) as string,
      queue: 'default',
      lastRun: null,
      isRunning: false,
      failureStreak: 0,
    });
  });

  it('leaves nothing when its definition is refused', async () => {
    const refused = platform.jobs.create(newId<JobId>(), () => { throw new Error('refused'); }, null);
    await expect(refused).rejects.toThrow('refused');
    expect((await platform.jobs.list({}, { page: 1, perPage: 10 })).counts.total).toBe(0);
  });

  it('keeps every policy through the store', async () => {
    const policies = {
      maxInstances: 4,
      timeoutMs: 1_234,
      retry: { retryCount: 2, backoff: { kind: 'exponential', delayMs: 10, factor: 1.5, maxDelayMs: 99, jitter: 0.25 } },
      overlap: 'queue-all',
      catchUp: { mode: 'all', windowMs: 5_000_000_000 },
      onWorkerLost: 'fail',
      priority: 12,
    } as const;
    const job = await platform.job({ policies });
    expect((await platform.jobs.find(job.id))?.policies).toEqual(policies);
  });
});

describe('a change of the schedule', () => {
  it('supersedes what waits, grows the version and starts the cursor at the present', async () => {
    const { job, ids } = await withWaiting(2);
    const before = await platform.now();
    const changed = await platform.change(job.id, { schedule: everySeconds(7) });
    expect(outcomes(await platform.rows(job.id))).toEqual(['superseded', 'superseded']);
    expect(changed.scheduleVersion).toBe(2);
    expect(changed.nextFireAt?.getTime()).toBeGreaterThan(before.getTime());
    expect(await claim(ids)).toBe(0);
    const history = await platform.sql<{ schedule_version: number; is_active: boolean }>(
      'select schedule_version, is_active from job_schedule_history where job_id = $1 order by 1', [job.id]);
    expect(history).toEqual([{ schedule_version: 1, is_active: true }, { schedule_version: 2, is_active: true }]);
  });

  it('never fires retroactively, whatever was due under the old or the new one', async () => {
    const job = await platform.job({ schedule: everySeconds(3_600) });
    await platform.setBack(job, 7_200_000);
    await platform.change(job.id, { schedule: everySeconds(1, new Date('2020-01-01T00:00:00Z')) });
    const changedAt = await platform.now();
    await eventually(async () => (await platform.plans.planDue(10, planJob)).items.length > 0);
    const [first] = (await platform.rows(job.id)).filter(({ status }) => status !== 'skipped');
    expect(first?.scheduled_for.getTime()).toBeGreaterThan(changedAt.getTime() - 50);
  });

  it.each([
    ['superseded', { schedule: everySeconds(3_600) }],
    ['paused', { isPaused: true }],
    ['superseded', { isEnabled: false }],
  ])('records what was due and not planned yet as %s', async (reason, change) => {
    const job = await platform.job({ schedule: everySeconds(10) });
    const cursor = await platform.setBack(job, 25_000);
    await platform.change(job.id, change);
    const rows = await platform.rows(job.id);
    expect(rows.map(({ scheduled_for: at }) => at.getTime() - cursor.getTime()).slice(0, 2)).toEqual([0, 10_000]);
    expect(new Set(outcomes(rows))).toEqual(new Set([reason]));
  });

  it('records a long arrear of it as one gap', async () => {
    const job = await platform.job({ schedule: everySeconds(1) });
    const cursor = await platform.setBack(job, 1_500_500);
    await platform.change(job.id, { isPaused: true });
    expect(await platform.rows(job.id)).toEqual([]);
    const [gap] = await platform.gaps(job.id);
    expect(gap).toMatchObject({ from_at: cursor, reason: 'paused' });
    expect(gap?.to_at.getTime()).toBe(cursor.getTime() + ((gap?.count ?? 0) - 1) * 1_000);
    expect(gap?.count).toBeGreaterThanOrEqual(1_501);
  });

  it('leaves manual triggers, further attempts and running executions alone', async () => {
    const { job, ids } = await withWaiting(2);
    const manual = await trigger(job);
    await claim(ids.slice(0, 1));
    await platform.sql(`update execution set attempt = 1 where id = $1`, [ids[1]]);
    await platform.change(job.id, { schedule: everySeconds(7) });
    expect((await platform.row(ids[0] ?? '')).status).toBe('running');
    expect((await platform.row(ids[1] ?? '')).status).toBe('pending');
    expect(await platform.row(manual)).toMatchObject({ status: 'pending', schedule_version: 2 });
  });
});

describe('an unchanged save', () => {
  it('moves neither the grid of an interval nor the version nor the cursor', async () => {
    const created = await platform.jobs.create(newId<JobId>(), (now) => defineNewJob({ name: 'grid', taskFunctionId: 7, jobTypeId: 1, scheduleConfig: { minutes: 5, hours: 0 } }, 1_000, now), null);
    await platform.setBack(created, 600_000);
    const before = await platform.jobs.find(created.id);
    const saved = await platform.jobs.update(created.id, (job, now) => redefineJob(job, { scheduleConfig: { hours: 0, minutes: 5 }, name: 'renamed' }, now), null);
    expect(saved?.name).toBe('renamed');
    expect(saved?.bounded).toEqual(created.bounded);
    expect(saved?.scheduleVersion).toBe(1);
    expect(saved?.nextFireAt).toEqual(before?.nextFireAt);
  });
});

describe('a pause', () => {
  it('records what waits as paused and keeps manual triggers', async () => {
    const { job } = await withWaiting(1);
    const manual = await trigger(job);
    const paused = await platform.change(job.id, { isPaused: true });
    expect(outcomes(await platform.rows(job.id)).sort()).toEqual(['paused', 'pending']);
    expect(paused).toMatchObject({ nextFireAt: null, scheduleVersion: 2 });
    expect(await claim([manual])).toBe(1);
    const resumedAt = await platform.now();
    const resumed = await platform.change(job.id, { isPaused: false });
    expect(resumed.scheduleVersion).toBe(3);
    expect(resumed.nextFireAt?.getTime()).toBeGreaterThan(resumedAt.getTime());
  });
});

describe('switching a job off', () => {
  it('ends everything that waits and lets what runs go on', async () => {
    const { job, ids } = await withWaiting(2);
    await claim(ids.slice(0, 1));
    const manual = await trigger(job);
    const off = await platform.change(job.id, { isEnabled: false });
    expect(off.nextFireAt).toBeNull();
    expect((await platform.row(ids[0] ?? '')).status).toBe('running');
    expect(await platform.row(ids[1] ?? '')).toMatchObject({ status: 'skipped', reason: 'superseded' });
    expect(await platform.row(manual)).toMatchObject({ status: 'cancelled', error: 'the job was disabled before it started' });
    expect(await claim([...ids, manual])).toBe(0);
    expect(await platform.triggers.trigger(job.id, { source: 'manual', userId: null })).toEqual({ kind: 'disabled' });
  });
});

describe('a change of something else', () => {
  it('reaches what waits: new arguments, limits, function and queue, but not arguments that a trigger brought', async () => {
    const { job, ids } = await withWaiting(1);
    const own = await platform.triggers.trigger(job.id, { source: 'api', userId: null }, { command: 'own' });
    await platform.outbox.markSent(ids.map((executionId) => ({ executionId, attempt: 1, queue: 'default' })) as never);
    const changed = await platform.change(job.id, { args: { command: 'new' }, taskFunctionId: 1, policies: { timeoutMs: 77, priority: 3 } });
    expect(changed.scheduleVersion).toBe(1);
    expect(await platform.row(ids[0] ?? '')).toMatchObject({
      status: 'pending',
      args: { command: 'new' },
      timeout_ms: 77,
      priority: 3,
      task_function: 'sync_domain_users',
      queue: 'ad_queue',
      enqueued_at: null,
    });
    expect(await platform.row(own.kind === 'triggered' ? own.executionId : '')).toMatchObject({ args: { command: 'own' }, queue: 'ad_queue' });
  });

  it('holds the newest waiting ones when there are fewer instances, never those that run', async () => {
    const { job, ids } = await withWaiting(4);
    await claim(ids.slice(3));
    await platform.change(job.id, { policies: { maxInstances: 2 } });
    const rows = await platform.rows(job.id);
    expect(rows.map(({ status, hold }) => `${status}${hold === 'slot' ? ' held' : ''}`)).toEqual(['pending', 'pending held', 'pending held', 'running']);
    expect(await claim(ids.slice(0, 3))).toBe(1);
  });
});

describe('a change and a claim at the same time', () => {
  it.each([
    ['another schedule', { schedule: everySeconds(9) }],
    ['a pause', { isPaused: true }],
    ['switching it off', { isEnabled: false }],
  ])('leave nothing that starts after %s was acknowledged', async (_words, overrides) => {
    for (let round = 0; round < 8; round += 1) {
      const { job, ids } = await withWaiting(4);
      const claims = ids.map(async (id) => claim([id]));
      await platform.change(job.id, overrides);
      const acknowledgedAt = await platform.now();
      await Promise.all(claims);
      const rows = await platform.rows(job.id);
      expect(rows.every(({ status }) => status === 'running' || status === 'skipped')).toBe(true);
      expect(rows.filter((row) => (row.started_at ?? new Date(0)) > acknowledgedAt)).toEqual([]);
      await platform.jobs.delete(job.id);
    }
  });

  it('never block each other for ever', async () => {
    for (let round = 0; round < 10; round += 1) {
      const { job, ids } = await withWaiting(4);
      const manual = await Promise.all([trigger(job), trigger(job)]);
      await Promise.all([
        claim([...manual, ...ids]),
        platform.change(job.id, { policies: { timeoutMs: 5 } }),
        claim([...ids, ...manual].reverse()),
        platform.change(job.id, { isPaused: true }),
        platform.outbox.forgetSent(),
      ]);
      await platform.jobs.delete(job.id);
    }
  });
});

describe('deleting a job', () => {
  it('takes its history along, tells the workers and the schedulers', async () => {
    const heard: string[] = [];
    let isConnected = false;
    const listener = new NotificationListener({
      url: platform.url,
      applicationName: 'takt-test',
      channels: { [CANCEL_CHANNEL]: (payload) => heard.push(payload), [JOBS_CHANNEL]: () => heard.push('jobs') },
      onConnected: () => { isConnected = true; },
      onError: () => undefined,
    });
    const { job, ids } = await withWaiting(2);
    await claim(ids.slice(0, 1));
    listener.start();
    await eventually(() => isConnected);
    expect(await platform.jobs.delete(job.id)).toBe(true);
    await eventually(() => heard.length >= 2);
    expect(heard).toEqual([ids[0], 'jobs']);
    await listener.close();
    expect(await platform.executions.list({ jobId: job.id }, { page: 1, perPage: 10 })).toMatchObject({ items: [], total: { count: 0 } });
    expect((await platform.rows(job.id)).map(({ status, hold }) => [status, hold])).toEqual([['cancelled', null], ['cancelled', null]]);
    expect(await claim(ids)).toBe(0);
    expect(await platform.jobs.find(job.id)).toBeNull();
    expect(await platform.jobs.delete(job.id)).toBe(false);
    expect(await platform.jobs.update(job.id, () => { throw new Error('not asked'); }, null)).toBeNull();
  });
});

describe('a job whose stored schedule cannot be read', () => {
  it('is listed, can be switched off without touching what is stored, and deleted', async () => {
    const job = await platform.job();
    await platform.sql(`update scheduled_job set schedule = '{"kind": "lunar"}' where id = $1`, [job.id]);
    expect((await platform.jobs.list({}, { page: 1, perPage: 10 })).items.map(({ id }) => id)).toContain(job.id);
    const changed = await platform.jobs.update(job.id, (locked, now) => redefineJob(locked, { isEnabled: false }, now), null);
    expect(changed).toMatchObject({ isEnabled: false, nextFireAt: null });
    const [stored] = await platform.sql<{ schedule: unknown }>('select schedule from scheduled_job where id = $1', [job.id]);
    expect(stored?.schedule).toEqual({ kind: 'lunar' });
    expect(await platform.jobs.delete(job.id)).toBe(true);
  });
});

describe('the list', () => {
  it('takes % and _ and \\ of a name literally, in any case', async () => {
    for (const name of ['100% sure', '100 percent', 'snake_case', 'snakeXcase', 'back\\slash']) await platform.job({ name });
    const found = async (name: string): Promise<string[]> =>
      (await platform.jobs.list({ name }, { page: 1, perPage: 50 })).items.map((job) => job.name);
    expect(await found('0%')).toEqual(['100% sure']);
    expect(await found('E_C')).toEqual(['snake_case']);
    expect(await found('k\\s')).toEqual(['back\\slash']);
    expect(await found('')).toHaveLength(5);
  });

  it('is newest first, in pages, with the counts of all that match and the last run', async () => {
    const jobs: ScheduledJob[] = [];
    for (let index = 0; index < 5; index += 1) jobs.push(await platform.job({ name: `job ${String(index)}`, isEnabled: index !== 2 }));
    const [first] = jobs;
    if (first === undefined) throw new Error('no job');
    const manual = await trigger(first);
    await claim([manual]);
    const page = await platform.jobs.list({ name: 'job' }, { page: 2, perPage: 2 });
    expect(page.items.map(({ name }) => name)).toEqual(['job 2', 'job 1']);
    expect(page.counts).toEqual({ total: 5, enabled: 4, disabled: 1, running: 1 });
    expect((await platform.jobs.list({ isEnabled: false }, { page: 1, perPage: 10 })).counts).toMatchObject({ total: 1, enabled: 0 });
    expect((await platform.jobs.list({ taskFunctionId: 1 }, { page: 1, perPage: 10 })).items).toEqual([]);
    expect((await platform.jobs.find(first.id))?.lastRun?.status).toBe('running');
  });
});
