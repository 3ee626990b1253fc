/** What the plan does with occurrences that nobody planned in time, and where it stops. */
import { Planner, planJob, type Sender } from '#application/scheduling/planner.js';
import type { PlannedChunk } from '#application/scheduling/plan-store.js';
import type { ScheduledJob } from '#domain/job/scheduled-job.js';
import { occurrencesBetween } from '#domain/schedule/next-occurrence.js';
import { everySeconds } from '#testing/factories.js';
import { openPlatform, type ExecutionRow, type Platform } from '#testing/platform.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PostgresSchedulerRegistry } from '../registry/postgres-scheduler-registry.js';
import { PostgresRegistrationStore } from './postgres-registration-store.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

let platform: Platform;

beforeAll(async () => {
  platform = await openPlatform();
});
beforeEach(() => platform.clear());
afterAll(() => platform.close());

const plan = (limit = 1_000): Promise<PlannedChunk> => platform.plans.planDue(limit, planJob);

/** Copies of a job that are all due, with another stored schedule. */
const copies = async (job: ScheduledJob, count: number, schedule: string): Promise<void> => {
  await platform.sql(
    `insert into scheduled_job (id, name, task_function_id, job_type_id, schedule_config, schedule, timeout_ms, retry_count,
                                retry_delay_ms, is_enabled, next_fire_at)
     select gen_random_uuid(), 'copy ' || n, task_function_id, job_type_id, schedule_config, ${schedule}, timeout_ms, retry_count,
            retry_delay_ms, true, date_trunc('hour', clock_timestamp())
       from scheduled_job, generate_series(1, $2::int) n where id = $1`,
    [job.id, count],
  );
};

const SENDS_NOTHING = { send: () => Promise.resolve() } as unknown as Sender;
const NO_GATES = { openGates: () => Promise.resolve(0) };

const outcomes = (rows: readonly ExecutionRow[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { status, reason } of rows) {
    const outcome = reason ?? status;
    counts[outcome] = (counts[outcome] ?? 0) + 1;
  }
  return counts;
};

/** Plans until nothing is due, as the alarm does. */
const planAll = async (): Promise<void> => {
  while ((await plan()).jobs > 0);
};

/** Asserts that every nominal instant since `cursor` is in the ledger exactly once, as a row or within a gap. */
const expectComplete = async (job: ScheduledJob, cursor: Date): Promise<void> => {
  const end = await platform.cursorOf(job.id);
  const due = occurrencesBetween(job.bounded, new Date(cursor.getTime() - 1), new Date((end?.getTime() ?? 0) - 1), 100_000).occurrences;
  const rows = await platform.rows(job.id);
  const inGaps = (await platform.gaps(job.id)).map((gap) => {
    const inside = due.filter((at) => at >= gap.from_at && at <= gap.to_at);
    expect(gap.count).toBe(inside.length);
    return inside;
  });
  const ledger = [...rows.map((row) => row.scheduled_for), ...inGaps.flat()].map((at) => at.toISOString()).sort();
  expect(ledger).toEqual(due.map((at) => at.toISOString()));
};

