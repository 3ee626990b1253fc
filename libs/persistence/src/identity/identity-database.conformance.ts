import { createEmptyDatabase } from '#testing/stores.js';
import { DataSource } from 'typeorm';
import { Database } from '../database.js';
import { CreateIdentity1763600000000 } from './create-identity.migration.js';
import { PostgresApiKeyRepository } from './postgres-api-key.repository.js';
import { CreateRateLimit1763800000000 } from '../migrations/1763800000000-create-rate-limit.js';
import { PostgresAuditLog } from './postgres-audit-log.js';
import { PostgresLoginFailures } from './postgres-login-failures.js';
import { PostgresSessionRepository } from './postgres-session.repository.js';
import { PostgresUserRepository } from './postgres-user.repository.js';

/** The identity tables alone, empty, on a real server, with all repositories. For tests. */
export interface IdentityStores {
  readonly database: Database;
  readonly users: PostgresUserRepository;
  readonly sessions: PostgresSessionRepository;
  readonly apiKeys: PostgresApiKeyRepository;
  readonly audit: PostgresAuditLog;
  readonly loginFailures: PostgresLoginFailures;
  /** Sends any statement. */
  sql<Row>(text: string, values?: unknown[]): Promise<Row[]>;
  drop(): Promise<void>;
}

export async function createIdentityStores(): Promise<IdentityStores> {
  const created = await createEmptyDatabase();
  const migrations = await new DataSource({ type: 'postgres', url: created.url, migrations: [CreateIdentity1763600000000, CreateRateLimit1763800000000] }).initialize();
  await migrations.runMigrations();
  await migrations.destroy();
  const database = new Database({ url: created.url, poolSize: 8, applicationName: 'identity-tests' });
  return {
    database,
    users: new PostgresUserRepository(database),
    sessions: new PostgresSessionRepository(database),
    apiKeys: new PostgresApiKeyRepository(database),
    audit: new PostgresAuditLog(database),
    loginFailures: new PostgresLoginFailures(database),
    sql: async <Row>(text: string, values: unknown[] = []) => (await database.pool.query(text, values)).rows as Row[],
    drop: async () => {
      await database.close();
      await created.drop();
    },
  };
}
