import { describe, expect, test } from 'vitest';
import { BASE, SEEDED, UNKNOWN, type Job, withSchedulerApi } from '../../../../test/scheduler-api.js';

const { api, admin, operator, viewer, bodyOf, createJob } = withSchedulerApi();

interface BulkResult {
  readonly matched: number;
  readonly changed: number;
  readonly failed: { readonly id: string; readonly name: string; readonly detail: string }[];
}

const bulk = async (body: object, send = admin): Promise<BulkResult> =>
  bodyOf<BulkResult>('POST /jobs/bulk', await send(`POST ${BASE}/jobs/bulk`, { body }), 200);
const states = async (name: string): Promise<unknown[]> => {
  const { jobs } = (await viewer(`GET ${BASE}/jobs?name=${encodeURIComponent(name)}&sort=name`)).body as { jobs: Job[] };
  return jobs.map(({ state }) => state);
};

describe('by ids', () => {
  test('changes what is not yet so, and says what it could not do', async () => {
    const [a, b] = [await createJob({ name: 'ids a' }), await createJob({ name: 'ids b', isEnabled: false })];
    const result = await bulk({ action: 'disable', ids: [a.id, b.id, a.id.toUpperCase(), UNKNOWN] }, operator);
    expect(result).toEqual({ matched: 2, changed: 1, failed: [{ id: UNKNOWN, name: '', detail: `Scheduled job ${UNKNOWN} not found` }] });
    expect(await states('ids ')).toEqual(['disabled', 'disabled']);
    expect(await bulk({ action: 'enable', ids: [a.id, b.id] })).toEqual({ matched: 2, changed: 2, failed: [] });
    expect(await bulk({ action: 'pause', ids: [a.id] })).toMatchObject({ changed: 1 });
    expect(await states('ids ')).toEqual(['paused', 'enabled']);
    expect(await bulk({ action: 'resume', ids: [a.id, b.id] })).toMatchObject({ matched: 2, changed: 1 });
  });

  test('triggers, and goes on after a refusal', async () => {
    const [off, on] = [await createJob({ name: 'tr off', isEnabled: false }), await createJob({ name: 'tr on' })];
    const result = await bulk({ action: 'trigger', ids: [off.id, on.id] });
    expect(result).toEqual({ matched: 2, changed: 1, failed: [{ id: off.id, name: 'tr off', detail: 'Job is disabled and cannot be triggered' }] });
    expect((await viewer(`GET ${BASE}/jobs/${on.id}/executions`)).body).toMatchObject({ total: 1 });
  });

  test('each change is in the audit log and has its version', async () => {
    const job = await createJob({ name: 'audited' });
    await bulk({ action: 'pause', ids: [job.id] });
    const rows = await api.database.query<{ action: string }>({ text: 'select action from audit_log where target_id = $1 order by id' }, [job.id]);
    expect(rows.map(({ action }) => action)).toEqual(['job.created', 'job.updated']);
    expect((await viewer(`GET ${BASE}/jobs/${job.id}`)).body).toMatchObject({ scheduleVersion: 2 });
  });

  test('deletes a chain of jobs that depend on each other, but no job of a system function', async () => {
    const first = await createJob({ name: 'chain 1' });
    const second = await createJob({ name: 'chain 2', dependsOn: [first.id] });
    const third = await createJob({ name: 'chain 3', dependsOn: [second.id] });
    const result = await bulk({ action: 'delete', ids: [first.id, second.id, third.id, SEEDED] });
    expect(result).toMatchObject({ matched: 4, changed: 3, failed: [{ id: SEEDED }] });
    expect(await states('chain ')).toEqual([]);
  });
});

describe('by filter', () => {
  test('changes as many as the caller expects, or nothing', async () => {
    for (const name of ['flt 1', 'flt 2', 'flt 3']) await createJob({ name, isPaused: name === 'flt 3' });
    const refused = await admin(`POST ${BASE}/jobs/bulk`, { body: { action: 'disable', filter: { q: 'flt ' }, expectedCount: 2 } });
    expect(bodyOf('POST /jobs/bulk', refused, 409)).toEqual({ detail: '3 jobs match now, not 2' });
    expect(await states('flt ')).toEqual(['enabled', 'enabled', 'paused']);
    expect(await bulk({ action: 'disable', filter: { q: 'flt ', is_enabled: 'true', status: 'enabled' }, expected_count: 2 })).toMatchObject({ matched: 2, changed: 2 });
    expect(await states('flt ')).toEqual(['disabled', 'disabled', 'paused']);
  });
});

describe('what is refused', () => {
  test.each([
    [{ ids: [SEEDED] }, 'action'],
    [{ action: 'explode', ids: [SEEDED] }, 'action'],
    [{ action: 'pause' }, 'ids'],
    [{ action: 'pause', ids: [] }, 'ids'],
    [{ action: 'pause', ids: ['x'] }, 'ids'],
    [{ action: 'pause', ids: Array.from({ length: 501 }, () => SEEDED) }, 'ids'],
    [{ action: 'pause', ids: [SEEDED], filter: {} }, 'filter'],
    [{ action: 'pause', filter: {} }, 'expectedCount'],
  ])('%j', async (body, member) => {
    const answer = bodyOf('POST /jobs/bulk', await admin(`POST ${BASE}/jobs/bulk`, { body }), 422);
    expect(answer).toMatchObject({ detail: [{ loc: ['body', member] }] });
  });

  test('a viewer changes nothing, an operator deletes nothing', async () => {
    const { id } = await createJob();
    expect((await viewer(`POST ${BASE}/jobs/bulk`, { body: { action: 'pause', ids: [id] } })).status).toBe(403);
    const answer = await operator(`POST ${BASE}/jobs/bulk`, { body: { action: 'delete', ids: [id] } });
    expect(bodyOf('POST /jobs/bulk', answer, 403)).toEqual({ detail: 'TaskDelete permission required' });
    expect((await viewer(`GET ${BASE}/jobs/${id}`)).status).toBe(200);
  });
});