describe('after an outage', () => {
  it('none skips what was missed', async () => {
    const job = await platform.job({ schedule: everySeconds(60), policies: { catchUp: { mode: 'none', windowMs: HOUR_MS } } });
    const cursor = await platform.setBack(job, 10 * MINUTE_MS + 30_000);
    await plan();
    const { missed_window: missed = 0, pending = 0, overlap = 0 } = outcomes(await platform.rows(job.id));
    expect(missed).toBeGreaterThanOrEqual(9);
    expect(missed + pending + overlap).toBe((await platform.rows(job.id)).length);
    await expectComplete(job, cursor);
  });

  it('latest runs the newest and folds the others into it', async () => {
    const job = await platform.job({ schedule: everySeconds(60), policies: { catchUp: { mode: 'latest', windowMs: HOUR_MS } } });
    const cursor = await platform.setBack(job, 10 * MINUTE_MS);
    const chunk = await plan();
    const rows = await platform.rows(job.id);
    expect(rows.at(-1)?.status).toBe('pending');
    expect(outcomes(rows)).toEqual({ pending: 1, coalesced: rows.length - 1 });
    expect(chunk.items).toHaveLength(1);
    await expectComplete(job, cursor);
  });

  it('latest runs nothing that is older than the window', async () => {
    const job = await platform.job({ schedule: everySeconds(7_200), policies: { catchUp: { mode: 'latest', windowMs: 1_000 } } });
    const cursor = await platform.setBack(job, 4 * HOUR_MS);
    await platform.sql(`update scheduled_job set catch_up_window_ms = 1 where id = $1`, [job.id]);
    await plan();
    const rows = await platform.rows(job.id);
    const onTime = rows.filter((row) => row.created_at.getTime() - row.scheduled_for.getTime() <= 5_000);
    expect(outcomes(rows)).toEqual({ missed_window: rows.length - onTime.length, ...(onTime.length > 0 && { pending: 1 }) });
    await expectComplete(job, cursor);
  });

  it('all runs every one in the window, one after the other, even where overlap is skip', async () => {
    const job = await platform.job({ schedule: everySeconds(60), policies: { overlap: 'skip', catchUp: { mode: 'all', windowMs: 5 * MINUTE_MS } } });
    const cursor = await platform.setBack(job, 10 * MINUTE_MS - 1_000);
    await plan();
    const rows = await platform.rows(job.id);
    const { missed_window: missed = 0, pending = 0, overlap = 0 } = outcomes(rows);
    expect(pending + overlap).toBeGreaterThanOrEqual(5);
    expect(missed).toBe(rows.length - pending - overlap);
    expect(rows.filter(({ status, hold }) => status === 'pending' && hold === null)).toHaveLength(1);
    await expectComplete(job, cursor);
  });

  it('a long arrear is one gap and the ledger is complete', async () => {
    const job = await platform.job({ schedule: everySeconds(1), policies: { catchUp: { mode: 'latest', windowMs: MINUTE_MS } } });
    const cursor = await platform.setBack(job, 900_000);
    await planAll();
    const gaps = await platform.gaps(job.id);
    expect(gaps.map(({ reason }) => reason)).toEqual(['missed_window']);
    expect(gaps[0]?.from_at).toEqual(cursor);
    expect(outcomes(await platform.rows(job.id))).toMatchObject({ coalesced: expect.any(Number) as number, pending: 1 });
    await expectComplete(job, cursor);
  });

  it('an arrear of several thousand takes several plans and the ledger is complete', async () => {
    const job = await platform.job({ schedule: everySeconds(1), policies: { catchUp: { mode: 'all', windowMs: 10_000 } } });
    const cursor = await platform.setBack(job, 3_500_000);
    expect((await plan()).isBehind).toBe(true);
    await planAll();
    expect((await plan()).isBehind).toBe(false);
    const gaps = await platform.gaps(job.id);
    expect(gaps.reduce((sum, gap) => sum + gap.count, 0)).toBeGreaterThan(3_400);
    expect(gaps.length).toBeLessThanOrEqual(4);
    await expectComplete(job, cursor);
  });

  it('latest does not run the newest of a plan when more are due', async () => {
    const job = await platform.job({ schedule: everySeconds(1), policies: { catchUp: { mode: 'latest', windowMs: 24 * HOUR_MS } } });
    await platform.setBack(job, 2_500_000);
    await planAll();
    const rows = await platform.rows(job.id);
    const runs = rows.filter(({ status }) => status === 'pending');
    expect(runs).toHaveLength(1);
    expect(rows.filter((row) => row.scheduled_for > (runs[0]?.scheduled_for ?? new Date(0))).every(({ reason }) => reason === 'overlap')).toBe(true);
  });
});

describe('the span of a job', () => {
  it('includes both ends, and beyond the end nothing is to come', async () => {
    const nowMs = Math.floor((await platform.now()).getTime() / 1_000) * 1_000;
    const [startAt, endAt] = [new Date(nowMs - 4_000), new Date(nowMs - 2_000)];
    const job = await platform.job({ schedule: everySeconds(1), startAt, endAt, policies: { maxInstances: 5 } });
    await platform.sql('update scheduled_job set next_fire_at = $2 where id = $1', [job.id, new Date(nowMs - 9_000)]);
    await plan();
    const rows = await platform.rows(job.id);
    expect(rows.map((row) => row.scheduled_for.getTime())).toEqual([nowMs - 4_000, nowMs - 3_000, nowMs - 2_000]);
    expect(await platform.cursorOf(job.id)).toBeNull();
  });

  it('ends a one-off after its only occurrence', async () => {
    const at = new Date((await platform.now()).getTime() - 1_000);
    const job = await platform.job({ jobTypeId: 3, schedule: { kind: 'once', at, timeZone: 'UTC' } });
    expect(await platform.cursorOf(job.id)).toBeNull();
    await platform.sql('update scheduled_job set next_fire_at = $2 where id = $1', [job.id, at]);
    await plan();
    expect((await platform.rows(job.id)).map((row) => row.scheduled_for)).toEqual([at]);
    expect(await platform.cursorOf(job.id)).toBeNull();
  });

  it.each([
    ['paused', { isPaused: true }],
    ['disabled', { isEnabled: false }],
  ])('runs nothing while the job is %s', async (_word, overrides) => {
    const job = await platform.job({ schedule: everySeconds(1) });
    await platform.setBack(job, 10_000);
    await platform.change(job.id, overrides);
    expect((await plan()).jobs).toBe(0);
    // What was due before the change is in the ledger, as skipped.
    expect(new Set((await platform.rows(job.id)).map(({ status }) => status))).toEqual(new Set(['skipped']));
    const created = await platform.job({ schedule: everySeconds(1), ...overrides });
    expect(created.nextFireAt).toBeNull();
  });

  it('has nothing when the job is gone', async () => {
    const job = await platform.job({ schedule: everySeconds(1) });
    await platform.setBack(job, 10_000);
    await platform.jobs.delete(job.id);
    expect((await plan()).jobs).toBe(0);
  });
});

