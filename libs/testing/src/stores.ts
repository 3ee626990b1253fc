/**
 * The real stores for medium tests: a database for each test file, and Redis where there is one. Only for the projects
 * whose global setup is `test/setup/stores.ts`.
 */
import { randomBytes } from 'node:crypto';
import { describe, inject, type SuiteFactory } from 'vitest';
import type {} from '../../../test/setup/stores.js';
import { redisCommand, startRedis } from '../../../scripts/stores/redis.mjs';
import { asAdmin } from './as-admin.js';

export interface TestDatabase {
  readonly name: string;
  /** Connection URL with all rights on this database. */
  readonly url: string;
  /** Cuts every connection to it and removes it. May be called twice. */
  drop(): Promise<void>;
}

/** Creates a migrated and seeded database of its own, cloned from the template (some 20 ms). Drop it in `afterAll`. */
export async function createTestDatabase(): Promise<TestDatabase> {
  return create(`template ${inject('templateDatabase')}`);
}

/** Creates a database without any table, for tests of the migrations themselves. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
  return create('template template0');
}

export type RedisAvailability = { readonly url: string; readonly reason: null } | { readonly url: null; readonly reason: string };

/** The shared Redis server (use a key prefix of your own), or why there is none. */
export function redisAvailability(): RedisAvailability {
  const url = inject('redisUrl');
  return url === null ? { url, reason: inject('redisReason') } : { url, reason: null };
}

/** URL of the shared Redis server. @throws Error with the reason when there is none */
export function redisUrl(): string {
  const { url, reason } = redisAvailability();
  if (url === null) throw new Error(`No Redis for this test: ${reason}`);
  return url;
}

/**
 * `describe` for suites that need Redis: skipped, with the reason in the title, where there is none; with `REQUIRE_REDIS=1`
 * it runs all the same and fails.
 */
export function describeWithRedis(title: string, suite: SuiteFactory): void {
  const { reason } = redisAvailability();
  const skip = reason !== null && process.env['REQUIRE_REDIS'] !== '1';
  describe.skipIf(skip)(skip ? `${title} (skipped: ${reason})` : title, suite);
}

export interface TestRedis {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** SIGTERM: the server leaves in good order. */
  stop(): Promise<void>;
  /** SIGKILL: the server is gone in the middle of whatever it did. */
  kill(): Promise<void>;
  /** Empties all databases of the server. */
  flushAll(): Promise<void>;
}

/**
 * Starts a Redis server of the test's own, without persistence, so that it can be flushed, stopped and killed. Give the
 * `port` of an earlier one to start it again where its clients look for it.
 * @throws Error when no server binary is known (a `TEST_REDIS_URL` alone cannot be killed)
 */
export async function startRedisServer(options: { port?: number } = {}): Promise<TestRedis> {
  const server = inject('redisServer');
  if (server === null) throw new Error(`No Redis server of its own for this test: ${inject('redisReason')}`);
  const started = await startRedis(server, options);
  return {
    ...started,
    flushAll: async () => {
      const reply = await redisCommand(started.port, 'FLUSHALL');
      if (reply !== '+OK') throw new Error(`Redis refused to be emptied: ${reply}`);
    },
  };
}

async function create(source: string): Promise<TestDatabase> {
  const adminUrl = inject('databaseUrl');
  const name = `takt_test_${randomBytes(6).toString('hex')}`;
  await asAdmin(adminUrl, `create database ${name} ${source}`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return { name, url: url.href, drop: () => asAdmin(adminUrl, `drop database if exists ${name} with (force)`) };
}
