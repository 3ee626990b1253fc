import { describeWithRedis, startRedisServer, type TestRedis } from '#testing/stores.js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CorkedRedis } from './corked-redis.js';

describeWithRedis('a connection that writes once a turn', () => {
  let server: TestRedis;
  let redis: CorkedRedis;

  beforeAll(async () => {
    server = await startRedisServer();
    redis = new CorkedRedis(server.url);
    await redis.ping();
  });
  afterAll(async () => {
    redis.disconnect();
    await server.stop();
  });

  it('holds what a turn sends together and lets it go at its end', async () => {
    const before = redis.stream.bytesWritten;
    const answers = Promise.all(['a', 'b', 'c'].map(async (text) => redis.echo(text)));
    expect([redis.stream.writableCorked, redis.stream.writableLength > 0]).toEqual([1, true]);
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    expect(redis.stream.writableCorked).toBe(0);
    expect(redis.stream.bytesWritten).toBeGreaterThan(before);
    expect(await answers).toEqual(['a', 'b', 'c']);
  });

  it('goes on after its socket was lost', async () => {
    const lost = redis.echo('lost').catch(() => 'lost');
    redis.stream.destroy();
    expect(await lost).toBe('lost');
    expect(await redis.echo('again')).toBe('again');
  });
});
