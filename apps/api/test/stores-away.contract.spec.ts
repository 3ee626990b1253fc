/** Every endpoint when a store is gone or does not answer: in time, in the words of its dialect, never a hang. */
import { eventually } from '#testing/eventually.js';
import { startPostgresServer, type TestPostgres } from '#testing/postgres-server.js';
import { createTestDatabase, describeWithRedis, startRedisServer, type TestRedis } from '#testing/stores.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApi, type Answer, type ApiUnderTest, type Send } from './api-under-test.js';
import { servedRoutes, withoutThings } from './express-routes.js';

/** What clients are promised, milliseconds. */
const ANSWER_LIMIT_MS = 5_000;

/** They answer without a database. */
const SELF_SUFFICIENT = /^\/(docs|health|metrics)/;

interface Timed extends Answer {
  readonly line: string;
  readonly tookMs: number;
}

const timed = async (send: Send, line: string): Promise<Timed> => {
  const startedAt = performance.now();
  const body = /^(POST|PUT|PATCH)/.test(line) ? bodyFor(line) : undefined;
  const answer = await send(line, body === undefined ? {} : { body });
  return { ...answer, line, tookMs: performance.now() - startedAt };
};

/** Bodies that reach the store: what is refused before needs none. */
function bodyFor(line: string): object {
  if (line.endsWith('/api/auth/login')) return { username: 'admin', password: 'admin123' };
  if (line.endsWith('/api/auth/refresh')) return { refresh_token: `takt_rt_${'A'.repeat(43)}` };
  return {};
}

const linesOf = (api: ApiUnderTest): string[] =>
  servedRoutes(api)
    .filter(({ path }) => !SELF_SUFFICIENT.test(path))
    .map(({ method, path }) => `${method} ${withoutThings(path)}`);

/** All at once would wait for each other's connections; a few at a time are what a client sees. */
async function ask(send: Send, lines: readonly string[]): Promise<Timed[]> {
  const answers: Timed[] = [];
  for (let from = 0; from < lines.length; from += 10) {
    answers.push(...(await Promise.all(lines.slice(from, from + 10).map((line) => timed(send, line)))));
  }
  return answers;
}

function expectUnavailable(answers: readonly Timed[]): void {
  const slow = answers.filter(({ tookMs }) => tookMs > ANSWER_LIMIT_MS).map(({ line, tookMs }) => `${line}: ${String(Math.round(tookMs))} ms`);
  expect(slow).toEqual([]);
  const others = answers.filter((answer) => !isUnavailable(answer)).map(({ line, status, body }) => ({ line, status, body }));
  expect(others).toEqual([]);
}

function isUnavailable({ line, status, body }: Timed): boolean {
  const words = body as { success?: unknown; error?: { code?: unknown }; detail?: unknown };
  if (line.includes('/api/v1/scheduler')) return status === 503 && typeof words.detail === 'string';
  // Document 000 has a message and no code.
  const isCoded = line.includes('/api/v1/') || words.error?.code === 'DATABASE_ERROR';
  return status === 503 && words.success === false && isCoded;
}

describe('without PostgreSQL', () => {
  let postgres: TestPostgres;
  let api: ApiUnderTest;
  let admin: Send;
  beforeAll(async () => {
    postgres = await startPostgresServer();
    api = await startApi({ url: postgres.url, drop: () => postgres.remove() }, { RATE_LIMIT_ENABLED: 'true' });
    admin = await api.loginAs('admin');
  }, 120_000);
  afterAll(() => api.close());

  test('that stands still, every endpoint answers in time', async () => {
    const lines = linesOf(api);
    expect(lines.length).toBeGreaterThan(25);
    await Promise.all(Array.from({ length: 5 }, () => admin('GET /api/system/stats')));
    postgres.freeze();
    try {
      const few = ['GET /api/system/health', 'GET /api/workers', 'POST /api/auth/login', 'GET /api/v1/scheduler/jobs'];
      expectUnavailable(await ask(admin, few));
      const own = await Promise.all(['GET /health', 'GET /health/live', 'GET /metrics', 'GET /health/ready'].map((line) => timed(api.request, line)));
      expect(own.map(({ status }) => status)).toEqual([200, 200, 200, 503]);
      for (const { line, tookMs } of own) expect([line, tookMs < ANSWER_LIMIT_MS]).toEqual([line, true]);
    } finally {
      postgres.thaw();
    }
    await eventually(async () => (await admin('GET /api/workers')).status === 200, { withinMs: 20_000 });
  }, 60_000);

  test('that is stopped, every endpoint answers in time, and works again after it', async () => {
    await postgres.stop();
    expectUnavailable(await ask(admin, linesOf(api)));
    expect((await timed(api.request, 'GET /health')).status).toBe(200);
    expect((await timed(api.request, 'GET /metrics')).status).toBe(200);
    expect((await timed(api.request, 'GET /admin/queues')).status).toBe(401);
    await postgres.start();
    await eventually(async () => (await admin('GET /api/system/health')).status === 200, { withinMs: 20_000 });
  }, 120_000);
});

describeWithRedis('without Redis', () => {
  let redis: TestRedis;
  let api: ApiUnderTest;
  let admin: Send;
  beforeAll(async () => {
    redis = await startRedisServer();
    api = await startApi(await createTestDatabase(), { REDIS_URL: redis.url });
    admin = await api.loginAs('admin');
  });
  afterAll(async () => {
    await api.close();
    await redis.stop();
  });

  const JOB = '550e8400-e29b-41d4-a716-446655440000';
  const expectDegraded = async (): Promise<void> => {
    // What was found out may be a second old.
    const health = await eventually(async () => {
      const answer = await timed(admin, 'GET /api/system/health');
      return answer.status === 503 && answer;
    });
    expect([health.status, health.body]).toMatchObject([503, { success: false, error: { code: 'MESSAGE_QUEUE_ERROR' } }]);
    const answers = [health, await timed(admin, 'GET /api/workers'), await timed(admin, 'GET /api/system/stats'), await timed(admin, `POST /api/v1/scheduler/jobs/${JOB}/trigger`)];
    expect(answers.map(({ status }) => status)).toEqual([503, 200, 200, 200]);
    for (const { line, tookMs } of answers) expect([line, tookMs < ANSWER_LIMIT_MS]).toEqual([line, true]);
    await api.database.query({ name: 'end-runs', text: `update execution set status = 'cancelled', finished_at = now() where status = 'pending'` });
  };

  test('that stands still, the queue alone is said to be away', async () => {
    process.kill(redis.pid, 'SIGSTOP');
    try {
      await expectDegraded();
    } finally {
      process.kill(redis.pid, 'SIGCONT');
    }
    await eventually(async () => (await admin('GET /api/system/health')).status === 200, { withinMs: 20_000 });
  }, 60_000);

  test('that is stopped, the queue alone is said to be away, and what needs none goes on', async () => {
    await redis.stop();
    await expectDegraded();
    redis = await startRedisServer({ port: redis.port });
    await eventually(async () => (await admin('GET /api/system/health')).status === 200, { withinMs: 20_000 });
  }, 60_000);
});
