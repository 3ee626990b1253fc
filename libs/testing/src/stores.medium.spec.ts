import pg from 'pg';
import { afterEach, describe, expect, inject, it } from 'vitest';
import { createEmptyDatabase, createTestDatabase, describeWithRedis, redisUrl, startRedisServer, type TestDatabase } from './stores.js';
import { redisCommand } from '../../../scripts/stores/redis.mjs';

const databases: TestDatabase[] = [];
const kept = (database: TestDatabase): TestDatabase => {
  databases.push(database);
  return database;
};

afterEach(async () => {
  await Promise.all(databases.splice(0).map((database) => database.drop()));
});

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('a test database', () => {
  it('is a clone of its own: what one test writes another does not see', async () => {
    const [one, other] = [kept(await createTestDatabase()), kept(await createTestDatabase())];
    await query(one.url, 'create table only_here (id int)');
    const seen = await query(other.url, "select to_regclass('only_here') as found");
    expect(seen).toEqual([{ found: null }]);
  });

  it('stores UTF-8 and sorts by code point', async () => {
    const { url } = kept(await createEmptyDatabase());
    const rows = await query(url, "select current_setting('server_encoding') as encoding, lower('ÄÖ') as lower, 'B' < 'a' as code_points");
    expect(rows).toEqual([{ encoding: 'UTF8', lower: 'äö', code_points: true }]);
  });

  it('is gone after drop, even with a connection open', async () => {
    const database = await createEmptyDatabase();
    const client = new pg.Client({ connectionString: database.url });
    client.on('error', () => undefined);
    await client.connect();
    await database.drop();
    await database.drop();
    const left = await query(inject('databaseUrl'), `select 1 from pg_database where datname = '${database.name}'`);
    expect(left).toEqual([]);
  });
});

describeWithRedis('a test Redis', () => {
  it('is shared under one URL', async () => {
    expect(await redisCommand(Number(new URL(redisUrl()).port), 'PING')).toBe('+PONG');
  });

  it('can be flushed, killed and started again on its port', async () => {
    const first = await startRedisServer();
    await redisCommand(first.port, 'SET key value');
    await first.flushAll();
    expect(await redisCommand(first.port, 'DBSIZE')).toBe(':0');
    await first.kill();
    await expect(redisCommand(first.port, 'PING')).rejects.toThrow('ECONNREFUSED');
    const second = await startRedisServer({ port: first.port });
    expect(second.pid).not.toBe(first.pid);
    await second.stop();
  });
});
