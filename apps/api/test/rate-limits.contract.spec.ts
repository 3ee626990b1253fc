/** The limits of document 002, "Rate Limiting", for two instances of the API that share a store. */
import { createTestDatabase, describeWithRedis, startRedisServer, type TestDatabase, type TestRedis } from '#testing/stores.js';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startApi, type Answer, type ApiUnderTest, type Send } from './api-under-test.js';

const LIMITED = { RATE_LIMIT_ENABLED: 'true' };
const WRONG = { body: { username: 'nobody', password: 'wrong' } };

const statuses = (answers: readonly Answer[]): Record<number, number> => {
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
};

const limitHeaders = ({ headers }: Answer): (string | null)[] =>
  ['x-ratelimit-limit', 'x-ratelimit-remaining', 'x-ratelimit-reset'].map((name) => headers.get(name));

/** The same request `count` times, to the instances in turn, one after the other. */
async function inTurn(senders: readonly Send[], count: number, line: string, options?: Parameters<Send>[1]): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (let index = 0; index < count; index += 1) {
    const send = senders[index % senders.length];
    if (send !== undefined) answers.push(await send(line, options));
  }
  return answers;
}

interface Shared {
  readonly apis: readonly ApiUnderTest[];
  forgetCounts(): Promise<void>;
  stop(): Promise<void>;
}

async function twoInstances(created: TestDatabase, variables: Record<string, string>): Promise<ApiUnderTest[]> {
  const keep = { url: created.url, drop: () => Promise.resolve() };
  const start = (): Promise<ApiUnderTest> => startApi(keep, { ...LIMITED, ...variables }, { rateLimitDeadlineMs: 4_000 });
  return [await start(), await start()];
}

