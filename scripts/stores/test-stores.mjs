/**
 * The stores that tests run against: PostgreSQL always, Redis when there is any way to get one. Both can be given
 * (`TEST_DATABASE_URL`, `TEST_REDIS_URL`), else they are started here in a temporary directory and leave nothing behind,
 * not even after a `kill -9`.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomPortRange } from '../process/ports.mjs';
import { startGuardian, STOP_POSTGRES } from '../process/guardian.mjs';
import { makeTraversable, startPostgres, VOLATILE_SETTINGS } from './postgres.mjs';
import { findRedisServer } from './redis-binary.mjs';
import { startRedis } from './redis.mjs';

const CLEAN_UP = `${STOP_POSTGRES}
[ -n "$3" ] && kill "$3"
sleep 2
rm -rf "$2"`;

/** Tests open many databases at once; each has pools of its own. */
const TEST_SETTINGS = { ...VOLATILE_SETTINGS, max_connections: '400' };

/**
 * @param {{root: string, download: boolean}} options download: whether a missing Redis may be fetched
 * @returns {Promise<{databaseUrl: string, redisUrl: string | null, redisServer: {binary: string, sharedLibraries: string | null} | null, redisReason: string, stop: () => Promise<void>}>}
 */
export async function startTestStores({ root, download }) {
  const directory = mkdtempSync(join(tmpdir(), 'takt-test-'));
  makeTraversable(directory);
  const redis = await redisStore({ root, download });
  const postgres = process.env.TEST_DATABASE_URL ? null : await ownPostgres(root, directory);
  const guardian = startGuardian(CLEAN_UP, [join(directory, 'postgres'), directory, String(redis.own?.pid ?? '')]);
  return {
    databaseUrl: postgres?.url('postgres') ?? process.env.TEST_DATABASE_URL,
    redisUrl: redis.url,
    redisServer: redis.server,
    redisReason: redis.reason,
    stop: async () => {
      guardian.release();
      await Promise.all([postgres?.stop(), redis.own?.stop()]);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Variables by which the stores reach the test processes. */
export function storeVariables({ databaseUrl, redisUrl, redisServer }) {
  return {
    TEST_DATABASE_URL: databaseUrl,
    TEST_REDIS_URL: redisUrl ?? '',
    TEST_REDIS_SERVER: redisServer?.binary ?? '',
    TEST_REDIS_LIBRARY_PATH: redisServer?.sharedLibraries ?? '',
  };
}

async function redisStore({ root, download }) {
  const found = await findRedisServer({ cacheDirectory: join(root, '.cache', 'redis'), download });
  const server = found.binary === null ? null : { binary: found.binary, sharedLibraries: found.sharedLibraries };
  const given = process.env.TEST_REDIS_URL;
  if (given) return { url: given, server, own: null, reason: 'TEST_REDIS_URL' };
  if (server === null) return { url: null, server, own: null, reason: found.reason };
  const own = await startRedis(server);
  return { url: own.url, server, own, reason: found.origin };
}

function ownPostgres(root, directory) {
  return startPostgres({
    root,
    dataDirectory: join(directory, 'postgres'),
    password: randomBytes(18).toString('base64url'),
    logFile: join(directory, 'postgres.log'),
    ports: randomPortRange(),
    settings: TEST_SETTINGS,
    volatile: true,
  });
}
