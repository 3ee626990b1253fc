/** The second alarm alone: ticks as the queue delivers them, and how often the planner hears of them. */
import { eventually } from '#testing/eventually.js';
import { describeOnBackends, openQueues, type TestQueues } from '#testing/queues.js';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { TICKS_QUEUE } from './queue-names.js';
import { TickConsumer } from './tick-consumer.js';

const WAITING = 200;
/** The pace that `TickConsumer` promises, ticks a second. */
const PACE = 20;

describeOnBackends('the ticks of the queue', (kind) => {
  let queues: TestQueues;
  let wakes: number;
  let consumer: TickConsumer;

  beforeEach(async () => {
    queues = await openQueues(kind);
    wakes = 0;
    consumer = new TickConsumer(queues.backend, () => {
      wakes += 1;
    });
  });
  afterEach(async () => {
    await consumer.stop();
    await queues.close();
  });

  const add = async (count: number): Promise<void> => {
    const ticks = Array.from({ length: count }, (_, index) => ({ name: 'tick', data: { jobId: String(index) }, opts: { removeOnComplete: true } }));
    await queues.backend.queue(TICKS_QUEUE).addBulk(ticks);
  };
  const waiting = async (): Promise<number> => queues.backend.queue(TICKS_QUEUE).getWaitingCount();

  it('wake the planner for each that comes alone', async () => {
    consumer.start();
    for (const expected of [1, 2]) {
      await add(1);
      await eventually(() => wakes === expected);
    }
  });

  it('are taken slowly when many come at once, and wake it as long as some wait', async () => {
    await add(WAITING);
    const fromMs = performance.now();
    consumer.start();
    await eventually(() => wakes >= 4);
    const left = await waiting();
    const seconds = (performance.now() - fromMs) / 1_000;
    expect(left).toBeGreaterThan(0);
    expect(WAITING - left).toBeLessThanOrEqual(Math.ceil(seconds * PACE) + 2);
  });
});
