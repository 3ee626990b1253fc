import type { JobStatistics } from '#application/statistics/statistics.repository.js';
import type { Reign } from '#application/scheduling/leadership.js';
import { newId, type InstanceId, type JobId } from '#domain/ids.js';
import type { ScheduledJob } from '#domain/job/scheduled-job.js';
import { openPlatform, type Platform } from '#testing/platform.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PostgresMaintenanceStore } from '../scheduling/postgres-maintenance-store.js';

const REIGN: Reign = { holder: newId<InstanceId>(), term: 1 };
const RUNS = 100_000;
const OF_OTHERS = 20_000;
const PORTION = 10_000;
const DAYS = 35;

let platform: Platform;
let maintenance: PostgresMaintenanceStore;
let job: ScheduledJob;

/** Executions that ended at even distances over the last days: every tenth failed, every twentieth was skipped, few timed out or were cancelled. */
const FILL = `
  insert into execution (id, job_id, scheduled_for, sort_at, trigger, schedule_version, status, task_function, queue, priority,
                         timeout_ms, started_at, finished_at)
  select gen_random_uuid(), $1, at, at, 'manual', 1,
         case when n % 20 = 7 then 'skipped' when n % 10 = 3 then 'failed' when n % 500 = 1 then 'timeout' when n % 500 = 0 then 'cancelled' else 'success' end,
         'shell', 'default', 0, 1000, case when n % 20 = 7 then null else at end, at + (n % 100) * interval '10 milliseconds'
    from (select n, now() - n * ($3::int * interval '1 day' / $2::int) - interval '2 seconds' as at
            from generate_series($4::int, least($4::int + ${String(PORTION)}, $2::int) - 1) n) s`;

/** In portions, because statements may not last long. */
async function fill(jobId: JobId, runs: number): Promise<void> {
  for (let from = 0; from < runs; from += PORTION) await platform.sql(FILL, [jobId, runs, DAYS, from]);
}

beforeAll(async () => {
  platform = await openPlatform();
  maintenance = new PostgresMaintenanceStore(platform.database);
  job = await platform.job();
  const other = await platform.job();
  await fill(job.id, RUNS);
  await fill(other.id, OF_OTHERS);
  await platform.sql(`update execution_rollup_progress set until = date_trunc('hour', now(), 'UTC') - $1::int * interval '1 day'`, [DAYS + 1]);
  await platform.sql(`update leader_lease set holder = $1, term = $2, expires_at = now() + interval '1 hour'`, [REIGN.holder, REIGN.term]);
  await platform.sql('analyze execution');
}, 120_000);
afterAll(() => platform.close());

/** The same numbers straight from the ledger. */
async function counted(jobId: JobId): Promise<JobStatistics> {
  const [row] = await platform.sql<{ [Name in keyof Omit<JobStatistics, 'durationMs'>]: JobStatistics[Name] } & { average: number; min: number; max: number }>(
    `select count(*)::int as total, count(*) filter (where status = 'success')::int as succeeded,
            count(*) filter (where status in ('failed', 'timeout'))::int as failed,
            count(*) filter (where status = 'cancelled')::int as cancelled,
            avg(extract(epoch from finished_at - started_at) * 1000)::float8 as average,
            min(extract(epoch from finished_at - started_at) * 1000)::float8 as min,
            max(extract(epoch from finished_at - started_at) * 1000)::float8 as max,
            max(finished_at) filter (where status = 'success') as "lastSuccessAt",
            max(finished_at) filter (where status in ('failed', 'timeout')) as "lastFailureAt",
            max(finished_at) filter (where status = 'cancelled') as "lastCancelledAt",
            count(*) filter (where finished_at >= now() - interval '24 hours')::int as "last24Hours",
            count(*) filter (where finished_at >= now() - interval '168 hours')::int as "last7Days",
            count(*) filter (where finished_at >= now() - interval '720 hours')::int as "last30Days"
       from execution where job_id = $1 and status <> 'skipped'`,
    [jobId],
  );
  if (row === undefined) throw new Error('nothing counted');
  const { average, min, max, ...rest } = row;
  return { ...rest, durationMs: { average, min, max } };
}

