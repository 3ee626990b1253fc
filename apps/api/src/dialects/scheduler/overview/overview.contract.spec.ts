import { beforeAll, describe, expect, test } from 'vitest';
import { BASE, INSTANT, withSchedulerApi } from '../../../../test/scheduler-api.js';

const { api, admin, viewer, bodyOf, createJob, trigger, run } = withSchedulerApi();

type Ends = Record<'success' | 'failed' | 'timeout' | 'cancelled' | 'skipped', number>;

interface Overview {
  readonly jobs: object;
  readonly executions: { readonly oldestWaitingSeconds: number | null };
  readonly last24Hours: Ends & { readonly successRate: number | null };
  readonly previous24Hours: Ends & { readonly successRate: number | null };
  readonly hourly: (Ends & { readonly at: string })[];
}

const overview = async (): Promise<Overview> => bodyOf<Overview>('GET /overview', await viewer(`GET ${BASE}/overview`), 200);
const attention = async (send = viewer): Promise<Record<string, unknown[]>> =>
  bodyOf<Record<string, unknown[]>>('GET /overview/attention', await send(`GET ${BASE}/overview/attention`), 200);
const sql = async (text: string, values: unknown[]): Promise<void> => void (await api.database.query({ text }, values));

const NOTHING = { success: 0, failed: 0, timeout: 0, cancelled: 0, skipped: 0 };

/** Ended executions of the job, that many minutes ago. */
async function ended(jobId: string, status: string, ...minutesAgo: number[]): Promise<void> {
  await sql(
    `insert into execution (id, job_id, scheduled_for, sort_at, trigger, schedule_version, status, reason, task_function, queue, priority,
                            timeout_ms, started_at, finished_at)
     select gen_random_uuid(), $1, at, at, 'manual', 1, $2, case when $2 = 'skipped' then 'missed_window' end, 'shell', 'default', 0, 1000,
            case when $2 <> 'skipped' then at - interval '1 second' end, at
       from unnest($3::float8[]) as minutes, lateral (select now() - minutes * interval '1 minute' as at) a`,
    [jobId, status, minutesAgo],
  );
}

describe('before anything ran', () => {
  test('the overview is all zeros over 24 hours', async () => {
    const body = await overview();
    expect(body).toMatchObject({
      at: expect.stringMatching(INSTANT) as string,
      jobs: { total: 4, enabled: 4, disabled: 0, paused: 0, running: 0, failing: 0, overdue: 0 },
      executions: { running: 0, waiting: 0, oldestWaitingSeconds: null },
      last24Hours: { ...NOTHING, successRate: null },
      previous24Hours: { ...NOTHING, successRate: null },
    });
    expect(body.hourly).toHaveLength(24);
    const hours = body.hourly.map(({ at }) => Date.parse(at) / 3_600_000);
    expect(hours).toEqual(Array.from({ length: 24 }, (_, index) => (hours[0] ?? 0) + index));
  });

  test('nothing needs attention: no job has had its time', async () => {
    expect(await attention(admin)).toEqual({ failing: [], missed: [], neverRun: [], overdue: [], expiringKeys: [] });
  });
});

