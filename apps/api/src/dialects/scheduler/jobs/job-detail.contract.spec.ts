import { beforeAll, describe, expect, test } from 'vitest';
import { BASE, INSTANT, UNKNOWN, withSchedulerApi } from '../../../../test/scheduler-api.js';

const { api, admin, viewer, bodyOf, createJob, trigger, run } = withSchedulerApi();

describe('the statistics of a job', () => {
  const statisticsOf = async (id: string): Promise<unknown> =>
    bodyOf<{ statistics: unknown }>('GET /jobs/{job_id}', await viewer(`GET ${BASE}/jobs/${id}`), 200).statistics;

  test('are empty before the first run', async () => {
    const { id } = await createJob();
    expect(await statisticsOf(id)).toEqual({
      total: 0, succeeded: 0, failed: 0, cancelled: 0, successRate: null,
      averageDurationSeconds: null, minDurationSeconds: null, maxDurationSeconds: null, medianDurationSeconds: null, p95DurationSeconds: null,
      last24Hours: 0, last7Days: 0, last30Days: 0, lastSuccessAt: null, lastFailureAt: null,
    });
  });

  test('sum up what ran', async () => {
    const { id } = await createJob({ maxInstances: 2 });
    // What took several attempts counts from the first start; one attempt as its worker measured it, as in every list.
    for (const [index, status] of (['success', 'success', 'failed', 'success'] as const).entries()) {
      const execution = await run(id, { status });
      const text = "update execution set started_at = finished_at - $2 * interval '1 second', attempt = 2 where id = $1";
      await api.database.query({ text }, [execution, index + 1]);
    }
    await trigger(id);
    expect(await statisticsOf(id)).toEqual({
      total: 5, succeeded: 3, failed: 1, cancelled: 0, successRate: 75,
      averageDurationSeconds: 2.5, minDurationSeconds: 1, maxDurationSeconds: 4, medianDurationSeconds: 2.5, p95DurationSeconds: 3.85,
      last24Hours: 5, last7Days: 5, last30Days: 5,
      lastSuccessAt: expect.stringMatching(INSTANT) as string,
      lastFailureAt: expect.stringMatching(INSTANT) as string,
    });
  });

  test('count a run that was cancelled neither as a success nor as a failure', async () => {
    const { id } = await createJob();
    await run(id, { status: 'success' });
    expect((await admin(`POST ${BASE}/executions/${await trigger(id)}/cancel`)).body).toMatchObject({ status: 'cancelled' });
    expect(await statisticsOf(id)).toMatchObject({ total: 2, succeeded: 1, failed: 0, cancelled: 1, successRate: 100, last24Hours: 2, lastFailureAt: null });
  });

  test('have the durations of the list of executions where nothing was retried', async () => {
    const { id } = await createJob();
    await run(id, { status: 'success' });
    const [shown] = bodyOf<{ executions: { durationSeconds: number }[] }>('GET /executions', await viewer(`GET ${BASE}/executions?job_id=${id}`), 200).executions;
    expect(shown?.durationSeconds).toBe(5.2);
    expect(await statisticsOf(id)).toMatchObject({ medianDurationSeconds: 5.2, averageDurationSeconds: 5.2, minDurationSeconds: 5.2, maxDurationSeconds: 5.2 });
  });
});

describe('the runs of a job', () => {
  interface Runs {
    readonly runs: { readonly id: string; readonly [member: string]: unknown }[];
    readonly hasOlder: boolean;
    readonly hasNewer: boolean;
  }

  let jobId: string;
  let made: string[];

  const runs = async (query = ''): Promise<[string[], boolean, boolean]> => {
    const body = bodyOf<Runs>('GET /jobs/{job_id}/runs', await viewer(`GET ${BASE}/jobs/${jobId}/runs?${query}`), 200);
    return [body.runs.map(({ id }) => id), body.hasOlder, body.hasNewer];
  };

  beforeAll(async () => {
    jobId = (await createJob({ name: 'Thirty runs' })).id;
    made = [];
    for (let index = 0; index < 30; index += 1) made.push(await run(jobId, { status: index === 29 ? 'failed' : 'success', error: 'boom' }));
    // Three of them at the same instant: the order must be that of the list all the same.
    await api.database.query({ text: 'update execution set sort_at = (select max(sort_at) from execution where id = any ($1::uuid[])) where id = any ($1::uuid[])' }, [made.slice(14, 17)]);
  });

  test('are the newest by default, oldest first', async () => {
    expect(await runs()).toEqual([made, false, false]);
    expect(await runs('limit=10')).toEqual([made.slice(20), true, false]);
    const { runs: all } = bodyOf<Runs>('GET /jobs/{job_id}/runs', await viewer(`GET ${BASE}/jobs/${jobId}/runs`), 200);
    expect(all.at(-1)).toEqual({
      id: made[29], number: expect.any(Number) as number, status: 'failed', reason: null, trigger: 'manual',
      scheduledFor: expect.stringMatching(INSTANT) as string, startedAt: expect.stringMatching(INSTANT) as string, durationSeconds: 5.2,
      attempt: 1, finishedAt: expect.stringMatching(INSTANT) as string, workerId: expect.any(String) as string, error: 'boom',
    });
  });

  test('can be walked to both sides', async () => {
    expect(await runs(`limit=10&before=${made[20] ?? ''}`)).toEqual([made.slice(10, 20), true, true]);
    expect(await runs(`limit=10&before=${made[10] ?? ''}`)).toEqual([made.slice(0, 10), false, true]);
    expect(await runs(`limit=10&before=${made[0] ?? ''}`)).toEqual([[], false, true]);
    expect(await runs(`limit=10&after=${made[9] ?? ''}`)).toEqual([made.slice(10, 20), true, true]);
    expect(await runs(`limit=10&after=${made[19] ?? ''}`)).toEqual([made.slice(20), true, false]);
    expect(await runs(`limit=10&after=${made[29] ?? ''}`)).toEqual([[], true, false]);
  });

  test('can stand around one of them', async () => {
    expect(await runs(`limit=10&around=${made[15] ?? ''}`)).toEqual([made.slice(10, 20), true, true]);
    expect(await runs(`limit=10&around=${made[1] ?? ''}`)).toEqual([made.slice(0, 10), false, true]);
    expect(await runs(`limit=10&around=${made[28] ?? ''}`)).toEqual([made.slice(20), true, false]);
    expect(await runs(`limit=50&around=${made[3] ?? ''}`)).toEqual([made, false, false]);
  });

  test('are 404 for another job and for what is none of its executions', async () => {
    bodyOf('GET /jobs/{job_id}/runs', await viewer(`GET ${BASE}/jobs/${UNKNOWN}/runs`), 404);
    const other = await createJob();
    bodyOf('GET /jobs/{job_id}/runs', await viewer(`GET ${BASE}/jobs/${other.id}/runs?after=${made[0] ?? ''}`), 404);
  });

  test.each(['limit=20', 'limit=x', 'before=1', `before=${UNKNOWN}&after=${UNKNOWN}`])('%s is refused', async (query) => {
    bodyOf('GET /jobs/{job_id}/runs', await viewer(`GET ${BASE}/jobs/${jobId}/runs?${query}`), 422);
  });
});
