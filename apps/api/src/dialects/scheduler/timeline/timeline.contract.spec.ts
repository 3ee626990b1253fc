import { beforeAll, expect, test } from 'vitest';
import { BASE, INSTANT, withSchedulerApi } from '../../../../test/scheduler-api.js';

const { api, viewer, bodyOf, createJob, trigger, run } = withSchedulerApi();

interface Timeline {
  readonly from: string;
  readonly to: string;
  readonly now: string;
  readonly rows: { readonly jobId: string; readonly executions: { readonly id: string }[]; readonly projected: string[] }[];
  readonly otherJobs: number;
  readonly isCapped: boolean;
}

const timeline = async (query = ''): Promise<Timeline> => bodyOf<Timeline>('GET /timeline', await viewer(`GET ${BASE}/timeline?${query}`), 200);
const in_ = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString();

let busy: string;
let quiet: string;
let paused: string;
let runs: string[];

beforeAll(async () => {
  // The jobs of a new installation would fire within the hour.
  await api.database.query({ text: 'update scheduled_job set next_fire_at = null' });
  busy = (await createJob({ name: 'Busy', scheduleConfig: { minutes: 1 }, maxInstances: 2 })).id;
  quiet = (await createJob({ name: 'Quiet', jobTypeId: 2, scheduleConfig: { minute: '*/20', timezone: 'Europe/Berlin' } })).id;
  paused = (await createJob({ name: 'Paused', scheduleConfig: { minutes: 1 }, isPaused: true })).id;
  runs = [await run(busy, { status: 'success' }), await run(busy, { status: 'failed' })];
  await run(paused, { status: 'success' });
});

test('shows what ran in the last hour and what will run in the next, the busiest job first', async () => {
  const shown = await timeline();
  expect(Date.parse(shown.to) - Date.parse(shown.from)).toBe(7_200_000);
  expect(shown).toMatchObject({ otherJobs: 0, isCapped: false });
  expect(shown.rows.map(({ jobId }) => jobId)).toEqual([busy, quiet, paused]);
  const [first, second, third] = shown.rows;
  expect(first).toMatchObject({ name: 'Busy', timezone: 'UTC', state: 'enabled' });
  expect(first?.executions.map(({ id }) => id)).toEqual(runs);
  expect(first?.executions[1]).toEqual({
    id: runs[1],
    number: expect.any(Number) as number,
    status: 'failed',
    trigger: 'manual',
    scheduledFor: expect.stringMatching(INSTANT) as string,
    startedAt: expect.stringMatching(INSTANT) as string,
    finishedAt: expect.stringMatching(INSTANT) as string,
  });
  expect(first?.projected.length).toBeGreaterThanOrEqual(59);
  expect(second).toMatchObject({ name: 'Quiet', timezone: 'Europe/Berlin', executions: [] });
  expect(second?.projected).toHaveLength(3);
  expect(third).toMatchObject({ state: 'paused', projected: [] });
  expect(third?.executions).toHaveLength(1);
});

test('projects what the next run of the job says', async () => {
  const job = await viewer(`GET ${BASE}/jobs/${quiet}`);
  const [, row] = (await timeline()).rows;
  expect(row?.projected[0]).toBe((job.body as { nextRunTime: string }).nextRunTime);
});

test('counts the jobs that have no row', async () => {
  const shown = await timeline('limit=1');
  expect([shown.rows.map(({ jobId }) => jobId), shown.otherJobs]).toEqual([[busy], 2]);
});

test('has at most 500 occurrences to come in a row, and says so', async () => {
  const shown = await timeline(`from=${in_(0)}&to=${in_(24 * 60)}`);
  expect([shown.rows[0]?.projected.length, shown.isCapped]).toEqual([500, true]);
});

test('of the past has nothing to come, but what still runs', async () => {
  await api.worker.start(await trigger(busy));
  await api.database.query({ text: "update execution set sort_at = now() - interval '3 hours', started_at = now() - interval '3 hours' where status = 'running'" });
  const shown = await timeline(`from=${in_(-150)}&to=${in_(-100)}`);
  expect(shown.rows).toEqual([]);
  const [now] = (await timeline()).rows;
  expect(now?.executions).toHaveLength(3);
});

test.each(['from=x', 'limit=0', 'limit=51', `from=${in_(0)}&to=${in_(-1)}`, `from=${in_(0)}&to=${in_(8 * 24 * 60)}`])('%s is refused', async (query) => {
  bodyOf('GET /timeline', await viewer(`GET ${BASE}/timeline?${query}`), 422);
});
