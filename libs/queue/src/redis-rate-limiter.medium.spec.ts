import { randomBytes } from 'node:crypto';
import { describeRateLimiter } from '#application/rate-limiting/rate-limiter.conformance.js';
import { describeWithRedis, redisUrl, startRedisServer } from '#testing/stores.js';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { QueueBackend } from './queue-backend.js';
import { RedisRateLimiter } from './redis-rate-limiter.js';

describeWithRedis('with Redis', () => {
  const prefix = `test-${randomBytes(6).toString('hex')}`;
  let backends: QueueBackend[];
  let limiters: RedisRateLimiter[];
  let client: Redis;

  beforeAll(() => {
    backends = [1, 2].map(() => new QueueBackend({ kind: 'redis', url: redisUrl(), prefix }, () => undefined));
    limiters = backends.map((backend) => new RedisRateLimiter(backend));
    client = new Redis(redisUrl());
  });
  afterAll(async () => {
    for (const backend of backends) await backend.close();
    client.disconnect();
  });

  describeRateLimiter('RedisRateLimiter', () => {
    const [one, other] = limiters;
    if (one === undefined || other === undefined) throw new Error('not prepared');
    return { one, other, endWindow: async (key) => void (await client.pexpire(`${prefix}:rate-limit:${key}`, 0)) };
  });

  it('gives a counter that never ends an end', async () => {
    await client.set(`${prefix}:rate-limit:stuck`, '5');
    const usage = await limiters[0]?.hit('stuck', { limit: 1, windowMs: 60_000 });
    expect(usage).toEqual({ count: 6, resetInMs: 60_000 });
    expect(await client.pttl(`${prefix}:rate-limit:stuck`)).toBeGreaterThan(0);
  });

  it('says so when Redis is away', async () => {
    const server = await startRedisServer();
    const backend = new QueueBackend({ kind: 'redis', url: server.url }, () => undefined);
    const limiter = new RedisRateLimiter(backend);
    await limiter.hit('k', { limit: 1, windowMs: 60_000 });
    await server.stop();
    await expect(limiter.hit('k', { limit: 1, windowMs: 60_000 })).rejects.toMatchObject({ code: 'QUEUE_UNAVAILABLE' });
    await backend.close();
  });
});
