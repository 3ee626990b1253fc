/**
 * Vitest global setup of the integration and contract projects: the stores, and one template database with all migrations
 * applied, from which every test file clones its own. Projects that run together share what the first one prepared.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { startTestStores, type RedisServerBinary } from '../../scripts/stores/test-stores.mjs';
import { asAdmin } from '../../libs/testing/src/as-admin.js';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Superuser URL of the test server. */
    databaseUrl: string;
    /** Migrated and seeded; nobody may connect to it, clones are made of it. */
    templateDatabase: string;
    redisUrl: string | null;
    redisServer: RedisServerBinary | null;
    /** Where Redis comes from, or why there is none. */
    redisReason: string;
  }
}

interface Prepared {
  readonly databaseUrl: string;
  readonly templateDatabase: string;
  readonly redisUrl: string | null;
  readonly redisServer: RedisServerBinary | null;
  readonly redisReason: string;
  release(): Promise<void>;
}

const root = fileURLToPath(new URL('../../', import.meta.url));
const MIGRATION_MODULE = '#persistence/migrate.js';
const QUEUE_SCHEMA_MODULE = '#queue/migrate-queue-schema.js';
const shared = globalThis as { taktTestStores?: { prepared: Promise<Prepared>; users: number } };

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const stores = (shared.taktTestStores ??= { prepared: prepare(), users: 0 });
  stores.users += 1;
  const prepared = await stores.prepared;
  project.provide('databaseUrl', prepared.databaseUrl);
  project.provide('templateDatabase', prepared.templateDatabase);
  project.provide('redisUrl', prepared.redisUrl);
  project.provide('redisServer', prepared.redisServer);
  project.provide('redisReason', prepared.redisReason);
  return async () => {
    stores.users -= 1;
    if (stores.users > 0) return;
    delete shared.taktTestStores;
    await prepared.release();
  };
}

async function prepare(): Promise<Prepared> {
  const stores = await startTestStores({ root, download: process.env['REQUIRE_REDIS'] === '1' });
  try {
    const templateDatabase = `takt_template_${String(process.pid)}_${Date.now().toString(36)}`;
    await asAdmin(stores.databaseUrl, `create database ${templateDatabase}`);
    await migrate(databaseUrl(stores.databaseUrl, templateDatabase));
    return {
      ...stores,
      templateDatabase,
      release: async () => {
        await asAdmin(stores.databaseUrl, `drop database if exists ${templateDatabase} with (force)`);
        await stores.stop();
      },
    };
  } catch (error) {
    await stores.stop();
    throw error;
  }
}

async function migrate(url: string): Promise<void> {
  if (!existsSync(`${root}libs/persistence/src/migrate.ts`)) {
    process.stderr.write('There are no migrations yet: the template database is empty.\n');
    return;
  }
  const { migrateDatabase } = (await import(MIGRATION_MODULE)) as Pick<typeof import('../../libs/persistence/src/migrate.js'), 'migrateDatabase'>;
  const { migrateQueueSchema } = (await import(QUEUE_SCHEMA_MODULE)) as Pick<typeof import('../../libs/queue/src/migrate-queue-schema.js'), 'migrateQueueSchema'>;
  await migrateDatabase(url, { alsoRun: async (client) => migrateQueueSchema(client) });
}

function databaseUrl(adminUrl: string, database: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${database}`;
  return url.href;
}
