import { beforeAll, describe, expect, test } from 'vitest';
import { BASE, UNKNOWN, withSchedulerApi } from '../../../../test/scheduler-api.js';

const { api, admin, operator, viewer, bodyOf, createJob, trigger, run } = withSchedulerApi();

interface ExecutionList {
  readonly executions: { readonly id: string; readonly [member: string]: unknown }[];
  readonly total: number;
  readonly nextCursor: string | null;
}

async function list(query: string): Promise<ExecutionList> {
  return bodyOf<ExecutionList>('GET /executions', await viewer(`GET ${BASE}/executions?${query}`), 200);
}

const ids = ({ executions }: ExecutionList): string[] => executions.map(({ id }) => id);

/** Moves what lists sort by to so many minutes ago; microseconds apart, where one asks for it. */
async function setBack(id: string, minutes: number, micros = 0): Promise<void> {
  const text = "update execution set sort_at = date_trunc('minute', now()) - $2 * interval '1 minute' - $3 * interval '1 microsecond' where id = $1";
  await api.database.query({ text }, [id, minutes, micros]);
}

test('an execution names its job, queue, worker and who started it, and how long it waited', async () => {
  const job = await createJob({ name: 'Named', retryCount: 2 });
  const answer = await operator(`POST ${BASE}/jobs/${job.id}/trigger`);
  const { executionId } = answer.body as { executionId: string };
  await api.worker.finish(await api.worker.start(executionId), { status: 'success' });
  const names = { jobName: 'Named', queue: job['queue'], maxAttempts: 3, triggeredByName: 'operator', queueWaitSeconds: expect.any(Number) as number };
  expect((await list(`job_id=${job.id}`)).executions).toMatchObject([{ ...names, workerName: null }]);
  await api.database.query({
    text: `insert into worker (id, name, hostname, ip_address, pid, version, queues, task_types, concurrency, status)
           select worker_id, 'worker-7', 'h', '::1', 1, '1', '{}', '{}', 1, 'alive' from execution where id = $1`,
  }, [executionId]);
  const detail = bodyOf('GET /executions/{execution_id}', await viewer(`GET ${BASE}/executions/${executionId}`), 200);
  expect(detail).toMatchObject({ ...names, workerName: 'worker-7' });
  const ofJob = bodyOf<{ recentExecutions: unknown[] }>('GET /jobs/{job_id}', await viewer(`GET ${BASE}/jobs/${job.id}`), 200);
  expect(ofJob.recentExecutions).toMatchObject([names]);
});

