/** Queues of a test's own on either backend. */
import { randomBytes } from 'node:crypto';
import { QueueBackend } from '#queue/queue-backend.js';
import { describe } from 'vitest';
import { createTestDatabase, describeWithRedis, redisUrl } from './stores.js';

export type BackendKind = 'redis' | 'postgres';

/** The suite once on each queue backend. */
export function describeOnBackends(title: string, suite: (kind: BackendKind) => void): void {
  describe(`${title} on Postgres alone`, () => { suite('postgres'); });
  describeWithRedis(`${title} on Redis`, () => { suite('redis'); });
}

/** A namespace on the shared Redis that no other test uses. */
export function ownPrefix(): string {
  return `takt-test-${randomBytes(6).toString('hex')}`;
}

export interface TestQueues {
  readonly backend: QueueBackend;
  /** Makes the queues forget everything, as a flush or a new server does. */
  forget(): Promise<void>;
  close(): Promise<void>;
}

export async function openQueues(kind: BackendKind): Promise<TestQueues> {
  const ignore = (): void => undefined;
  if (kind === 'redis') {
    const backend = new QueueBackend({ kind, url: redisUrl(), prefix: ownPrefix() }, ignore);
    const forget = async (): Promise<void> => {
      for (const name of ['ticks', 'default']) await backend.queue(name).obliterate({ force: true });
    };
    return { backend, forget, close: async () => { await forget(); await backend.close(); } };
  }
  const database = await createTestDatabase();
  const backend = new QueueBackend({ kind, url: database.url }, ignore);
  return {
    backend,
    forget: async () => {
      for (const name of ['ticks', 'default']) await backend.queue(name).obliterate({ force: true });
    },
    close: async () => {
      await backend.close();
      await database.drop();
    },
  };
}
