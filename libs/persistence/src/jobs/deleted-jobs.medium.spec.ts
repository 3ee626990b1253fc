/** What a deleted job leaves in the ledger: nobody sees it, and it is deleted in portions. */
import type { Reign } from '#application/scheduling/leadership.js';
import { newId, type ExecutionId, type InstanceId, type WorkerId } from '#domain/ids.js';
import type { ScheduledJob } from '#domain/job/scheduled-job.js';
import { openPlatform, type Platform } from '#testing/platform.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PostgresLeaseStore } from '../scheduling/postgres-lease-store.js';
import { PostgresPlatformStatistics } from '../statistics/postgres-platform-statistics.js';
import { rollUpWorkers } from '../statistics/roll-up-workers.js';
import { purgeDeletedJobs } from './deleted-jobs.js';

const LEADER = newId<InstanceId>();
const FIRST = { page: 1, perPage: 10 };
const MANY = 4_100;

let platform: Platform;
let reign: Reign;

beforeAll(async () => {
  platform = await openPlatform();
});
beforeEach(async () => {
  await platform.clear();
  await platform.sql('delete from worker_rollup');
  await platform.sql("update worker_rollup_progress set until = '-infinity'");
  await platform.sql('update leader_lease set holder = null');
  reign = { holder: LEADER, term: (await new PostgresLeaseStore(platform.database).acquireOrRenew(LEADER, 60_000)) ?? 0 };
});
afterAll(() => platform.close());

/** A job whose executions ended so many minutes ago, each with two attempts and two pieces of output. */
const withHistory = async (count: number, minutesAgo = 5): Promise<ScheduledJob> => {
  const job = await platform.job();
  await platform.sql(
    `with made as (
       insert into execution (id, job_id, scheduled_for, sort_at, trigger, schedule_version, status, task_function, queue, priority,
                              timeout_ms, attempt, started_at, finished_at, duration_ms)
       select gen_random_uuid(), $1, at, at, 'manual', 1, case when n % 2 = 0 then 'success' else 'failed' end, 'shell', 'default', 0,
              1000, 2, at, at, 5
         from generate_series(1, $2::int) n, lateral (select clock_timestamp() - $3::int * interval '1 minute' - n * interval '1 ms' as at) t
       returning id
     ), attempts as (
       insert into execution_attempt (execution_id, attempt, token, status, started_at, finished_at)
       select id, n, n, 'failed', now(), now() from made, generate_series(1, 2) n
     )
     insert into execution_log (execution_id, seq, attempt, at, stream, message)
     select id, n, 1, now(), 'stdout', 'x' from made, generate_series(1, 2) n`,
    [job.id, count, minutesAgo],
  );
  return job;
};

const stored = async (): Promise<Record<string, number>> => {
  const [row] = await platform.sql<Record<string, number>>(`
    select (select count(*)::int from execution) as executions, (select count(*)::int from execution_attempt) as attempts,
           (select count(*)::int from execution_log) as pieces, (select count(*)::int from deleted_job) as jobs`);
  return row ?? {};
};

const rollUp = async (): Promise<number> => rollUpWorkers(platform.database, reign, 10);

