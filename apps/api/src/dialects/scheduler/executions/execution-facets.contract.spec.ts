import { beforeAll, expect, test } from 'vitest';
import { BASE, withSchedulerApi } from '../../../../test/scheduler-api.js';

const { api, viewer, bodyOf, createJob, trigger, run } = withSchedulerApi();

interface Facets {
  readonly from: string;
  readonly to: string;
  readonly bucketSeconds: number;
  readonly buckets: { readonly at: string; readonly counts: Record<string, number> }[];
  readonly statuses: Record<string, number>;
  readonly jobs: { readonly id: string; readonly name: string; readonly count: number }[];
  readonly workers: { readonly id: string; readonly name: string | null; readonly count: number }[];
}

const facets = async (query = ''): Promise<Facets> => bodyOf<Facets>('GET /executions/facets', await viewer(`GET ${BASE}/executions/facets?${query}`), 200);
const NONE = { pending: 0, dispatched: 0, running: 0, success: 0, failed: 0, timeout: 0, cancelled: 0, skipped: 0 };

let busy: string;
let other: string;

beforeAll(async () => {
  [busy, other] = [(await createJob({ name: 'Busy' })).id, (await createJob({ name: 'Other', taskFunctionId: 1, taskArgs: null })).id];
  const early = await run(busy, { status: 'success' });
  await run(busy, { status: 'failed', error: 'boom' });
  await run(other, { status: 'success' });
  await trigger(busy);
  await api.database.query({ text: "update execution set sort_at = now() - interval '5 hours' where id = $1" }, [early]);
});

test('divide the last 24 hours', async () => {
  const body = await facets();
  expect(Date.parse(body.to) - Date.parse(body.from)).toBe(86_400_000);
  expect(body).toMatchObject({
    bucketSeconds: 1440,
    statuses: { ...NONE, pending: 1, success: 2, failed: 1 },
    triggers: { scheduler: 0, manual: 4, api: 0, dependency: 0 },
    taskFunctions: [
      { id: 5, name: 'cleanup_expired_files', displayName: expect.any(String) as string, count: 3 },
      { id: 1, name: 'sync_domain_users', displayName: 'Domain User Sync', count: 1 },
    ],
    jobs: [{ id: busy, name: 'Busy', count: 3 }, { id: other, name: 'Other', count: 1 }],
    isCapped: false,
  });
  expect(body.buckets).toHaveLength(60);
  const filled = body.buckets.filter(({ counts }) => Object.values(counts).some((count) => count > 0));
  expect(filled.at(-1)?.counts).toMatchObject({ pending: 1, success: 1, failed: 1 });
  expect(filled[0]?.counts).toEqual({ ...NONE, success: 1 });
  expect(filled).toHaveLength(2);
});

test('count what each worker took, one that is gone as well, and leave out what none has', async () => {
  const { workers } = await facets();
  expect(workers).toEqual([{ id: expect.any(String) as string, name: null, count: 3 }]);
  expect((await facets(`worker_id=${workers[0]?.id ?? ''}&job_id=${other}`)).workers).toEqual([{ ...workers[0], count: 1 }]);
});

test('take the filters and the buckets of the query', async () => {
  const from = new Date(Date.now() - 7_200_000).toISOString();
  const body = await facets(`job_id=${busy}&status=failed,pending&from=${from}&buckets=2&trigger=manual`);
  expect(body).toMatchObject({ from, statuses: { ...NONE, pending: 1, failed: 1 }, jobs: [{ id: busy, count: 2 }] });
  expect(body.buckets).toHaveLength(2);
  expect((await facets('q=BOOM')).statuses).toEqual({ ...NONE, failed: 1 });
  expect((await facets('queue=none')).jobs).toEqual([]);
});

test.each(['buckets=0', 'buckets=501', 'status=x', 'from=x'])('%s is refused', async (query) => {
  bodyOf('GET /executions/facets', await viewer(`GET ${BASE}/executions/facets?${query}`), 422);
});