describe('a job whose stored schedule cannot be read', () => {
  it('stays overdue, is counted, and holds up no other job', async () => {
    const damaged = await platform.job({ schedule: everySeconds(60) });
    const fine = await platform.job({ schedule: everySeconds(60) });
    const cursor = await platform.setBack(damaged, 120_000);
    await platform.setBack(fine, 60_000);
    await platform.sql(`update scheduled_job set schedule = '{"kind": "lunar"}' where id = $1`, [damaged.id]);
    const problem = 'its schedule cannot be read';
    expect(await plan()).toMatchObject({ jobs: 1, unreadable: [{ jobId: damaged.id, problem }], outcomes: { run: 1, unreadable: 1 } });
    expect(await platform.rows(damaged.id)).toEqual([]);
    expect(await platform.cursorOf(damaged.id)).toEqual(cursor);
    expect(await platform.rows(fine.id)).not.toEqual([]);
    const { upsert } = await new PostgresRegistrationStore(platform.database).outdated(10);
    expect(upsert.map(({ jobId }) => jobId)).toEqual([fine.id]);
  });

  it('makes room for the others also where there are more of them than one plan takes, and is planned when it can be read', async () => {
    const fine = await platform.job({ schedule: everySeconds(60) });
    await copies(fine, 30, `'{"kind": "lunar"}'`);
    await platform.setBack(fine, 60_000);
    const planner = new Planner(platform.plans, SENDS_NOTHING, { planned: () => undefined, dispatchFailed: () => undefined }, NO_GATES, 10);
    await planner.planDue();
    expect(await platform.rows(fine.id)).not.toEqual([]);
    const registrations = new PostgresRegistrationStore(platform.database);
    expect((await registrations.outdated(10)).upsert.map(({ jobId }) => jobId)).toEqual([fine.id]);
    expect(await new PostgresSchedulerRegistry(platform.database).status()).toMatchObject({ overdueJobs: 0, unreadableJobs: 30 });
    // A release that can read them looks at them again, and starts where they were left.
    await platform.sql(`update scheduled_job set schedule = (select schedule from scheduled_job where id = $1), set_aside_until = now() where id <> $1`, [fine.id]);
    await planner.planDue();
    const [planned] = await platform.sql<{ jobs: number }>('select count(distinct job_id)::int as jobs from execution');
    expect(planned?.jobs).toBe(31);
    expect(await new PostgresSchedulerRegistry(platform.database).status()).toMatchObject({ unreadableJobs: 0 });
  });

  it('is set aside, too, when it can be read and not be planned', async () => {
    const [odd, fine] = [await platform.job({ schedule: everySeconds(60) }), await platform.job({ schedule: everySeconds(60) })];
    for (const job of [odd, fine]) await platform.setBack(job, 60_000);
    const chunk = await platform.plans.planDue(10, (job, now) => {
      if (job.id === odd.id) throw new Error('no calendar has this');
      return planJob(job, now);
    });
    expect(chunk).toMatchObject({ jobs: 1, unreadable: [{ jobId: odd.id, problem: 'no calendar has this' }] });
    expect(await platform.rows(fine.id)).not.toEqual([]);
  });
});

describe('many jobs due at once', () => {
  it('are a few statements', async () => {
    await copies(await platform.job(), 2_000, 'schedule');
    let statements = 0;
    const counted = platform.database.pool;
    const seen = new WeakSet<object>();
    const count = (client: { query: (...args: never[]) => unknown }): void => {
      if (seen.has(client)) return;
      seen.add(client);
      const send = client.query.bind(client);
      client.query = (...args) => {
        statements += 1;
        return send(...args);
      };
    };
    counted.on('acquire', count);
    let chunk: PlannedChunk;
    let items = 0;
    do {
      chunk = await plan(500);
      items += chunk.items.length;
    } while (chunk.jobs > 0);
    counted.removeAllListeners('acquire');
    expect(items).toBe(2_000);
    expect(statements).toBeLessThan(60);
    const [ledger] = await platform.sql<{ rows: number; jobs: number }>('select count(*)::int as rows, count(distinct job_id)::int as jobs from execution');
    expect(ledger).toEqual({ rows: 2_000, jobs: 2_000 });
  });
});
