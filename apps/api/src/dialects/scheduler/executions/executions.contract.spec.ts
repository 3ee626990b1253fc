import { describe, expect, test } from 'vitest';
import { BASE, UNKNOWN, UUID, withSchedulerApi } from '../../../../test/scheduler-api.js';

const { api, admin, operator, viewer, bodyOf, createJob, trigger, run } = withSchedulerApi();

describe('triggering', () => {
  test('answers as in the reference and records who did it', async () => {
    const job = await createJob({ name: 'Trigger me' });
    const answer = bodyOf('POST /jobs/{job_id}/trigger', await operator(`POST ${BASE}/jobs/${job.id}/trigger`), 200);
    expect(answer).toEqual({
      jobId: job.id,
      executionId: expect.stringMatching(UUID) as string,
      celeryTaskId: `${String(answer['executionId'])}-1`,
      message: 'Job triggered successfully',
    });
    const execution = await viewer(`GET ${BASE}/executions/${String(answer['executionId'])}`);
    expect(bodyOf('GET /executions/{execution_id}', execution, 200)).toMatchObject({
      status: 'pending',
      triggeredBy: 'manual',
      triggeredByUserId: expect.stringMatching(UUID) as string,
      celeryTaskId: answer['celeryTaskId'],
      startedAt: null,
      completedAt: null,
      durationSeconds: null,
      attempts: [],
    });
  });

  test('takes arguments for the one execution', async () => {
    const job = await createJob();
    const answer = await operator(`POST ${BASE}/jobs/${job.id}/trigger`, { body: { task_args: { retention_days: 1 } } });
    const { executionId } = bodyOf<{ executionId: string }>('POST /jobs/{job_id}/trigger', answer, 200);
    const execution = await viewer(`GET ${BASE}/executions/${executionId}`);
    expect(execution.body).toMatchObject({ taskArgs: { retention_days: 1 } });
  });

  test('says api when an API key did it', async () => {
    const created = await admin('POST /api/auth/api-keys', { body: { name: 'CI', permissions: ['TaskRead', 'TaskWrite'] } });
    const key = (created.body as { data: { key?: string; api_key?: string } }).data;
    const headers = { 'x-api-key': key.api_key ?? key.key ?? '' };
    const job = await createJob();
    const answer = await api.request(`POST ${BASE}/jobs/${job.id}/trigger`, { headers });
    const { executionId } = bodyOf<{ executionId: string }>('POST /jobs/{job_id}/trigger', answer, 200);
    const execution = await api.request(`GET ${BASE}/executions/${executionId}`, { headers });
    expect(execution.body).toMatchObject({ triggeredBy: 'api', triggeredByUserId: expect.stringMatching(UUID) as string });
  });

  test('is refused for a disabled, a busy and an unknown job', async () => {
    const disabled = await createJob({ isEnabled: false });
    bodyOf('POST /jobs/{job_id}/trigger', await admin(`POST ${BASE}/jobs/${disabled.id}/trigger`), 400);
    const busy = await createJob();
    await trigger(busy.id);
    bodyOf('POST /jobs/{job_id}/trigger', await admin(`POST ${BASE}/jobs/${busy.id}/trigger`), 409);
    const unknown = bodyOf('POST /jobs/{job_id}/trigger', await admin(`POST ${BASE}/jobs/${UNKNOWN}/trigger`), 404);
    expect(unknown).toEqual({ detail: `Scheduled job ${UNKNOWN} not found` });
  });
});

describe('executions', () => {
  test('are listed over all jobs and by job, with filters and headers', async () => {
    const job = await createJob({ name: 'Two outcomes' });
    const failed = await run(job.id, { status: 'failed', error: 'boom' });
    const succeeded = await run(job.id, { status: 'success' });
    const ofJob = await viewer(`GET ${BASE}/jobs/${job.id}/executions`);
    const body = bodyOf<{ executions: { id: string }[]; total: number }>('GET /jobs/{job_id}/executions', ofJob, 200);
    expect([body.executions.map(({ id }) => id), body.total]).toEqual([[succeeded, failed], 2]);
    expect(ofJob.headers.get('x-per-page')).toBe('50');
    expect(ofJob.headers.get('x-total-count-estimated')).toBeNull();
    const filtered = await viewer(`GET ${BASE}/executions?job_id=${job.id}&status=failed&page=1&per_page=1`);
    expect(bodyOf('GET /executions', filtered, 200)).toMatchObject({ total: 1, executions: [{ id: failed, errorMessage: 'boom' }] });
    const byStatus = await viewer(`GET ${BASE}/jobs/${job.id}/executions?status=success`);
    expect(byStatus.body).toMatchObject({ total: 1, executions: [{ id: succeeded }] });
    const all = bodyOf<{ total: number }>('GET /executions', await viewer(`GET ${BASE}/executions`), 200);
    expect(all.total).toBeGreaterThanOrEqual(2);
  });

  test('of an unknown job are 404, by filter an empty list', async () => {
    bodyOf('GET /jobs/{job_id}/executions', await viewer(`GET ${BASE}/jobs/${UNKNOWN}/executions`), 404);
    expect((await viewer(`GET ${BASE}/executions?job_id=${UNKNOWN}`)).body).toEqual({ executions: [], total: 0, nextCursor: null });
  });

  test('show their attempts', async () => {
    const job = await createJob();
    const id = await run(job.id, { status: 'failed', error: 'boom', durationMs: 1_234 });
    const detail = bodyOf('GET /executions/{execution_id}', await viewer(`GET ${BASE}/executions/${id}`), 200);
    expect(detail).toMatchObject({
      status: 'failed',
      durationSeconds: 1.234,
      attempt: 1,
      attempts: [{ attempt: 1, status: 'failed', errorMessage: 'boom', durationSeconds: 1.234 }],
    });
    bodyOf('GET /executions/{execution_id}', await viewer(`GET ${BASE}/executions/${UNKNOWN}`), 404);
  });

  test('are cancelled once', async () => {
    const job = await createJob();
    const id = await trigger(job.id);
    const cancelled = bodyOf('POST /executions/{execution_id}/cancel', await operator(`POST ${BASE}/executions/${id}/cancel`), 200);
    expect(cancelled).toMatchObject({ id, status: 'cancelled' });
    bodyOf('POST /executions/{execution_id}/cancel', await operator(`POST ${BASE}/executions/${id}/cancel`), 409);
    bodyOf('POST /executions/{execution_id}/cancel', await operator(`POST ${BASE}/executions/${UNKNOWN}/cancel`), 404);
  });
});
