import { beforeAll, describe, expect, test } from 'vitest';
import { BASE, INSTANT, SEEDED, type Job, withSchedulerApi } from '../../../../test/scheduler-api.js';

const { api, admin, viewer, bodyOf, createJob, trigger, run } = withSchedulerApi();

interface JobList {
  readonly jobs: Job[];
  readonly total: number;
}

async function list(query: string): Promise<JobList> {
  return bodyOf<JobList>('GET /jobs', await viewer(`GET ${BASE}/jobs?${query}`), 200);
}

/** Starts an execution and cancels it while it waits. */
async function cancelOne(jobId: string): Promise<void> {
  const cancelled = await admin(`POST ${BASE}/executions/${await trigger(jobId)}/cancel`);
  expect(cancelled.body).toMatchObject({ status: 'cancelled' });
}

const names = ({ jobs }: JobList): unknown[] => jobs.map(({ name }) => name);

describe('a job', () => {
  test('says in words when it fires, and what it runs', async () => {
    const seeded = bodyOf('GET /jobs/{job_id}', await viewer(`GET ${BASE}/jobs/${SEEDED}`), 200);
    expect(seeded).toMatchObject({
      taskFunctionName: 'sync_domain_users',
      taskFunctionDisplayName: 'Domain User Sync',
      queue: 'ad_queue',
      scheduleText: 'Every hour',
      timezone: 'UTC',
      scheduleVersion: 1,
      state: 'enabled',
      isRunning: false,
      failureStreak: 0,
    });
    const berlin = await createJob({ jobTypeId: 2, scheduleConfig: { hour: '9', timezone: 'Europe/Berlin' }, isPaused: true });
    expect(berlin).toMatchObject({ scheduleText: 'At 09:00', timezone: 'Europe/Berlin', state: 'paused' });
    const changed = await admin(`PUT ${BASE}/jobs/${berlin.id}`, { body: { isEnabled: false } });
    expect(changed.body).toMatchObject({ state: 'disabled', scheduleVersion: 2 });
  });

  test('counts the failures since its last success, and knows that it runs', async () => {
    const job = await createJob({ name: 'Streak' });
    const now = async (): Promise<unknown> => (await viewer(`GET ${BASE}/jobs/${job.id}`)).body;
    await run(job.id, { status: 'failed' });
    await run(job.id, { status: 'success' });
    expect(await now()).toMatchObject({ failureStreak: 0 });
    await run(job.id, { status: 'failed' });
    await run(job.id, { status: 'failed' });
    const claim = await api.worker.start(await trigger(job.id));
    expect(await now()).toMatchObject({ failureStreak: 2, isRunning: true });
    await api.worker.finish(claim, { status: 'success' });
    expect(await now()).toMatchObject({ failureStreak: 0, isRunning: false });
  });

  test('counts a run that was cancelled neither as a failure nor as the end of failures', async () => {
    const job = await createJob({ name: 'Streak and cancel' });
    const streak = async (): Promise<unknown> => ((await viewer(`GET ${BASE}/jobs/${job.id}`)).body as Job)['failureStreak'];
    await run(job.id, { status: 'success' });
    await cancelOne(job.id);
    expect(await streak()).toBe(0);
    await run(job.id, { status: 'failed' });
    await cancelOne(job.id);
    await run(job.id, { status: 'failed' });
    await cancelOne(job.id);
    expect(await streak()).toBe(2);
  });
});

