import { describe, expect, test } from 'vitest';
import { BASE, SEEDED, UNKNOWN, withSchedulerApi } from '../../../../test/scheduler-api.js';

const { api, admin, operator, viewer, bodyOf, createJob, run } = withSchedulerApi();

describe('dependencies', () => {
  const related = async (id: string): Promise<unknown> => {
    const { dependsOn, dependents } = bodyOf('GET /jobs/{job_id}', await viewer(`GET ${BASE}/jobs/${id}`), 200);
    return { dependsOn, dependents };
  };

  test('are given by id and shown on both sides', async () => {
    const parent = await createJob({ name: 'Parent' });
    const child = await createJob({ name: 'Child', dependsOn: [parent.id] });
    await run(parent.id, { status: 'failed' });
    const side = ({ id, number, name }: Record<string, unknown>, lastStatus: string | null): object => ({ id, number, name, lastStatus });
    expect(await related(child.id)).toEqual({ dependsOn: [side(parent, 'failed')], dependents: [] });
    expect(await related(parent.id)).toEqual({ dependsOn: [], dependents: [side(child, null)] });
    const renamed = await operator(`PUT ${BASE}/jobs/${child.id}`, { body: { name: 'Kid' } });
    expect(bodyOf<{ dependsOn: unknown[] }>('PUT /jobs/{job_id}', renamed, 200).dependsOn).toHaveLength(1);
    const freed = await operator(`PUT ${BASE}/jobs/${child.id}`, { body: { depends_on: [] } });
    expect(bodyOf('PUT /jobs/{job_id}', freed, 200)).toMatchObject({ dependsOn: [] });
  });

  test('cannot name what is no job, and not form a cycle', async () => {
    const parent = await createJob({ name: 'Upper' });
    const child = await createJob({ name: 'Lower', dependsOn: [parent.id] });
    const unknown = await operator(`PUT ${BASE}/jobs/${parent.id}`, { body: { dependsOn: [child.id, UNKNOWN] } });
    expect(bodyOf('PUT /jobs/{job_id}', unknown, 422)).toMatchObject({ detail: [{ loc: ['body', 'dependsOn', 1] }] });
    const cycle = await operator(`PUT ${BASE}/jobs/${parent.id}`, { body: { dependsOn: [child.id] } });
    expect(bodyOf<{ detail: string }>('PUT /jobs/{job_id}', cycle, 400).detail).toContain('cycle');
    const text = await operator(`PUT ${BASE}/jobs/${parent.id}`, { body: { dependsOn: 'x' } });
    expect(bodyOf('PUT /jobs/{job_id}', text, 422)).toMatchObject({ detail: [{ loc: ['body', 'dependsOn'] }] });
  });
});

describe('the ETag', () => {
  const tagOf = async (id: string): Promise<string> => (await viewer(`GET ${BASE}/jobs/${id}`)).headers.get('etag') ?? '';
  const rename = async (id: string, name: string, tag: string): ReturnType<typeof admin> =>
    admin(`PUT ${BASE}/jobs/${id}`, { body: { name }, headers: { 'if-match': tag } });

  test('guards a change against the one that came before it', async () => {
    const { id, updatedAt } = await createJob({ name: 'Tagged' });
    const tag = await tagOf(id);
    expect(tag).toBe(`"1-${String(Date.parse(updatedAt as string))}"`);
    const first = await rename(id, 'Tagged once', tag);
    bodyOf('PUT /jobs/{job_id}', first, 200);
    expect(first.headers.get('etag')).toBe(await tagOf(id));
    expect(first.headers.get('etag')).not.toBe(tag);
    const second = await rename(id, 'Tagged twice', tag);
    expect(bodyOf('PUT /jobs/{job_id}', second, 412)).toEqual({ detail: `Scheduled job ${id} was changed meanwhile` });
    expect((await viewer(`GET ${BASE}/jobs/${id}`)).body).toMatchObject({ name: 'Tagged once' });
    bodyOf('PUT /jobs/{job_id}', await rename(id, 'Any', '*'), 200);
    bodyOf('PUT /jobs/{job_id}', await rename(UNKNOWN, 'Nobody', '*'), 404);
  });

  test('lets one of two through that change at the same time', async () => {
    const { id } = await createJob({ name: 'Raced' });
    const tag = await tagOf(id);
    const answers = await Promise.all(['a1', 'b2', 'c3', 'd4'].map(async (name) => rename(id, name, tag)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412]);
  });

  test('stays as it is when the job only runs', async () => {
    const { id } = await createJob();
    const tag = await tagOf(id);
    await run(id, { status: 'success' });
    expect(await tagOf(id)).toBe(tag);
  });
});

describe('a copy', () => {
  test('has everything of the job but its name, and is disabled', async () => {
    const parent = await createJob({ name: 'Root' });
    const members = {
      name: 'Original', jobTypeId: 2, scheduleConfig: { hour: '9', timezone: 'Asia/Tokyo' }, taskArgs: { retention_days: 2 }, retryCount: 7,
      retryBackoff: 'exponential', overlapPolicy: 'queue-one', catchUp: { mode: 'none', windowSeconds: 5 }, priority: 3, isPaused: true,
      endAt: '2040-01-01T00:00:00.000Z',
    };
    const original = await createJob({ ...members, dependsOn: [parent.id] });
    const copy = bodyOf('POST /jobs/{job_id}/duplicate', await operator(`POST ${BASE}/jobs/${original.id}/duplicate`), 201);
    expect(copy).toMatchObject({ ...members, name: 'Original (copy)', isEnabled: false, state: 'disabled', nextRunTime: null });
    expect(copy['id']).not.toBe(original.id);
    expect((await viewer(`GET ${BASE}/jobs/${String(copy['id'])}`)).body).toMatchObject({ dependsOn: [{ id: parent.id }] });
    const named = await operator(`POST ${BASE}/jobs/${original.id}/duplicate`, { body: { name: 'Mine' } });
    expect(bodyOf('POST /jobs/{job_id}/duplicate', named, 201)).toMatchObject({ name: 'Mine' });
  });

  test('of a long name fits', async () => {
    const { id } = await createJob({ name: 'x'.repeat(200) });
    const copy = bodyOf('POST /jobs/{job_id}/duplicate', await operator(`POST ${BASE}/jobs/${id}/duplicate`), 201);
    expect(copy['name']).toBe(`${'x'.repeat(193)} (copy)`);
  });

  test('is refused for what is no job, a bad name, a one-off that is over, and a viewer', async () => {
    bodyOf('POST /jobs/{job_id}/duplicate', await operator(`POST ${BASE}/jobs/${UNKNOWN}/duplicate`), 404);
    bodyOf('POST /jobs/{job_id}/duplicate', await operator(`POST ${BASE}/jobs/${SEEDED}/duplicate`, { body: { name: 'x' } }), 422);
    expect((await viewer(`POST ${BASE}/jobs/${SEEDED}/duplicate`)).status).toBe(403);
    const { id } = await createJob({ jobTypeId: 3, scheduleConfig: { at: '2035-06-01T12:00:00Z' } });
    await api.database.query({ text: `update scheduled_job set schedule_config = '{"at":"2020-06-01T12:00:00Z"}' where id = $1` }, [id]);
    bodyOf('POST /jobs/{job_id}/duplicate', await operator(`POST ${BASE}/jobs/${id}/duplicate`), 422);
  });
});
