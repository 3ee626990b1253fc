import { DataSource } from 'typeorm';
import { platformEntities } from './entities/index.js';
import { CreateIdentity1763600000000 } from './identity/create-identity.migration.js';
import { identityEntities } from './identity/entities.js';
import { CreatePlatform1763600100000 } from './migrations/1763600100000-create-platform.js';
import { AddDependencyGate1763700000000 } from './migrations/1763700000000-add-dependency-gate.js';
import { CreateExecutionRollup1763700050000 } from './migrations/1763700050000-create-execution-rollup.js';
import { CreateRateLimit1763800000000 } from './migrations/1763800000000-create-rate-limit.js';
import { CreateWorkerRollup1763800100000 } from './migrations/1763800100000-create-worker-rollup.js';
import { IndexRollupHours1763900000000 } from './migrations/1763900000000-index-rollup-hours.js';
import { DeleteHistoryInPortions1763900100000 } from './migrations/1763900100000-delete-history-in-portions.js';
import { SetUnreadableJobsAside1763900200000 } from './migrations/1763900200000-set-unreadable-jobs-aside.js';
import { IndexAuditLog1763900300000 } from './migrations/1763900300000-index-audit-log.js';
import { CountCancelledByWorker1763900400000 } from './migrations/1763900400000-count-cancelled-by-worker.js';

/**
 * Describes our schema to TypeORM: every entity, every migration. `synchronize` is off for good; the schema changes by
 * migrations alone, and a test compares the two.
 */
export function createDataSource(options: { url: string; poolSize: number; applicationName: string }): DataSource {
  return new DataSource({
    type: 'postgres',
    url: options.url,
    applicationName: options.applicationName,
    entities: [...platformEntities, ...identityEntities],
    migrations: [
      CreateIdentity1763600000000,
      CreatePlatform1763600100000,
      AddDependencyGate1763700000000,
      CreateExecutionRollup1763700050000,
      CreateRateLimit1763800000000,
      CreateWorkerRollup1763800100000,
      IndexRollupHours1763900000000,
      DeleteHistoryInPortions1763900100000,
      SetUnreadableJobsAside1763900200000,
      IndexAuditLog1763900300000,
      CountCancelledByWorker1763900400000,
    ],
    migrationsTableName: 'takt_migration',
    migrationsTransactionMode: 'each',
    synchronize: false,
    extra: { max: options.poolSize, connectionTimeoutMillis: 5_000, statement_timeout: 60_000 },
  });
}
