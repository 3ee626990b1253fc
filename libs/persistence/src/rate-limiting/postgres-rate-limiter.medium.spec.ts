import { describeRateLimiter } from '#application/rate-limiting/rate-limiter.conformance.js';
import { eventually } from '#testing/eventually.js';
import { FakeClock } from '#testing/fake-clock.js';
import { createTestDatabase, type TestDatabase } from '#testing/stores.js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Database } from '../database.js';
import { PostgresRateLimiter } from './postgres-rate-limiter.js';

const clock = new FakeClock();
let created: TestDatabase;
let databases: Database[];
let limiters: PostgresRateLimiter[];

const sql = async <Row>(text: string, values: unknown[] = []): Promise<Row[]> =>
  ((await databases[0]?.pool.query(text, values))?.rows ?? []) as Row[];

beforeAll(async () => {
  created = await createTestDatabase();
  databases = ['one', 'other'].map((name) => new Database({ url: created.url, poolSize: 5, applicationName: name }));
  limiters = databases.map((database) => new PostgresRateLimiter(database, clock));
});
afterAll(async () => {
  for (const database of databases) await database.close();
  await created.drop();
});

const END_WINDOW = `update rate_limit set reset_at = now() - interval '1 ms' where key = $1`;

describeRateLimiter('PostgresRateLimiter', () => {
  const [one, other] = limiters;
  if (one === undefined || other === undefined) throw new Error('not prepared');
  return { one, other, endWindow: async (key) => void (await sql(END_WINDOW, [key])) };
});

it('deletes ended windows on the way, once a minute, and leaves the others', async () => {
  const [limiter] = limiters;
  await limiter?.hit('ended', { limit: 1, windowMs: 60_000 });
  await limiter?.hit('open', { limit: 1, windowMs: 60_000 });
  await sql(END_WINDOW, ['ended']);
  await limiter?.hit('open', { limit: 1, windowMs: 60_000 });
  expect(await sql(`select 1 from rate_limit where key = 'ended'`)).toHaveLength(1);
  clock.advance(60_000);
  await limiter?.hit('open', { limit: 1, windowMs: 60_000 });
  await eventually(async () => (await sql(`select 1 from rate_limit where key = 'ended'`)).length === 0);
  expect(await sql(`select count from rate_limit where key = 'open'`)).toEqual([{ count: 3 }]);
});

it('keeps its counters out of the write-ahead log', async () => {
  expect(await sql(`select relpersistence from pg_class where oid in ('public.rate_limit'::regclass, 'public.login_failure'::regclass)`)).toEqual([
    { relpersistence: 'u' },
    { relpersistence: 'u' },
  ]);
});
