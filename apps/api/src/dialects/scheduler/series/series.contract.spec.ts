import { beforeAll, describe, expect, test } from 'vitest';
import { BASE, UNKNOWN, withSchedulerApi } from '../../../../test/scheduler-api.js';

const { api, viewer, bodyOf, createJob } = withSchedulerApi();

interface Bucket {
  readonly at: string;
  readonly success: number;
  readonly skipped: number;
  readonly averageDurationSeconds: number | null;
}

const series = async (query: string): Promise<Bucket[]> =>
  bodyOf<{ buckets: Bucket[] }>('GET /series', await viewer(`GET ${BASE}/series?${query}`), 200).buckets;
const sql = async (text: string, values: unknown[] = []): Promise<void> => void (await api.database.query({ text }, values));

const FROM = '2026-03-01T00:00:00Z';
const TO = '2026-03-01T04:00:00Z';
let one: string;
let other: string;

/** An execution that ended at this time of the 1st of March, after so many seconds. */
async function ended(jobId: string, status: string, at: string, seconds: number): Promise<void> {
  await sql(
    `insert into execution (id, job_id, scheduled_for, sort_at, trigger, schedule_version, status, task_function, queue, priority, timeout_ms, started_at, finished_at)
     select gen_random_uuid(), $1, at, at, 'manual', 1, $2, 'shell', 'default', 0, 1000,
            case when $2 <> 'skipped' then at - $4 * interval '1 second' end, at
       from (select ('2026-03-01T' || $3 || 'Z')::timestamptz as at) a`,
    [jobId, status, at, seconds],
  );
}

beforeAll(async () => {
  [one, other] = [(await createJob({ name: 'One' })).id, (await createJob({ name: 'Other' })).id];
  for (const [at, seconds] of [['00:10:00', 1], ['00:50:00', 3], ['03:59:59', 2]] as const) await ended(one, 'success', at, seconds);
  await ended(one, 'failed', '02:00:00', 8);
  await ended(one, 'skipped', '00:20:00', 0);
  await ended(other, 'success', '00:15:00', 5);
  await ended(one, 'success', '04:00:00', 1);
});

const EMPTY = { success: 0, failed: 0, timeout: 0, cancelled: 0, skipped: 0, averageDurationSeconds: null, maxDurationSeconds: null };
const HOURS = [
  { ...EMPTY, at: '2026-03-01T00:00:00.000Z', success: 2, skipped: 1, averageDurationSeconds: 2, maxDurationSeconds: 3 },
  { ...EMPTY, at: '2026-03-01T01:00:00.000Z' },
  { ...EMPTY, at: '2026-03-01T02:00:00.000Z', failed: 1, averageDurationSeconds: 8, maxDurationSeconds: 8 },
  { ...EMPTY, at: '2026-03-01T03:00:00.000Z', success: 1, averageDurationSeconds: 2, maxDurationSeconds: 2 },
];

test.each([['from the ledger', false], ['from the rollup', true]])('has every hour of one job, %s', async (_title, isRolledUp) => {
  await sql("update execution_rollup_progress set until = $1::timestamptz where name = 'hourly'", [isRolledUp ? '2026-03-01T03:00:00Z' : '-infinity']);
  if (isRolledUp) {
    await sql(
      `insert into execution_rollup (job_id, hour, status, count, timed, sum_ms, min_ms, max_ms, last_at)
       select e.job_id, date_trunc('hour', e.finished_at, 'UTC'), e.status, count(*), count(*), sum(ms), min(ms), max(ms), max(e.finished_at)
         from execution e, lateral (select (extract(epoch from e.finished_at - e.started_at) * 1000)::bigint as ms) d
        where e.finished_at < '2026-03-01T03:00:00Z' and e.status <> 'skipped' group by 1, 2, 3`,
    );
  }
  expect(await series(`job_id=${one}&from=${FROM}&to=${TO}`)).toEqual(HOURS);
  expect(await series(`job_id=${one}&from=2026-03-01T00:30:00Z&to=${TO}&bucket=7200`)).toMatchObject([{ success: 2, skipped: 1 }, { failed: 1, success: 1 }]);
  const [first] = await series(`from=${FROM}&to=${TO}`);
  expect(first).toMatchObject({ success: 3, averageDurationSeconds: 3, maxDurationSeconds: 5 });
});

test('has buckets of less than an hour', async () => {
  const buckets = await series(`job_id=${one}&from=${FROM}&to=2026-03-01T01:00:00Z&bucket=900`);
  expect(buckets.map(({ at, success, skipped }) => [at.slice(11, 16), success, skipped])).toEqual([
    ['00:00', 1, 0], ['00:15', 0, 1], ['00:30', 0, 0], ['00:45', 1, 0],
  ]);
});

test('is of the last 24 hours by default', async () => {
  expect((await series('')).length).toBeGreaterThanOrEqual(24);
});

describe('input', () => {
  test('an unknown job is 404', async () => {
    bodyOf('GET /series', await viewer(`GET ${BASE}/series?job_id=${UNKNOWN}`), 404);
  });

  test.each([
    ['job_id=1', 'job_id'],
    ['bucket=0', 'bucket'],
    ['bucket=5400', 'bucket'],
    [`from=${TO}&to=${FROM}`, 'to'],
    [`from=${FROM}&to=2026-05-01T00:00:00Z`, 'from'],
    [`from=${FROM}&to=2026-03-02T00:00:00Z&bucket=60`, 'from'],
    [`from=${FROM}&to=${TO}&bucket=1`, 'bucket'],
  ])('%s is refused', async (query, member) => {
    const answer = bodyOf('GET /series', await viewer(`GET ${BASE}/series?${query}`), 422);
    expect(answer).toMatchObject({ detail: [{ loc: ['query', member] }] });
  });
});
