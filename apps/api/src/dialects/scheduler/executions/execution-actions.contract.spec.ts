import { describe, expect, test } from 'vitest';
import { BASE, UNKNOWN, UUID, withSchedulerApi } from '../../../../test/scheduler-api.js';

const { api, operator, viewer, bodyOf, createJob, trigger, run } = withSchedulerApi();

const detailOf = async (id: string): Promise<Record<string, unknown>> =>
  bodyOf('GET /executions/{execution_id}', await viewer(`GET ${BASE}/executions/${id}`), 200);

test('an execution has its job and its neighbours', async () => {
  const job = await createJob({ name: 'Three', isPaused: true });
  const made = [await run(job.id, { status: 'success' }), await run(job.id, { status: 'success' }), await run(job.id, { status: 'success' })];
  const shown = { job: { id: job.id, name: 'Three', timezone: 'UTC', state: 'paused' } };
  expect(await detailOf(made[0] ?? '')).toMatchObject({ ...shown, previousId: null, nextId: made[1] });
  expect(await detailOf(made[1] ?? '')).toMatchObject({ previousId: made[0], nextId: made[2] });
  expect(await detailOf(made[2] ?? '')).toMatchObject({ previousId: made[1], nextId: null });
});

describe('running again', () => {
  test('takes the arguments that the execution had, or others', async () => {
    const job = await createJob({ maxInstances: 3 });
    const answer = await operator(`POST ${BASE}/jobs/${job.id}/trigger`, { body: { taskArgs: { retention_days: 1 } } });
    const { executionId } = answer.body as { executionId: string };
    const again = bodyOf('POST /executions/{execution_id}/rerun', await operator(`POST ${BASE}/executions/${executionId}/rerun`), 200);
    expect(again).toEqual({
      jobId: job.id, executionId: expect.stringMatching(UUID) as string, celeryTaskId: `${String(again['executionId'])}-1`, message: 'Job triggered successfully',
    });
    expect(await detailOf(String(again['executionId']))).toMatchObject({ taskArgs: { retention_days: 1 }, triggeredBy: 'manual' });
    const other = await operator(`POST ${BASE}/executions/${executionId}/rerun`, { body: { task_args: { retention_days: 9 } } });
    const changed = bodyOf<{ executionId: string }>('POST /executions/{execution_id}/rerun', other, 200);
    expect(await detailOf(changed.executionId)).toMatchObject({ taskArgs: { retention_days: 9 } });
    const log = await api.database.query<{ details: object }>({ text: "select details from audit_log where action = 'execution.rerun' and target_id = $1 order by id" }, [executionId]);
    expect(log).toEqual([{ details: { executionId: again['executionId'] } }, { details: { executionId: changed.executionId } }]);
  });

  test('stays without arguments when the job has got some since', async () => {
    const job = await createJob({ maxInstances: 2, taskArgs: null });
    const executionId = await trigger(job.id);
    expect(await detailOf(executionId)).toMatchObject({ taskArgs: null });
    expect((await operator(`PUT ${BASE}/jobs/${job.id}`, { body: { taskArgs: { retention_days: 5 } } })).status).toBe(200);
    const again = bodyOf<{ executionId: string }>('POST /executions/{execution_id}/rerun', await operator(`POST ${BASE}/executions/${executionId}/rerun`), 200);
    expect(await detailOf(again.executionId)).toMatchObject({ taskArgs: {} });
  });

  test('is refused as triggering is', async () => {
    const job = await createJob();
    const id = await trigger(job.id);
    bodyOf('POST /executions/{execution_id}/rerun', await operator(`POST ${BASE}/executions/${id}/rerun`), 409);
    bodyOf('POST /executions/{execution_id}/rerun', await operator(`POST ${BASE}/executions/${UNKNOWN}/rerun`), 404);
    bodyOf('POST /executions/{execution_id}/rerun', await operator(`POST ${BASE}/executions/${id}/rerun`, { body: { taskArgs: 'x' } }), 422);
    expect((await viewer(`POST ${BASE}/executions/${id}/rerun`)).status).toBe(403);
  });
});

