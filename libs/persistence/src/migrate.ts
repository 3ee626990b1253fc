import pg from 'pg';
import { createDataSource } from './data-source.js';
import { Database } from './database.js';
import { seedPlatform } from './seeds/seed-platform.js';

/** Two processes that migrate at once take turns on this advisory lock. */
const MIGRATION_LOCK = 7_204_419_011;

const APPLICATION_NAME = 'takt-migrate';

export interface MigrationOptions {
  /** Runs under the lock, after our own migrations: BullMQ's schema, accounts. */
  readonly alsoRun?: (client: pg.Client, database: Database) => Promise<void>;
}

/**
 * Brings the database to this release: migrations, reference rows, and in a new database the first jobs. Safe to call from
 * several processes at once and any number of times.
 *
 * @returns names of the migrations that were applied
 */
export async function migrateDatabase(databaseUrl: string, options: MigrationOptions = {}): Promise<string[]> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: APPLICATION_NAME });
  await client.connect();
  const database = new Database({ url: databaseUrl, poolSize: 2, applicationName: APPLICATION_NAME });
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const applied = await runMigrations(databaseUrl);
    await seedPlatform(database);
    await options.alsoRun?.(client, database);
    return applied;
  } finally {
    await database.close();
    await client.end();
  }
}

async function runMigrations(databaseUrl: string): Promise<string[]> {
  const dataSource = createDataSource({ url: databaseUrl, poolSize: 2, applicationName: APPLICATION_NAME });
  await dataSource.initialize();
  try {
    const applied = await dataSource.runMigrations();
    return applied.map(({ name }) => name);
  } finally {
    await dataSource.destroy();
  }
}
