import { runMigrations } from 'bullmq';
import { POSTGRES_QUEUE_SCHEMA } from './queue-backend.js';

/** A connected node-postgres client, as far as migrations need one. */
export interface MigrationClient {
  query(text: string, values?: unknown[]): Promise<{ rows: never[] }>;
}

/** Brings BullMQ's own schema up to date, under its advisory lock. Needed in the mode without Redis only. */
export async function migrateQueueSchema(client: MigrationClient): Promise<void> {
  await runMigrations(client, POSTGRES_QUEUE_SCHEMA);
}