describe('many executions', () => {
  const bulk = async (body: object): Promise<object> => bodyOf('POST /executions/bulk', await operator(`POST ${BASE}/executions/bulk`, { body }), 200);

  test('are cancelled, but for those that are over', async () => {
    const job = await createJob({ maxInstances: 5 });
    const done = await run(job.id, { status: 'success' });
    const waiting = [await trigger(job.id), await trigger(job.id)];
    expect(await bulk({ action: 'cancel', ids: [...waiting, done, UNKNOWN] })).toEqual({
      matched: 3,
      changed: 2,
      failed: [
        { id: done, detail: `Execution ${done} has finished already` },
        { id: UNKNOWN, detail: `Execution ${UNKNOWN} not found` },
      ],
    });
    for (const id of waiting) expect(await detailOf(id)).toMatchObject({ status: 'cancelled' });
  });

  test('run again', async () => {
    const [a, b] = [await createJob(), await createJob()];
    const ids = [await run(a.id, { status: 'failed' }), await run(b.id, { status: 'failed' })];
    expect(await bulk({ action: 'rerun', ids })).toEqual({ matched: 2, changed: 2, failed: [] });
    for (const job of [a, b]) expect((await viewer(`GET ${BASE}/jobs/${job.id}/executions?status=pending`)).body).toMatchObject({ total: 1 });
  });

  test('need an action, ids and the permission', async () => {
    for (const body of [{}, { action: 'delete', ids: [UNKNOWN] }, { action: 'cancel', ids: [] }, { action: 'cancel' }, { action: 'cancel', ids: ['1'] }]) {
      bodyOf('POST /executions/bulk', await operator(`POST ${BASE}/executions/bulk`, { body }), 422);
    }
    expect((await viewer(`POST ${BASE}/executions/bulk`, { body: { action: 'cancel', ids: [UNKNOWN] } })).status).toBe(403);
  });
});

