/** The queue's own share of the recovery from a dead worker: attempts that were taken and not yet claimed. */
import { newId, type ExecutionId } from '#domain/ids.js';
import { eventually } from '#testing/eventually.js';
import { describeWithRedis, startRedisServer, type TestRedis } from '#testing/stores.js';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { AttemptConsumer } from './attempt-consumer.js';
import { BullmqDispatcher } from './bullmq-dispatcher.js';
import { QueueBackend } from './queue-backend.js';

/** "Bad luck in any single process is recovered in 30 s." */
const RECOVERY_LIMIT_MS = 30_000;

describeWithRedis('an attempt that a worker took from the queue', () => {
  let redis: TestRedis;
  const backends: QueueBackend[] = [];

  const open = (): QueueBackend => {
    const backend = new QueueBackend({ kind: 'redis', url: redis.url }, () => undefined);
    backends.push(backend);
    return backend;
  };

  const consume = (backend: QueueBackend, handle: (executionId: string) => Promise<void>): void => {
    new AttemptConsumer(backend, { queue: 'default', concurrency: 1, handle: async (attempt) => {
      await handle(attempt.executionId);
      return 'over';
    } }).start();
  };

  beforeEach(async () => {
    redis = await startRedisServer();
  });
  afterEach(async () => {
    await Promise.all(backends.splice(0).map(async (backend) => backend.close()));
    await redis.stop();
  });

  it('reaches another worker within half a minute when the first one dies before it could claim', async () => {
    const id = newId<ExecutionId>();
    const taken: string[] = [];
    const dying = open();
    consume(dying, async (executionId) => {
      taken.push(`dying ${executionId}`);
      await new Promise(() => undefined);
    });
    await new BullmqDispatcher(open()).dispatch([{ executionId: id, attempt: 1, queue: 'default', taskFunction: 'shell', priority: 0, delayMs: 0 }]);
    await eventually(() => taken.length === 1);
    await dying.close(); // by force: what it took is neither finished nor given back
    consume(open(), async (executionId) => {
      taken.push(`living ${executionId}`);
      return Promise.resolve();
    });
    await eventually(() => { expect(taken).toEqual([`dying ${id}`, `living ${id}`]); }, { withinMs: RECOVERY_LIMIT_MS });
  }, 60_000);
});
