import { queueJobId } from '#application/executions/execution.js';
import type { QueueItem } from '#application/scheduling/queue-item.js';
import { newId, type ExecutionId, type JobId } from '#domain/ids.js';
import { nextOccurrence } from '#domain/schedule/next-occurrence.js';
import { everySeconds, unbounded } from '#testing/factories.js';
import { eventually } from '#testing/eventually.js';
import { describeOnBackends, openQueues, type TestQueues } from '#testing/queues.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AttemptConsumer } from './attempt-consumer.js';
import { BullmqDispatcher } from './bullmq-dispatcher.js';
import { BullmqScheduleRegistrar } from './bullmq-schedule-registrar.js';
import { QueueBackend } from './queue-backend.js';

const anItem = (overrides: Partial<QueueItem> = {}): QueueItem => ({
  executionId: newId<ExecutionId>(), attempt: 1, queue: 'default', taskFunction: 'shell', priority: 0, delayMs: 0, ...overrides,
});

describeOnBackends('the queues', (kind) => {
  let queues: TestQueues;
  let dispatcher: BullmqDispatcher;
  let registrar: BullmqScheduleRegistrar;

  beforeEach(async () => {
    queues = await openQueues(kind);
    dispatcher = new BullmqDispatcher(queues.backend);
    registrar = new BullmqScheduleRegistrar(queues.backend);
  });
  afterEach(() => queues.close());

  /** Attempts in the order in which a consumer of one slot gets them. */
  const consumed = (concurrency = 1): { got: string[]; consumer: AttemptConsumer } => {
    const got: string[] = [];
    const consumer = new AttemptConsumer(queues.backend, {
      queue: 'default',
      concurrency,
      handle: ({ executionId, attempt }) => {
        got.push(queueJobId(executionId, attempt));
        return Promise.resolve('over');
      },
    });
    consumer.start();
    return { got, consumer };
  };

  const idOf = ({ executionId, attempt }: QueueItem): string => queueJobId(executionId, attempt);

  describe('dispatch', () => {
    it('delivers each attempt once, also one that was dispatched twice', async () => {
      const items = Array.from({ length: 30 }, () => anItem());
      await dispatcher.dispatch(items);
      await dispatcher.dispatch(items.slice(10));
      const { got } = consumed(5);
      await eventually(() => got.length >= 30);
      expect(got.toSorted()).toEqual(items.map(idOf).toSorted());
    });

    it('serves normal attempts first and then by priority', async () => {
      const [last, normal, second] = [anItem({ priority: 9 }), anItem(), anItem({ priority: 2 })];
      await dispatcher.dispatch([last, normal, second]);
      const { got } = consumed();
      await eventually(() => got.length === 3);
      expect(got).toEqual([normal, second, last].map(idOf));
    });

    it('holds an attempt back until its delay is over', async () => {
      const [later, now] = [anItem({ delayMs: 400 }), anItem()];
      const dispatchedAtMs = performance.now();
      await dispatcher.dispatch([later, now]);
      const { got } = consumed();
      await eventually(() => got.length === 2);
      expect(got).toEqual([now, later].map(idOf));
      expect(performance.now() - dispatchedAtMs).toBeGreaterThanOrEqual(399);
    });

    it('hands out at once what it holds back although it may run, as after a dispatch by a fast clock', async () => {
      const item = anItem({ delayMs: 3_600_000 });
      await dispatcher.dispatch([item]);
      const { got } = consumed();
      expect(await dispatcher.missing([{ ...item, delayMs: 0 }])).toEqual([]);
      await eventually(() => got.length === 1);
      expect(got).toEqual([idOf(item)]);
    });

    it('goes on holding back what may not run yet when it is asked for it, as after each retry with a delay', async () => {
      const item = anItem({ delayMs: 3_600_000 });
      await dispatcher.dispatch([item]);
      expect(await dispatcher.missing([{ ...item, delayMs: 3_599_000 }])).toEqual([]);
      expect(await queues.backend.queue('default').getJobState(idOf(item))).toBe('delayed');
    });

    it('keeps an attempt that came early, although it is sent again meanwhile, and hands it out again', async () => {
      const item = anItem();
      await dispatcher.dispatch([item]);
      let tries = 0;
      new AttemptConsumer(queues.backend, {
        queue: 'default',
        concurrency: 1,
        handle: async () => {
          tries += 1;
          if (tries > 1) return 'over';
          await dispatcher.dispatch([item]);
          return 'early';
        },
      }).start();
      await eventually(() => tries === 2);
    });

    it('hands an attempt that its consumer left untouched to the next one', async () => {
      const item = anItem();
      await dispatcher.dispatch([item]);
      let left = false;
      const leaving: AttemptConsumer = new AttemptConsumer(queues.backend, {
        queue: 'default',
        concurrency: 1,
        handle: async () => {
          await leaving.pause();
          left = true;
          return 'untouched';
        },
      });
      leaving.start();
      await eventually(() => left);
      await leaving.close();
      const { got } = consumed();
      await eventually(() => got.length === 1);
      expect(got).toEqual([idOf(item)]);
    });

    it('tells what the queue does not hold, and clears the way for what it finished', async () => {
      const [held, finished, unknown] = [anItem(), anItem(), anItem()];
      // Ours go when they are done. This one stays, as one that failed does.
      await queues.backend.queue('default').add('left', { executionId: finished.executionId, attempt: finished.attempt }, { jobId: idOf(finished) });
      const { got, consumer } = consumed();
      await eventually(async () => (await queues.backend.queue('default').getJobState(idOf(finished))) === 'completed');
      await consumer.close();
      await dispatcher.dispatch([held]);
      expect(await dispatcher.missing([held, finished, unknown])).toEqual([finished, unknown]);
      await dispatcher.dispatch([finished]);
      const again = consumed();
      await eventually(() => again.got.length === 2);
      expect([...got, ...again.got]).toEqual([finished, held, finished].map(idOf));
    });
  });

  describe('the memory', () => {
    it('lasts until the queue loses it', async () => {
      expect(await dispatcher.hasMemory()).toBe(false);
      await dispatcher.remember();
      expect(await dispatcher.hasMemory()).toBe(true);
      await queues.forget();
      expect(await dispatcher.hasMemory()).toBe(false);
    });
  });

  describe('job schedulers', () => {
    const registration = (seconds: number, jobId = newId<JobId>(), scheduleVersion = 1): Parameters<BullmqScheduleRegistrar['upsert']>[0][number] => {
      const bounded = unbounded(everySeconds(seconds));
      return { jobId, scheduleVersion, bounded, nextFireAt: nextOccurrence(bounded, new Date()) ?? new Date(0) };
    };

    it('are one a job, due at its next occurrence, however often it is registered', async () => {
      const many = Array.from({ length: 120 }, () => registration(86_400));
      await registrar.upsert(many);
      await registrar.upsert(many.slice(50));
      const schedulers = await queues.backend.queue('ticks').getJobSchedulers(0, -1);
      expect(schedulers.map(({ key }) => key).toSorted()).toEqual(many.map(({ jobId }) => jobId).toSorted());
      expect(new Set(schedulers.map(({ next }) => next))).toEqual(new Set([many[0]?.nextFireAt.getTime()]));
    });

    it('are replaced by another schedule, with one tick to come', async () => {
      const first = registration(86_400);
      await registrar.upsert([first]);
      const second = registration(3_600, first.jobId, 2);
      await registrar.upsert([second]);
      const ticks = await queues.backend.queue('ticks').getDelayed();
      expect(ticks.map(({ data }) => data as unknown)).toEqual([{ jobId: first.jobId }]);
      expect((await queues.backend.queue('ticks').getJobScheduler(first.jobId))?.next).toBe(second.nextFireAt.getTime());
    });

    it('go with what they would have ticked, and unknown ones are no error', async () => {
      const gone = registration(86_400);
      await registrar.upsert([gone]);
      await registrar.remove([gone.jobId, newId<JobId>()]);
      expect(await queues.backend.queue('ticks').getJobSchedulersCount()).toBe(0);
      expect(await queues.backend.queue('ticks').getDelayedCount()).toBe(0);
    });
  });
});

describe('a queue whose store is not there', () => {
  it.each([
    { kind: 'redis', url: 'redis://127.0.0.1:1' },
    { kind: 'postgres', url: 'postgresql://nobody@127.0.0.1:1/nothing' },
  ] as const)('refuses within its deadline on $kind', async (options) => {
    const backend = new QueueBackend(options, () => undefined);
    const askedAtMs = performance.now();
    await expect(new BullmqDispatcher(backend).dispatch([anItem()])).rejects.toMatchObject({ code: 'QUEUE_UNAVAILABLE' });
    await expect(new BullmqScheduleRegistrar(backend).remove([newId<JobId>()])).rejects.toMatchObject({ code: 'QUEUE_UNAVAILABLE' });
    expect(performance.now() - askedAtMs).toBeLessThan(15_000);
    await backend.close();
  });
});