describe('the export', () => {
  test('is a file of what the filters match', async () => {
    const job = await createJob({ name: 'Ex, "port"', maxInstances: 2 });
    const [failed, done] = [await run(job.id, { status: 'failed', error: '=cmd()' }), await run(job.id, { status: 'success' })];
    const csv = await viewer(`GET ${BASE}/executions/export?job_id=${job.id}`);
    expect([csv.status, csv.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
    expect(csv.headers.get('content-disposition')).toMatch(/^attachment; filename="executions-\d{8}T\d{6}\.csv"$/);
    const lines = String(csv.body).split('\r\n');
    expect(lines[0]).toMatch(/^id,number,jobId,jobName,/);
    expect(lines.slice(1, -1).map((line) => line.slice(0, 36))).toEqual([done, failed]);
    expect(lines[2]).toContain('"Ex, ""port"""');
    expect(lines[2]).toMatch(/,'=cmd\(\)$/);
    const ndjson = await viewer(`GET ${BASE}/executions/export?job_id=${job.id}&format=ndjson&status=failed&trigger=manual`);
    expect(ndjson.headers.get('content-type')).toBe('application/x-ndjson');
    const listed = (await viewer(`GET ${BASE}/executions?job_id=${job.id}&status=failed`)).body as { executions: unknown[] };
    expect(ndjson.body).toEqual(`${JSON.stringify(listed.executions[0])}\n`);
  });

  test('goes over all its parts', async () => {
    const job = await createJob({ name: 'Many' });
    await api.database.query({
      text: `insert into execution (id, job_id, scheduled_for, sort_at, trigger, schedule_version, status, task_function, queue, priority, timeout_ms)
             select gen_random_uuid(), $1, now() - n * interval '1 second', now() - n % 7 * interval '1 second', 'manual', 1, 'cancelled', 'shell', 'default', 0, 1
               from generate_series(1, 2500) n`,
    }, [job.id]);
    for (const query of ['', '&trigger=manual']) {
      const { body } = await viewer(`GET ${BASE}/executions/export?format=ndjson&job_id=${job.id}${query}`);
      const ids = String(body).trimEnd().split('\n').map((line) => (JSON.parse(line) as { id: string }).id);
      expect([ids.length, new Set(ids).size]).toEqual([2_500, 2_500]);
    }
  });

  test.each(['format=xml', 'status=x', 'q=a&from=2020-01-01T00:00:00Z'])('%s is refused', async (query) => {
    bodyOf('GET /executions/export', await viewer(`GET ${BASE}/executions/export?${query}`), 422);
  });
});

describe('logs', () => {
  test('can be read from the end, page by page to the start', async () => {
    const id = await trigger((await createJob()).id);
    const claim = await api.worker.start(id);
    await api.worker.writeLog(claim, ['one\ntwo\n', 'three\n', 'four\nfi', 've']);
    interface Page {
      readonly logs: { readonly message: string }[];
      readonly nextAfter: number;
      readonly hasMore: boolean;
      readonly totalLines: number | null;
    }
    const page = async (query: string): Promise<Page> => bodyOf<Page>('GET /executions/{execution_id}/logs', await viewer(`GET ${BASE}/executions/${id}/logs?${query}`), 200);
    expect(await page('from=end&limit=2')).toMatchObject({ logs: [{ seq: 3 }, { seq: 4, message: 've' }], nextAfter: 4, hasMore: true, totalLines: 5 });
    expect(await page('before=3&limit=2')).toMatchObject({ logs: [{ seq: 1 }, { seq: 2 }], nextAfter: 2, hasMore: false, totalLines: null });
    expect(await page('from=end&q=three')).toMatchObject({ logs: [{ seq: 2 }], hasMore: false, totalLines: 1 });
    expect(await page('from=end&attempt=2')).toMatchObject({ logs: [], nextAfter: 0, hasMore: false, totalLines: 0 });
    expect(await page('before=1')).toMatchObject({ logs: [], hasMore: false });
    expect(await page('from=start&limit=1')).toMatchObject({ logs: [{ seq: 1 }], hasMore: true, totalLines: null });
    for (const wrong of ['before=3&after=1', 'from=end&before=3', 'before=0', 'from=middle']) {
      bodyOf('GET /executions/{execution_id}/logs', await viewer(`GET ${BASE}/executions/${id}/logs?${wrong}`), 422);
    }
  });

  test('can be searched, and had by attempt and as a file', async () => {
    const job = await createJob();
    const id = await trigger(job.id);
    const claim = await api.worker.start(id);
    await api.worker.writeLog(claim, ['first line\n', '100% DONE\n', 'second line\n']);
    const logs = async (query: string): Promise<unknown[]> => {
      const page = bodyOf<{ logs: { message: string }[] }>('GET /executions/{execution_id}/logs', await viewer(`GET ${BASE}/executions/${id}/logs?${query}`), 200);
      return page.logs.map(({ message }) => message);
    };
    expect(await logs('q=LINE')).toEqual(['first line\n', 'second line\n']);
    expect(await logs('q=0%25%20d')).toEqual(['100% DONE\n']);
    expect(await logs('q=line&after=1')).toEqual(['second line\n']);
    expect(await logs('attempt=1')).toHaveLength(3);
    expect(await logs('attempt=2')).toEqual([]);
    const file = await viewer(`GET ${BASE}/executions/${id}/logs/download`);
    expect([file.status, file.headers.get('content-type'), file.body]).toEqual([200, 'text/plain; charset=utf-8', 'first line\n100% DONE\nsecond line\n']);
    expect(file.headers.get('content-disposition')).toMatch(/^attachment; filename="execution-\d+\.log"$/);
    expect((await viewer(`GET ${BASE}/executions/${id}/logs/download?attempt=2`)).body).toBe('');
    bodyOf('GET /executions/{execution_id}/logs/download', await viewer(`GET ${BASE}/executions/${UNKNOWN}/logs/download`), 404);
    bodyOf('GET /executions/{execution_id}/logs/download', await viewer(`GET ${BASE}/executions/${id}/logs/download?attempt=0`), 422);
  });
});