describe('the filters', () => {
  test('q looks into name and description, literally', async () => {
    await createJob({ name: 'In the NAME: zebra', description: null });
    await createJob({ name: 'Elsewhere', description: 'stripes of a Zebra' });
    expect(names(await list('q=zebra'))).toEqual(['Elsewhere', 'In the NAME: zebra']);
    expect(names(await list('q=zebr%25'))).toEqual([]);
  });

  describe('status', () => {
    beforeAll(async () => {
      const [failing, recovered, off] = [await createJob({ name: 'st failing' }), await createJob({ name: 'st recovered' }), await createJob({ name: 'st off' })];
      const stopped = await createJob({ name: 'st stopped' });
      await createJob({ name: 'st paused', isPaused: true });
      const late = await createJob({ name: 'st late' });
      const runs = await createJob({ name: 'st runs' });
      await run(failing.id, { status: 'failed' });
      await cancelOne(failing.id);
      await cancelOne(stopped.id);
      await run(recovered.id, { status: 'failed' });
      await run(recovered.id, { status: 'success' });
      await run(off.id, { status: 'failed' });
      await admin(`PUT ${BASE}/jobs/${off.id}/status`, { body: { isEnabled: false } });
      await api.worker.start(await trigger(runs.id));
      await api.database.query({ name: 'test-late', text: "update scheduled_job set next_fire_at = now() - interval '1 minute' where id = $1" }, [late.id]);
    });

    test.each([
      ['enabled', ['st failing', 'st late', 'st recovered', 'st runs', 'st stopped']],
      ['disabled', ['st off']],
      ['paused', ['st paused']],
      ['running', ['st runs']],
      ['failing', ['st failing']],
      ['late', ['st late']],
      ['never_run', ['st late', 'st paused', 'st stopped']],
    ])('%s', async (status, expected) => {
      const found = await list(`status=${status}&name=st%20&sort=name`);
      expect([names(found), found.total]).toEqual([expected, expected.length]);
    });
  });

  test('kind, queue and zone', async () => {
    await createJob({ name: 'fz cron', jobTypeId: 2, scheduleConfig: { hour: '9', timezone: 'Asia/Tokyo' } });
    await createJob({ name: 'fz interval', taskFunctionId: 1 });
    expect(names(await list('name=fz%20&job_type_id=2'))).toEqual(['fz cron']);
    expect(names(await list('timezone=Asia/Tokyo'))).toEqual(['fz cron']);
    expect(names(await list('name=fz%20&queue=ad_queue'))).toEqual(['fz interval']);
    expect(await list('queue=none')).toMatchObject({ jobs: [], total: 0 });
  });

  test('ids, of those that the others match', async () => {
    const [a, b] = [await createJob({ name: 'id a' }), await createJob({ name: 'id b', isEnabled: false })];
    await createJob({ name: 'id c' });
    expect(await list(`name=id%20&sort=name&ids=${b.id},${a.id.toUpperCase()}`)).toMatchObject({ jobs: [{ id: a.id }, { id: b.id }], total: 2 });
    expect(names(await list(`status=enabled&ids=${a.id},${b.id}`))).toEqual(['id a']);
    const tooMany = Array.from({ length: 101 }, () => a.id).join(',');
    bodyOf('GET /jobs', await viewer(`GET ${BASE}/jobs?ids=${tooMany}`), 422);
  });

  test.each([['status=broken', 'status'], ['ids=1,2', 'ids'], ['job_type_id=x', 'job_type_id'], ['sort=size', 'sort'], ['sort=--name', 'sort'], ['include=all', 'include']])(
    '%s is refused',
    async (query, member) => {
      const answer = bodyOf('GET /jobs', await viewer(`GET ${BASE}/jobs?${query}`), 422);
      expect(answer).toMatchObject({ detail: [{ loc: ['query', member] }] });
    },
  );
});

describe('the order', () => {
  beforeAll(async () => {
    const [b, a] = [await createJob({ name: 'or b', scheduleConfig: { hours: 5 } }), await createJob({ name: 'OR a', scheduleConfig: { hours: 1 } })];
    await createJob({ name: 'or c', isEnabled: false });
    await run(b.id, { status: 'success' });
    await run(a.id, { status: 'success' });
  });

  test.each([
    ['created', ['or b', 'OR a', 'or c']],
    ['-created', ['or c', 'OR a', 'or b']],
    ['name', ['OR a', 'or b', 'or c']],
    ['-name', ['or c', 'or b', 'OR a']],
    ['next_run', ['OR a', 'or b', 'or c']],
    ['-next_run', ['or b', 'OR a', 'or c']],
    ['last_run', ['or b', 'OR a', 'or c']],
    ['-last_run', ['OR a', 'or b', 'or c']],
  ])('%s, nothing last', async (sort, expected) => {
    expect(names(await list(`name=or%20&sort=${sort}`))).toEqual(expected);
    expect(names(await list(`name=or%20&sort=${sort}&per_page=1&page=2`))).toEqual(expected.slice(1, 2));
  });
});

test('failures orders by those in a row', async () => {
  const [twice, once, never] = [await createJob({ name: 'sf twice' }), await createJob({ name: 'sf once' }), await createJob({ name: 'sf never' })];
  for (const status of ['success', 'failed', 'failed'] as const) await run(twice.id, { status });
  await run(once.id, { status: 'failed' });
  for (const status of ['failed', 'success'] as const) await run(never.id, { status });
  expect(names(await list('name=sf%20&sort=-failures'))).toEqual(['sf twice', 'sf once', 'sf never']);
  expect(names(await list('name=sf%20&sort=failures&per_page=1&page=3'))).toEqual(['sf twice']);
});

test('include=recent adds the last 20 executions, the oldest first', async () => {
  const [job, idle] = [await createJob({ name: 'rc busy' }), await createJob({ name: 'rc idle' })];
  const ids: string[] = [];
  for (let index = 0; index < 21; index += 1) ids.push(await run(job.id, { status: index === 20 ? 'failed' : 'success' }));
  const { jobs } = await list('name=rc%20&include=recent&sort=name');
  expect(jobs.map(({ id }) => id)).toEqual([job.id, idle.id]);
  const runs = jobs[0]?.['recentRuns'] as { id: string }[];
  expect(runs.map(({ id }) => id)).toEqual(ids.slice(1));
  expect(runs.at(-1)).toEqual({
    id: ids[20],
    number: expect.any(Number) as number,
    status: 'failed',
    reason: null,
    trigger: 'manual',
    scheduledFor: expect.stringMatching(INSTANT) as string,
    startedAt: expect.stringMatching(INSTANT) as string,
    durationSeconds: 5.2,
  });
  expect(jobs[1]?.['recentRuns']).toEqual([]);
  expect((await list('name=rc%20')).jobs[0]).not.toHaveProperty('recentRuns');
});