describe('the filters', () => {
  let jobId: string;
  let made: { failed: string; slow: string; waiting: string; byKey: string };

  beforeAll(async () => {
    const job = await createJob({ name: 'Filtered', maxInstances: 5 });
    jobId = job.id;
    const created = await admin('POST /api/auth/api-keys', { body: { name: 'CI', permissions: ['TaskRead', 'TaskWrite'] } });
    const key = (created.body as { data: { key?: string; api_key?: string } }).data;
    const failed = await run(jobId, { status: 'failed', error: 'Connection REFUSED by 10%_host', durationMs: 100 });
    const slow = await run(jobId, { status: 'success', durationMs: 60_000 });
    const waiting = await trigger(jobId);
    const byKey = await api.request(`POST ${BASE}/jobs/${jobId}/trigger`, { headers: { 'x-api-key': key.api_key ?? key.key ?? '' } });
    made = { failed, slow, waiting, byKey: (byKey.body as { executionId: string }).executionId };
    for (const [index, id] of Object.values(made).entries()) await setBack(id, 10 * (index + 1));
  });

  test('of status, trigger, duration and error text', async () => {
    const found = async (query: string): Promise<string[]> => ids(await list(`job_id=${jobId}&${query}`));
    const { failed, slow, waiting, byKey } = made;
    expect(await found('')).toEqual([failed, slow, waiting, byKey]);
    expect(await found('status=failed,success')).toEqual([failed, slow]);
    expect(await found('status=pending')).toEqual([waiting, byKey]);
    expect(await found('trigger=api')).toEqual([byKey]);
    expect(await found('trigger=api,manual&status=pending,failed')).toEqual([failed, waiting, byKey]);
    expect(await found('min_duration_seconds=0.2')).toEqual([slow]);
    expect(await found('max_duration_seconds=0.1')).toEqual([failed]);
    expect(await found('q=refused')).toEqual([failed]);
    expect(await found('q=10%25_host')).toEqual([failed]);
    expect(await found('q=1_%25')).toEqual([]);
  });

  test('of task function, queue and worker', async () => {
    const { workerId, queue } = (await list(`job_id=${jobId}&status=failed`)).executions[0] as unknown as { workerId: string; queue: string };
    expect(ids(await list(`worker_id=${workerId}&job_id=${jobId}`))).toEqual([made.failed, made.slow]);
    expect(ids(await list(`queue=${queue}&job_id=${jobId}&trigger=api`))).toEqual([made.byKey]);
    expect(ids(await list(`task_function_id=5&job_id=${jobId}&trigger=api`))).toEqual([made.byKey]);
    for (const query of ['queue=none', 'task_function_id=1', 'task_function_id=99', `worker_id=${UNKNOWN}`]) {
      expect(await list(`job_id=${jobId}&${query}`)).toEqual({ executions: [], total: 0, nextCursor: null });
    }
  });

  test('of time take the beginning in and leave the end out', async () => {
    const [row] = await api.database.query<{ at: Date }>({ text: 'select sort_at as at from execution where id = $1' }, [made.slow]);
    const at = row?.at.toISOString() ?? '';
    expect(ids(await list(`job_id=${jobId}&from=${at}`))).toEqual([made.failed, made.slow]);
    expect(ids(await list(`job_id=${jobId}&to=${at}`))).toEqual([made.waiting, made.byKey]);
    expect((await list(`job_id=${jobId}&to=${at}`)).total).toBe(2);
  });

  test('hold for the executions of one job, too', async () => {
    const answer = await viewer(`GET ${BASE}/jobs/${jobId}/executions?trigger=api&status=pending,running`);
    expect(bodyOf('GET /jobs/{job_id}/executions', answer, 200)).toMatchObject({ executions: [{ id: made.byKey }], total: 1, nextCursor: null });
  });

  test.each([
    ['status=failed,exploded', 'status'],
    ['status=', 'status'],
    ['trigger=cron', 'trigger'],
    ['worker_id=7', 'worker_id'],
    ['from=yesterday', 'from'],
    ['from=2024-01-02T00:00:00Z&to=2024-01-01T00:00:00Z', 'to'],
    ['q=x&from=2024-01-01T00:00:00Z&to=2024-03-01T00:00:00Z', 'from'],
    ['min_duration_seconds=-1', 'min_duration_seconds'],
    ['min_duration_seconds=x', 'min_duration_seconds'],
    ['min_duration_seconds=2&max_duration_seconds=1', 'max_duration_seconds'],
    ['cursor=nonsense', 'cursor'],
  ])('%s is refused', async (query, member) => {
    const answer = bodyOf('GET /executions', await viewer(`GET ${BASE}/executions?${query}`), 422);
    expect(answer).toMatchObject({ detail: [{ loc: ['query', member] }] });
  });
});

describe('the cursor', () => {
  test('goes through the list without a gap or a repetition, though instants differ by a microsecond or not at all', async () => {
    const job = await createJob({ name: 'Paged' });
    const made: string[] = [];
    for (let index = 0; index < 7; index += 1) made.push(await run(job.id, { status: index % 2 === 0 ? 'success' : 'failed' }));
    for (const [index, id] of made.entries()) await setBack(id, 5, Math.min(index, 4));
    for (const query of [`job_id=${job.id}`, `job_id=${job.id}&trigger=manual`, `job_id=${job.id}&status=success,failed`]) {
      const whole = ids(await list(query));
      expect(new Set(whole)).toEqual(new Set(made));
      let page = await list(`${query}&per_page=2`);
      const seen = ids(page);
      while (page.nextCursor !== null && seen.length < 20) {
        page = await list(`${query}&per_page=2&page=9&cursor=${page.nextCursor}`);
        expect(page.total).toBe(7);
        seen.push(...ids(page));
      }
      expect(seen).toEqual(whole);
    }
  });

  test('is null where a page is the last one', async () => {
    const job = await createJob({ name: 'One page' });
    await run(job.id, { status: 'success' });
    expect((await list(`job_id=${job.id}&per_page=1`)).nextCursor).toBeNull();
    expect((await list(`job_id=${job.id}&per_page=2`)).nextCursor).toBeNull();
  });
});