function describeLimits(prepare: () => Promise<Shared>): void {
  let shared: Shared;
  let apis: readonly ApiUnderTest[];
  beforeAll(async () => {
    shared = await prepare();
    ({ apis } = shared);
  });
  beforeEach(() => shared.forgetCounts());
  afterAll(() => shared.stop());

  const senders = (): Send[] => apis.map(({ request }) => request);
  const as = (token: string): Send[] =>
    apis.map(({ request }) => (line, options = {}) => request(line, { ...options, headers: { authorization: `Bearer ${token}` } }));
  const tokenOf = async (account: 'admin' | 'viewer'): Promise<string> => {
    const token = (await apis[0]?.loginAs(account))?.token ?? '';
    await shared.forgetCounts();
    return token;
  };

  test('serve ten authentication requests a minute and address, and refuse the eleventh as documented', async () => {
    const answers = await inTurn(senders(), 12, 'POST /api/auth/refresh', { body: { refresh_token: 'x' } });
    expect(answers.map(({ status }) => status)).toEqual([...Array.from({ length: 10 }, () => 401), 429, 429]);
    expect(answers.map((answer) => limitHeaders(answer)[1])).toEqual(['9', '8', '7', '6', '5', '4', '3', '2', '1', '0', '0', '0']);
    const refused = answers[10];
    const [limit, , reset] = limitHeaders(refused ?? ({} as Answer));
    const resetAt = new Date(Number(reset) * 1000).toISOString();
    expect(refused?.body).toEqual({
      success: false,
      error: {
        code: 'RATE_LIMIT_EXCEEDED',
        message: 'Rate limit exceeded. Try again later.',
        details: { limit: 10, reset_at: resetAt },
      },
      timestamp: expect.stringMatching(/Z$/) as string,
    });
    expect(limit).toBe('10');
    const restSeconds = Number(reset) - Date.now() / 1000;
    expect(restSeconds).toBeGreaterThan(50);
    expect(restSeconds).toBeLessThanOrEqual(61);
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(50);
    expect(Number(refused?.headers.get('retry-after'))).toBeLessThanOrEqual(60);
  });

  test('serve exactly ten of thirty that come at the same time', async () => {
    const [one, other] = senders();
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, index) => (index % 2 === 0 ? one : other)?.('GET /api/auth/validate') ?? Promise.reject(new Error('no instance'))),
    );
    expect(statuses(answers)).toEqual({ 401: 10, 429: 20 });
  });

  test('count unknown routes and bodies that are no JSON', async () => {
    const [send] = senders();
    const lines = ['GET /api/auth', 'POST /api/auth/nothing', 'DELETE /API/Auth/login', 'OPTIONS /api/auth/login', 'HEAD /api/auth/validate'];
    const answers: (Answer | undefined)[] = [];
    for (const line of lines) answers.push(await send?.(line));
    answers.push(await send?.('POST /api/auth/login', { body: '{"username":' }));
    answers.push(await send?.('POST /api/auth/login', { body: 'x'.repeat(2_000_000) }));
    expect(answers.map((answer) => answer?.headers.get('x-ratelimit-remaining'))).toEqual(['9', '8', '7', '6', '5', '4', '3']);
    expect(answers.at(-2)?.status).toBe(400);
    await inTurn(senders(), 3, 'POST /api/auth/login', { body: '{' });
    expect((await send?.('POST /api/auth/login', { body: '{' }))?.status).toBe(429);
  });

  test('serve a hundred task operations a minute and principal, tasks and task runs together', async () => {
    const [admin, viewer] = [await tokenOf('admin'), await tokenOf('viewer')];
    await inTurn(as(admin), 60, 'GET /api/tasks/nothing/at/all');
    const rest = await inTurn(as(admin), 41, 'GET /api/task-runs/nothing/at/all');
    expect(statuses(rest)).toEqual({ 404: 40, 429: 1 });
    expect(rest.at(-1)?.body).toMatchObject({ error: { code: 'RATE_LIMIT_EXCEEDED', details: { limit: 100 } } });
    const [others] = await inTurn(as(viewer), 1, 'GET /api/tasks/nothing/at/all');
    expect([others?.status, limitHeaders(others ?? ({} as Answer)).slice(0, 2)]).toEqual([404, ['100', '99']]);
  });

  test('serve sixty monitoring requests a minute and principal', async () => {
    const answers = await inTurn(as(await tokenOf('viewer')), 61, 'GET /api/system/stats');
    expect(statuses(answers)).toEqual({ 200: 60, 429: 1 });
    expect(answers.at(-1)?.body).toMatchObject({ error: { details: { limit: 60 } } });
  });

  test('count an API key for itself, and the address of who proves nothing', async () => {
    const admin = as(await tokenOf('admin'));
    const created = await admin[0]?.('POST /api/auth/api-keys', { body: { name: 'limits', permissions: ['SystemRead'] } });
    const key = (created?.body as { data: { api_key: string } }).data.api_key;
    await inTurn(admin, 5, 'GET /api/system/stats');
    const [byKey] = await inTurn(as(key), 1, 'GET /api/system/stats');
    expect([byKey?.status, byKey?.headers.get('x-ratelimit-remaining')]).toEqual([200, '59']);
    const unproved = [...(await inTurn(senders(), 1, 'GET /api/system/stats')), ...(await inTurn(as('nonsense'), 1, 'GET /api/system/stats'))];
    expect(unproved.map(({ status, headers }) => [status, headers.get('x-ratelimit-remaining')])).toEqual([[401, '59'], [401, '58']]);
  });

  test('do not believe X-Forwarded-For unless told to', async () => {
    const [send] = senders();
    const answers: (Answer | undefined)[] = [];
    for (const address of ['192.0.2.1', '192.0.2.2']) {
      answers.push(await send?.('POST /api/auth/login', { ...WRONG, headers: { 'x-forwarded-for': address } }));
    }
    expect(answers.map((answer) => answer?.headers.get('x-ratelimit-remaining'))).toEqual(['9', '8']);
  });

  test('leave other paths alone', async () => {
    for (const line of ['GET /health', 'GET /metrics', 'GET /api/workers', 'GET /api/v1/scheduler/jobs', 'GET /api/authx']) {
      expect([line, ...limitHeaders((await senders()[0]?.(line)) ?? ({} as Answer))]).toEqual([line, null, null, null]);
    }
  });
}

describe('the limits of two instances on Postgres', () => {
  describeLimits(async () => {
    const created = await createTestDatabase();
    const apis = await twoInstances(created, {});
    return {
      apis,
      forgetCounts: async () => void (await apis[0]?.database.query({ name: 'forget', text: 'delete from rate_limit' })),
      stop: async () => {
        for (const api of apis) await api.close();
        await created.drop();
      },
    };
  });
});

describeWithRedis('the limits of two instances on Redis', () => {
  describeLimits(async () => {
    const [created, redis] = [await createTestDatabase(), await startRedisServer()];
    const apis = await twoInstances(created, { REDIS_URL: redis.url });
    return {
      apis,
      forgetCounts: () => redis.flushAll(),
      stop: async () => {
        for (const api of apis) await api.close();
        await created.drop();
        await redis.stop();
      },
    };
  });
});

describeWithRedis('the limits while Redis is away', () => {
  let redis: TestRedis;
  let api: ApiUnderTest;
  beforeAll(async () => {
    redis = await startRedisServer();
    api = await startApi(await createTestDatabase(), { ...LIMITED, REDIS_URL: redis.url });
  });
  afterAll(async () => {
    await api.close();
    await redis.stop();
  });

  test('are those of the process, which goes on from what it knows, nobody is held up for long, and it is said once', async () => {
    await api.request('GET /api/auth/validate');
    await redis.stop();
    const startedAt = performance.now();
    const answers = await inTurn([api.request], 11, 'GET /api/auth/validate');
    expect(performance.now() - startedAt).toBeLessThan(3_000);
    expect(statuses(answers)).toEqual({ 401: 9, 429: 2 });
    expect(api.log.filter((line) => line.includes('rate_limit.store_lost'))).toHaveLength(1);
  });
});

