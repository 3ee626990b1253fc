import type { Reign } from '#application/scheduling/leadership.js';
import { newId, type InstanceId, type WorkerId } from '#domain/ids.js';
import { openPlatform, type Platform } from '#testing/platform.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PostgresWorkerRegistry } from '../registry/postgres-worker-registry.js';
import { PostgresLeaseStore } from '../scheduling/postgres-lease-store.js';
import { PostgresPlatformStatistics } from './postgres-platform-statistics.js';
import { rollUpWorkers } from './roll-up-workers.js';

const LEADER = newId<InstanceId>();
const WORKER = newId<WorkerId>();
const OTHER = newId<WorkerId>();

let platform: Platform;
let statistics: PostgresPlatformStatistics;
let reign: Reign;
let jobId: string;

beforeAll(async () => {
  platform = await openPlatform();
  statistics = new PostgresPlatformStatistics(platform.database);
});
afterAll(() => platform.close());
beforeEach(async () => {
  await platform.clear();
  await platform.sql('delete from worker_rollup');
  await platform.sql(`update worker_rollup_progress set until = '-infinity'`);
  await platform.sql('update leader_lease set holder = null');
  reign = { holder: LEADER, term: (await new PostgresLeaseStore(platform.database).acquireOrRenew(LEADER, 60_000)) ?? 0 };
  jobId = (await platform.job()).id;
});

/** Executions that ended `ago` (an interval) on a worker. */
const ended = (count: number, row: { status?: string; ago: string; worker?: WorkerId | null; durationMs?: number | null }): Promise<unknown> =>
  platform.sql(
    `insert into execution (id, job_id, scheduled_for, sort_at, trigger, schedule_version, status, task_function, queue, priority,
                            timeout_ms, worker_id, finished_at, duration_ms)
     select gen_random_uuid(), $1, now(), now(), 'manual', 1, $2, 'shell', 'default', 0, 1000, $3, now() - $4::interval, $5
       from generate_series(1, $6)`,
    [jobId, row.status ?? 'success', row.worker === undefined ? WORKER : row.worker, row.ago, row.durationMs ?? null, count],
  );

const rollUp = (of = reign): Promise<number> => rollUpWorkers(platform.database, of, 20);

const rows = async (): Promise<number> => (await platform.sql('select 1 from worker_rollup')).length;

describe('the statistics of a worker', () => {
  const seed = async (): Promise<void> => {
    await ended(3, { ago: '10 seconds', durationMs: 100 });
    await ended(1, { ago: '2 hours', status: 'failed', durationMs: 300 });
    await ended(1, { ago: '3 days', status: 'timeout', durationMs: 600 });
    await ended(1, { ago: '3 days', status: 'cancelled' });
    await ended(4, { ago: '20 days', durationMs: 100 });
    await ended(5, { ago: '1 minute', worker: OTHER });
    await ended(2, { ago: '1 hour', worker: null, status: 'failed' });
    await ended(9, { ago: '1 hour', status: 'skipped', worker: null });
  };
  const expected = { succeeded: 7, failed: 2, cancelled: 1, averageDurationMs: 1600 / 9, last24Hours: 4, last7Days: 6 };

  it('are the same from the ledger, from the rollup, and after a second rollup', async () => {
    await seed();
    expect(await statistics.ofWorker(WORKER)).toMatchObject(expected);
    expect(await rollUp()).toBe(14);
    expect(await statistics.ofWorker(WORKER)).toMatchObject(expected);
    expect(await rollUp()).toBe(0);
    expect(await statistics.ofWorker(WORKER)).toMatchObject(expected);
  });

  it('outlive the executions, and wider spans replace those that no window needs', async () => {
    await seed();
    await ended(1, { ago: '20 days 1 minute', durationMs: 100 });
    await rollUp();
    await platform.sql('delete from execution');
    const { lastFinishedAt, ...counts } = await statistics.ofWorker(WORKER);
    expect(counts).toMatchObject({ succeeded: 5, failed: 2, cancelled: 1, last24Hours: 1, last7Days: 3 });
    expect(lastFinishedAt).toBeInstanceOf(Date);
    const [old] = await platform.sql<{ count: string }>(`select count(*) from worker_rollup where bucket < now() - interval '9 days'`);
    expect(Number(old?.count)).toBeLessThanOrEqual(2);
  });

  it('are nothing for a worker that has done nothing', async () => {
    expect(await statistics.ofWorker(newId<WorkerId>())).toEqual({
      succeeded: 0,
      failed: 0,
      cancelled: 0,
      averageDurationMs: null,
      last24Hours: 0,
      last7Days: 0,
      lastFinishedAt: null,
    });
  });
});

describe('the rollup', () => {
  it('leaves ends that are not a minute old, which may still be on their way', async () => {
    await ended(2, { ago: '30 seconds' });
    expect(await rollUp()).toBe(0);
    await platform.sql(`update execution set finished_at = finished_at - interval '1 minute'`);
    expect(await rollUp()).toBe(2);
  });

  it('is done by the leader alone', async () => {
    await ended(1, { ago: '5 minutes' });
    expect(await rollUp({ holder: LEADER, term: reign.term - 1 })).toBe(0);
    expect(await rows()).toBe(0);
  });

  it('of two leaders at a time adds each end once', async () => {
    await ended(50, { ago: '5 minutes' });
    await Promise.all([rollUp(), rollUp(), rollUp()]);
    expect(await statistics.ofWorker(WORKER)).toMatchObject({ succeeded: 50 });
  });
});

describe('the statistics of the system', () => {
  it('count jobs, living workers, runs, and ends since midnight', async () => {
    await platform.job({ isEnabled: false });
    const registry = new PostgresWorkerRegistry(platform.database);
    const about = { hostname: 'h', ipAddress: '::1', pid: 1, version: '1', queues: [], taskTypes: [], concurrency: 1, isolation: null };
    for (const [id, name] of [[WORKER, 'w'], [OTHER, 'v']] as const) await registry.register({ ...about, id, name });
    await platform.sql(`update worker set last_heartbeat_at = now() - interval '31 s' where id = $1`, [OTHER]);
    await ended(2, { ago: '0 seconds' });
    await ended(1, { ago: '0 seconds', status: 'failed', worker: null });
    await ended(1, { ago: '0 seconds', status: 'cancelled', worker: null });
    await ended(1, { ago: '25 hours' });
    await platform.sql(`update execution set status = 'running', finished_at = null where id = (select id from execution where status = 'success' and finished_at > now() - interval '1 hour' limit 1)`);
    expect(await statistics.ofSystem()).toEqual({
      totalJobs: 2,
      enabledJobs: 1,
      totalWorkers: 2,
      aliveWorkers: 1,
      runningExecutions: 1,
      succeededToday: 1,
      failedToday: 2,
      succeededEver: 2,
      failedEver: 2,
    });
  });
});