describe('the history of a deleted job', () => {
  it('is gone for every reader at once', async () => {
    const [gone, kept] = [await withHistory(3), await withHistory(2)];
    const [one] = await platform.rows(gone.id);
    const id = one?.id as ExecutionId;
    const { number } = (await platform.executions.find(id)) ?? { number: -1 };
    expect((await platform.executions.list({}, FIRST)).total.count).toBe(5);
    await platform.jobs.delete(gone.id);
    expect((await stored())['executions']).toBe(5);
    for (const filter of [{}, { status: 'failed' as const }, { jobId: gone.id }, { jobId: gone.id, status: 'success' as const }]) {
      const { items, total } = await platform.executions.list(filter, FIRST);
      expect(items.filter(({ jobId }) => jobId === gone.id)).toEqual([]);
      expect(total.count).toBe(items.length);
    }
    expect((await platform.executions.list({}, FIRST)).items.map(({ jobId }) => jobId)).toEqual([kept.id, kept.id]);
    expect(await platform.executions.latestOfJob(gone.id, 10)).toEqual([]);
    expect(await platform.executions.find(id)).toBeNull();
    expect(await platform.executions.findByNumber(number)).toBeNull();
    expect(await platform.executions.attempts(id)).toEqual([]);
    expect(await platform.executions.requestCancel(id)).toBeNull();
    expect(await platform.executions.countByStatus([gone.taskFunctionId])).toMatchObject({ success: 1, failed: 1 });
  });

  it('is not in an estimate that was made before', async () => {
    const job = await withHistory(10_002);
    expect((await platform.executions.list({ jobId: job.id }, FIRST)).total.isEstimate).toBe(true);
    await platform.jobs.delete(job.id);
    expect(await platform.executions.list({ jobId: job.id }, FIRST)).toEqual({ items: [], total: { count: 0, isEstimate: false }, next: null });
  });

  it('is not in the estimate of how many executions all jobs have', async () => {
    const [gone, kept] = [await withHistory(10_002), await withHistory(10_002)];
    await platform.sql('analyze execution');
    expect((await platform.executions.list({}, FIRST)).total).toEqual({ count: 20_004, isEstimate: true });
    await platform.jobs.delete(gone.id);
    const { total, items } = await platform.executions.list({}, FIRST);
    expect(Math.abs(total.count - 10_002)).toBeLessThan(500);
    expect(items.every(({ jobId }) => jobId === kept.id)).toBe(true);
  });

  it('is deleted in portions, with attempts and output, and nothing else is', async () => {
    const [gone, kept] = [await withHistory(MANY), await withHistory(2)];
    await platform.jobs.delete(gone.id);
    await rollUp();
    expect(await purgeDeletedJobs(platform.database, reign, 1)).toBe(2_000);
    expect(await stored()).toMatchObject({ executions: MANY + 2 - 2_000, jobs: 1 });
    expect(await purgeDeletedJobs(platform.database, reign, 10)).toBe(MANY - 2_000);
    expect(await stored()).toEqual({ executions: 2, attempts: 4, pieces: 4, jobs: 0 });
    expect((await platform.rows(kept.id)).length).toBe(2);
    expect(await purgeDeletedJobs(platform.database, reign, 10)).toBe(0);
  });

  it('goes although one execution has more output than one statement deletes', async () => {
    const job = await withHistory(1);
    await platform.sql(
      `insert into execution_log (execution_id, seq, attempt, at, stream, message)
       select id, n, 1, now(), 'stdout', 'x' from execution, generate_series(3, 45000) n where job_id = $1`, [job.id]);
    await platform.jobs.delete(job.id);
    await rollUp();
    expect(await purgeDeletedJobs(platform.database, reign, 2)).toBe(0);
    expect(await stored()).toMatchObject({ executions: 1, pieces: 5_000 });
    expect(await purgeDeletedJobs(platform.database, reign, 1)).toBe(1);
    expect(await stored()).toEqual({ executions: 0, attempts: 0, pieces: 0, jobs: 0 });
  });

  it('stays until the sums of all that ever ran have it, which therefore never fall', async () => {
    const statistics = new PostgresPlatformStatistics(platform.database);
    const worker = newId<WorkerId>();
    const [old, fresh] = [await withHistory(10), await withHistory(4, 0)];
    const running = await platform.triggers.trigger(fresh.id, { source: 'manual', userId: null });
    if (running.kind !== 'triggered') throw new Error(running.kind);
    await platform.ledger.claim(worker, [{ executionId: running.executionId, attempt: 1 }]);
    for (const job of [old, fresh]) await platform.jobs.delete(job.id);
    const counted = { succeededEver: 7, failedEver: 8 };
    expect(await statistics.ofSystem()).toMatchObject({ ...counted, runningExecutions: 0 });
    await rollUp();
    expect(await purgeDeletedJobs(platform.database, reign, 10)).toBe(10);
    expect(await stored()).toMatchObject({ executions: 5, jobs: 1 });
    expect(await statistics.ofSystem()).toMatchObject(counted);
    await platform.sql("update execution set finished_at = finished_at - interval '2 minutes'");
    await rollUp();
    expect(await purgeDeletedJobs(platform.database, reign, 10)).toBe(5);
    expect(await statistics.ofSystem()).toMatchObject(counted);
    expect(await stored()).toMatchObject({ executions: 0, jobs: 0 });
  });

  it('is not touched by one who leads no more', async () => {
    const job = await withHistory(3);
    await platform.jobs.delete(job.id);
    await rollUp();
    expect(await purgeDeletedJobs(platform.database, { ...reign, term: reign.term - 1 }, 10)).toBe(0);
    expect(await stored()).toMatchObject({ executions: 3, jobs: 1 });
  });

  it('is remembered whoever deletes the job, and its name is free', async () => {
    const job = await withHistory(1);
    await platform.sql('delete from scheduled_job where id = $1', [job.id]);
    expect((await platform.executions.list({}, FIRST)).items).toEqual([]);
    expect(await stored()).toMatchObject({ executions: 1, jobs: 1 });
    expect((await platform.job({ name: job.name, nameRule: 'unique' })).name).toBe(job.name);
  });
});