describe('behind a trusted proxy', () => {
  let api: ApiUnderTest | null = null;
  afterEach(() => api?.close());

  test('the address that the proxy saw is counted, of IPv6 its network', async () => {
    api = await startApi(await createTestDatabase(), { ...LIMITED, TRUST_PROXY: '1' });
    const remaining: (string | null)[] = [];
    const from = ['192.0.2.1', '192.0.2.2', '9.9.9.9, 192.0.2.1', '::ffff:192.0.2.2', '2001:db8::1', '2001:db8::ffff', '2001:db8:0:1::1'];
    for (const address of from) {
      const { headers } = await api.request('GET /api/auth/validate', { headers: { 'x-forwarded-for': address } });
      remaining.push(headers.get('x-ratelimit-remaining'));
    }
    expect(remaining).toEqual(['9', '9', '8', '8', '9', '8', '9']);
  });
});

describe('the server of the admin UI on the same machine, as TRUST_PROXY=loopback', () => {
  let api: ApiUnderTest | null = null;
  afterEach(() => api?.close());

  test('logs browsers in under limits of their own, and under addresses that the audit log knows', async () => {
    api = await startApi(await createTestDatabase(), { ...LIMITED, TRUST_PROXY: 'loopback' });
    const { request } = api;
    const login = (address: string): Promise<Answer> =>
      request('POST /api/auth/login', { body: { username: 'viewer', password: 'view123' }, headers: { 'x-forwarded-for': address } });
    const busy = [];
    for (let count = 0; count < 11; count += 1) busy.push(await login('192.0.2.1'));
    expect(statuses(busy)).toEqual({ 200: 10, 429: 1 });
    const other = await login('192.0.2.2');
    expect([other.status, other.headers.get('x-ratelimit-remaining')]).toEqual([200, '9']);
    const { refresh_token: token } = (other.body as { data: { refresh_token: string } }).data;
    const refreshed = await request('POST /api/auth/refresh', { body: { refresh_token: token }, headers: { 'x-forwarded-for': '192.0.2.2' } });
    expect([refreshed.status, refreshed.headers.get('x-ratelimit-remaining')]).toEqual([200, '8']);
    const { rows } = await api.database.pool.query(`select ip, count(*)::int from audit_log where action = 'user.logged_in' group by ip order by ip`);
    expect(rows).toEqual([{ ip: '192.0.2.1', count: 10 }, { ip: '192.0.2.2', count: 1 }]);
  });

  test('does not let a browser choose an address: what it wrote itself stands left of what the proxy saw', async () => {
    api = await startApi(await createTestDatabase(), { ...LIMITED, TRUST_PROXY: 'loopback' });
    const remaining: (string | null)[] = [];
    for (const address of ['1.1.1.1, 192.0.2.1', '2.2.2.2, 192.0.2.1', '127.0.0.1, 192.0.2.1']) {
      const { headers } = await api.request('GET /api/auth/validate', { headers: { 'x-forwarded-for': address } });
      remaining.push(headers.get('x-ratelimit-remaining'));
    }
    expect(remaining).toEqual(['9', '8', '7']);
  });
});

describe('without limits', () => {
  let api: ApiUnderTest | null = null;
  afterEach(() => api?.close());

  test('nothing is counted or said, but guessing at an account is slowed down all the same', async () => {
    api = await startApi(await createTestDatabase(), { RATE_LIMIT_ENABLED: 'false' });
    const answers = await inTurn([api.request], 7, 'POST /api/auth/login', { body: { username: 'admin', password: 'guess' } });
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401, 429, 429]);
    expect(limitHeaders(answers[0] ?? ({} as Answer))).toEqual([null, null, null]);
    expect(answers[5]?.headers.get('retry-after')).toBe('1');
    expect(answers[5]?.body).toMatchObject({ error: { code: 'RATE_LIMIT_EXCEEDED', details: { limit: 5 } } });
    await api.database.query({ name: 'long-refusal', text: `update login_failure set blocked_until = now() + interval '1 minute'` });
    const right = await api.request('POST /api/auth/login', { body: { username: 'admin', password: 'admin123' } });
    expect(right.status).toBe(429);
    const board = await api.request('GET /admin/queues', { headers: { authorization: `Basic ${Buffer.from('admin:admin123').toString('base64')}` } });
    expect(board.status).toBe(429);
    await api.database.query({ name: 'end-refusal', text: `update login_failure set blocked_until = now()` });
    const later = await api.request('POST /api/auth/login', { body: { username: 'admin', password: 'admin123' } });
    expect(later.status).toBe(200);
  });
});
