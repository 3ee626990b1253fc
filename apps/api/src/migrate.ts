import 'reflect-metadata';
import type { MigrationEnvironment } from '#config/environment.js';
import { migrationEnvironmentOrExit, runMain } from '#config/service-process.js';
import { PasswordHasher } from '#identity/passwords/password-hasher.js';
import { seedAccounts } from '#identity/users/seed-accounts.js';
import type { Database } from '#persistence/database.js';
import { PostgresAuditLog } from '#persistence/identity/postgres-audit-log.js';
import { PostgresUserRepository } from '#persistence/identity/postgres-user.repository.js';
import { migrateDatabase } from '#persistence/migrate.js';
import { migrateQueueSchema } from '#queue/migrate-queue-schema.js';

/** `npm run migrate`: tables, BullMQ's own schema where it lives in Postgres, reference rows, accounts. Idempotent. */
async function main(): Promise<void> {
  const environment = migrationEnvironmentOrExit(process.env);
  const startedMs = performance.now();
  const applied = await migrateDatabase(environment.databaseUrl, {
    alsoRun: async (client, database) => {
      if (environment.redisUrl === null) await migrateQueueSchema(client);
      await createAccounts(database, environment);
    },
  });
  const took = Math.round(performance.now() - startedMs);
  say(applied.length === 0 ? `Database is up to date (${String(took)} ms)` : `Applied ${applied.join(', ')} (${String(took)} ms)`);
}

async function createAccounts(database: Database, environment: MigrationEnvironment): Promise<void> {
  const { generatedAdminPassword } = await seedAccounts(
    {
      users: new PostgresUserRepository(database),
      hasher: new PasswordHasher(),
      audit: new PostgresAuditLog(database),
    },
    { localMode: environment.localMode, adminPassword: environment.adminPassword },
  );
  if (generatedAdminPassword === null) return;
  say(`Created the account 'admin' with the password ${generatedAdminPassword} - it is shown this once.`);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

runMain('The migration', main);
