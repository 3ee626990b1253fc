import type { QueueItem } from '#application/scheduling/queue-item.js';
import { newId, type ExecutionId } from '#domain/ids.js';
import { describeOnBackends, openQueues, type TestQueues } from '#testing/queues.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BullmqBrokerQueues } from './bullmq-broker-queues.js';
import { BullmqDispatcher } from './bullmq-dispatcher.js';
import { QueueBackend } from './queue-backend.js';

const NOTHING = { waiting: 0, active: 0, delayed: 0, prioritized: 0, completed: 0, failed: 0, isPaused: false };

const anItem = (overrides: Partial<QueueItem> = {}): QueueItem => ({
  executionId: newId<ExecutionId>(), attempt: 1, queue: 'default', taskFunction: 'shell', priority: 0, delayMs: 0, ...overrides,
});

describeOnBackends('the figures of the message queue', (kind) => {
  let queues: TestQueues;
  beforeEach(async () => {
    queues = await openQueues(kind);
  });
  afterEach(() => queues.close());

  it('are those of each queue by state', async () => {
    await new BullmqDispatcher(queues.backend).dispatch([
      anItem(), anItem(), anItem({ priority: 5 }), anItem({ delayMs: 60_000 }), anItem({ delayMs: 60_000 }),
    ]);
    const figures = await new BullmqBrokerQueues(queues.backend).figuresOf(['default', 'ticks']);
    expect(figures.get('default')).toEqual({ ...NOTHING, waiting: 2, prioritized: 1, delayed: 2 });
    expect(figures.get('ticks')).toEqual(NOTHING);
  });

  it('say that somebody stopped a queue, and what waits in it', async () => {
    await new BullmqDispatcher(queues.backend).dispatch([anItem()]);
    await queues.backend.queue('default').pause();
    const figures = await new BullmqBrokerQueues(queues.backend).figuresOf(['default']);
    expect(figures.get('default')).toEqual({ ...NOTHING, waiting: 1, isPaused: true });
    await queues.backend.queue('default').resume();
  });
});

describe('the figures of a message queue that is away', () => {
  it('are null, in time', async () => {
    const backend = new QueueBackend({ kind: 'redis', url: 'redis://127.0.0.1:1' }, () => undefined);
    const beganMs = performance.now();
    expect([...(await new BullmqBrokerQueues(backend).figuresOf(['default', 'ticks']))]).toEqual([['default', null], ['ticks', null]]);
    expect(performance.now() - beganMs).toBeLessThan(3_000);
    await backend.close();
  });
});