/** Windows move while the two are asked one after the other. */
function expectSame(found: JobStatistics, expected: JobStatistics): void {
  const { last24Hours, last7Days, last30Days, durationMs, ...exact } = expected;
  expect(found).toMatchObject(exact);
  expect(found.durationMs).toMatchObject({ min: durationMs?.min, max: durationMs?.max });
  expect(found.durationMs?.average).toBeCloseTo(durationMs?.average ?? 0, 3);
  for (const [one, other] of [[found.last24Hours, last24Hours], [found.last7Days, last7Days], [found.last30Days, last30Days]] as const) {
    expect(Math.abs(one - other)).toBeLessThanOrEqual(1);
  }
}

/** The best of several: what it costs, without what else the machine does. */
async function millisecondsOf(ask: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < 9; round += 1) {
    const startedMs = performance.now();
    await ask();
    times.push(performance.now() - startedMs);
  }
  return Math.min(...times);
}

describe('the statistics of a job', () => {
  it('are exact while nothing, some and all of the history is summed up, and quick at the end', async () => {
    const expected = await counted(job.id);
    expect(expected.total).toBe(RUNS * 0.95);
    expectSame(await platform.statistics.ofJob(job.id), expected);
    expect(await maintenance.rollUp(REIGN, 24 * 20)).toBe(24 * 20);
    expectSame(await platform.statistics.ofJob(job.id), expected);
    while ((await maintenance.rollUp(REIGN, 24)) > 0);
    expectSame(await platform.statistics.ofJob(job.id), expected);
    expect(await millisecondsOf(async () => platform.statistics.ofJob(job.id))).toBeLessThan(50);
  });

  it('read neither the whole ledger nor other jobs', async () => {
    const [hours] = await platform.sql<{ count: number }>('select count(*)::int as count from execution_rollup where job_id = $1', [job.id]);
    expect(hours?.count).toBeLessThan((DAYS + 1) * 24 * 3);
    // Of a job that is a small part of the ledger, as jobs are, the broken hours come from an index that begins with the job.
    const small = await platform.job();
    await fill(small.id, 500);
    await platform.sql('analyze execution');
    const [explained] = await platform.sql<{ 'QUERY PLAN': [{ Plan: object }] }>(
      `explain (analyze, format json) select count(*) from execution e
        where e.job_id = '${small.id}' and e.status <> 'skipped' and e.finished_at is not null
          and e.finished_at >= (select until from execution_rollup_progress where name = 'hourly')`,
    );
    const plan = JSON.stringify(explained);
    expect(plan).toContain('execution_finished_idx');
    expect(plan).not.toContain('"Seq Scan"');
  });

  it('count what waits and runs as runs of now', async () => {
    const fresh = await platform.job();
    await platform.triggers.trigger(fresh.id, { source: 'manual', userId: null });
    expect(await platform.statistics.ofJob(fresh.id)).toEqual({
      total: 1,
      succeeded: 0,
      failed: 0,
      cancelled: 0,
      durationMs: null,
      lastSuccessAt: null,
      lastFailureAt: null,
      lastCancelledAt: null,
      last24Hours: 1,
      last7Days: 1,
      last30Days: 1,
    });
  });
});

describe('the leader', () => {
  it('adds no hour that may still change, and none after its reign', async () => {
    expect(await maintenance.rollUp(REIGN, 24)).toBe(0);
    await platform.sql(`update execution_rollup_progress set until = until - interval '1 hour'`);
    expect(await maintenance.rollUp({ ...REIGN, term: 2 }, 24)).toBe(0);
    expect(await maintenance.rollUp(REIGN, 24)).toBe(1);
  });

  it('forgets hours with the executions that it prunes', async () => {
    await maintenance.prune(REIGN, 10, 200_000);
    const [oldest] = await platform.sql<{ days: number }>(`select extract(epoch from now() - min(hour))::int / 86400 as days from execution_rollup`);
    expect(oldest?.days).toBeLessThanOrEqual(10);
  });
});
