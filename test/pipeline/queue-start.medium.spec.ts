/** The queues on Postgres when the database is not right at the very moment in which they are first used. */
import { migrateDatabase } from '#persistence/migrate.js';
import { migrateQueueSchema } from '#queue/migrate-queue-schema.js';
import { QueueBackend } from '#queue/queue-backend.js';
import { eventually } from '#testing/eventually.js';
import { createEmptyDatabase, type TestDatabase } from '#testing/stores.js';
import { afterEach, beforeEach, expect, it } from 'vitest';

let database: TestDatabase;
let backend: QueueBackend;
const errors: unknown[] = [];

beforeEach(async () => {
  database = await createEmptyDatabase();
  backend = new QueueBackend({ kind: 'postgres', url: database.url }, (error) => errors.push(error));
});
afterEach(async () => {
  await backend.close();
  await database.drop();
});

it('a queue that could not start is made anew for whoever asks next', async () => {
  await expect(backend.ping()).rejects.toMatchObject({ code: 'QUEUE_UNAVAILABLE' });
  await migrateDatabase(database.url, { alsoRun: async (client) => migrateQueueSchema(client) });
  await eventually(() => backend.ping());
  expect(errors.length).toBeGreaterThan(0);
});