describe('after two days', () => {
  let jobId: string;

  beforeAll(async () => {
    await sql("update execution_rollup_progress set until = '-infinity' where name = 'hourly'", []);
    jobId = (await createJob({ name: 'Two days', maxInstances: 5 })).id;
    await ended(jobId, 'success', 1, 2, 90, 24 * 60 - 2, 24 * 60 + 2, 40 * 60, 48 * 60 - 2, 48 * 60 + 2, 60 * 60);
    await ended(jobId, 'failed', 30);
    await ended(jobId, 'timeout', 30 * 60);
    await ended(jobId, 'cancelled', 40, 31 * 60);
    await ended(jobId, 'skipped', 3, 23 * 60, 25 * 60, 49 * 60);
    await createJob({ name: 'Off', isEnabled: false });
    await createJob({ name: 'Held', isPaused: true });
  });

  const expected = {
    last24Hours: { ...NOTHING, success: 4, failed: 1, cancelled: 1, skipped: 2, successRate: 80 },
    previous24Hours: { ...NOTHING, success: 3, timeout: 1, cancelled: 1, skipped: 1, successRate: 75 },
  };

  test('ends count in the window that they lie in, to the minute', async () => {
    const body = await overview();
    expect(body).toMatchObject({ ...expected, jobs: { total: 7, enabled: 5, disabled: 1, paused: 1 } });
    const sums = body.hourly.reduce((sum, { success, skipped }) => ({ success: sum.success + success, skipped: sum.skipped + skipped }), { success: 0, skipped: 0 });
    // The end of 23 h 58 min ago may stand in the hour before the 24 that are shown.
    expect([3, 4]).toContain(sums.success);
    expect(sums.skipped).toBe(2);
  });

  test('and are the same once the hours are rolled up', async () => {
    await sql(
      `insert into execution_rollup (job_id, hour, status, count, timed, sum_ms, min_ms, max_ms, last_at)
       select job_id, date_trunc('hour', finished_at, 'UTC'), status, count(*), count(*), 0, 0, 0, max(finished_at) from execution
        where finished_at < date_trunc('hour', now(), 'UTC') and status <> 'skipped' group by 1, 2, 3`,
      [],
    );
    await sql("update execution_rollup_progress set until = date_trunc('hour', now(), 'UTC') where name = 'hourly'", []);
    const rolledUp = await overview();
    await sql("update execution_rollup_progress set until = date_trunc('hour', now(), 'UTC') - $1 * interval '1 hour' where name = 'hourly'", [30]);
    const halfWay = await overview();
    await sql("update execution_rollup_progress set until = date_trunc('hour', now(), 'UTC') - $1 * interval '1 hour' where name = 'hourly'", [100]);
    for (const body of [rolledUp, halfWay, await overview()]) expect(body).toMatchObject(expected);
    await sql("update execution_rollup_progress set until = date_trunc('hour', now(), 'UTC') where name = 'hourly'", []);
  });

  test('what runs and what waits counts now', async () => {
    const [waiting, running] = [await trigger(jobId), await trigger(jobId)];
    await api.worker.start(running);
    await sql("update execution set created_at = now() - interval '90 seconds' where id = $1", [waiting]);
    const body = await overview();
    expect(body).toMatchObject({ jobs: { running: 1 }, executions: { running: 1, waiting: 1 } });
    expect(body.executions.oldestWaitingSeconds).toBeGreaterThanOrEqual(90);
    expect(body.executions.oldestWaitingSeconds).toBeLessThan(120);
    await admin(`POST ${BASE}/executions/${waiting}/cancel`);
  });

  test('a skip that nobody wanted needs attention, once a job', async () => {
    const { missed } = await attention();
    expect(missed).toEqual([{
      jobId, name: 'Two days', executionId: expect.any(String) as string, scheduledFor: expect.stringMatching(INSTANT) as string, reason: 'missed_window',
    }]);
    expect(Date.now() - Date.parse((missed as { scheduledFor: string }[])[0]?.scheduledFor ?? '')).toBeLessThan(10 * 60_000);
  });
});

test('jobs that fail and jobs that are late need attention', async () => {
  const [failing, late, off] = [await createJob({ name: 'Fails' }), await createJob({ name: 'Late' }), await createJob({ name: 'Failed and off' })];
  await run(failing.id, { status: 'failed', error: 'first' });
  const last = await run(failing.id, { status: 'failed', error: 'second' });
  await run(off.id, { status: 'failed' });
  await admin(`PUT ${BASE}/jobs/${off.id}/status`, { body: { isEnabled: false } });
  await sql("update scheduled_job set next_fire_at = now() - interval '5 minutes' where id = $1", [late.id]);
  // Who cancels a run has seen to it: of "Two days" one was cancelled, here it hides nothing.
  await admin(`POST ${BASE}/executions/${await trigger(failing.id)}/cancel`);
  const body = await attention();
  expect(body['failing']).toEqual([{ jobId: failing.id, name: 'Fails', streak: 2, executionId: last, error: 'second', at: expect.stringMatching(INSTANT) as string }]);
  expect(body['overdue']).toMatchObject([{ jobId: late.id, name: 'Late' }]);
  const [{ lateSeconds } = { lateSeconds: 0 }] = body['overdue'] as { lateSeconds: number }[];
  expect(Math.round(lateSeconds / 10)).toBe(30);
  expect(body['neverRun']).toContainEqual({ jobId: late.id, name: 'Late', createdAt: expect.stringMatching(INSTANT) as string });
  expect((await overview()).jobs).toMatchObject({ failing: 1, overdue: 1 });
});

test('a job that never ran needs attention once its time has passed', async () => {
  const [fresh, missed, paused, due] = [await createJob({ name: 'Fresh' }), await createJob({ name: 'Came to nothing' }), await createJob({ name: 'Was paused' }), await createJob({ name: 'Due now' })];
  await ended(missed.id, 'skipped', 30);
  await ended(paused.id, 'skipped', 30);
  await sql("update execution set reason = 'paused' where job_id = $1", [paused.id]);
  await trigger(due.id);
  const ids = (await attention())['neverRun']?.map((entry) => (entry as { jobId: string }).jobId);
  expect(ids).toContain(missed.id);
  for (const { id } of [fresh, paused, due]) expect(ids).not.toContain(id);
});

test('only administrators hear of API keys that are about to end', async () => {
  const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();
  for (const [name, days] of [['Soon', 3], ['Later', 60]] as const) {
    const answer = await admin('POST /api/auth/api-keys', { body: { name, permissions: ['TaskRead'], expires_at: inDays(days) } });
    expect([answer.status, answer.body]).toMatchObject([200, {}]);
  }
  expect((await attention(admin))['expiringKeys']).toMatchObject([{ name: 'Soon' }]);
  expect((await attention())['expiringKeys']).toEqual([]);
});
