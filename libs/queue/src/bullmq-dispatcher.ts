import type { Queue } from 'bullmq';
import { queueJobId } from '#application/executions/execution.js';
import { Dispatcher } from '#application/scheduling/dispatcher.js';
import type { QueueItem } from '#application/scheduling/queue-item.js';
import { encodePattern } from '#domain/schedule/schedule-json.js';
import type { QueueBackend } from './queue-backend.js';
import { MEMORY_MARK, TICKS_QUEUE, type AttemptPayload } from './queue-names.js';

/**
 * Failed queue jobs that stay visible on the board, per queue. Those that are done go at once: the ledger keeps everything,
 * and keeping the last few costs Redis a fifth of its time for an attempt.
 */
const KEEP_FAILED = 200;

const ITEMS_PER_CALL = 500;
const DISPATCH_DEADLINE_MS = 10_000;
const LOOKUPS_AT_A_TIME = 20;

/** Due at the end of the century. */
const MEMORY_MARK_PATTERN = encodePattern({
  schedule: { kind: 'once', at: new Date('2099-12-31T00:00:00Z'), timeZone: 'UTC' },
  startAt: null,
  endAt: null,
});

export class BullmqDispatcher extends Dispatcher {
  constructor(private readonly backend: QueueBackend) {
    super();
  }

  async dispatch(items: readonly QueueItem[]): Promise<void> {
    const byQueue = groupByQueue(items);
    await this.backend.within(DISPATCH_DEADLINE_MS, async () =>
      Promise.all([...byQueue].map(async ([name, ofQueue]) => this.addAll(name, ofQueue))),
    );
  }

  async missing(items: readonly QueueItem[]): Promise<QueueItem[]> {
    const missing: QueueItem[] = [];
    for (let from = 0; from < items.length; from += LOOKUPS_AT_A_TIME) {
      const some = items.slice(from, from + LOOKUPS_AT_A_TIME);
      const held = await this.backend.within(DISPATCH_DEADLINE_MS, async () =>
        Promise.all(some.map(async (item) => this.holds(item))),
      );
      missing.push(...some.filter((_item, index) => held[index] === false));
    }
    return missing;
  }

  async hasMemory(): Promise<boolean> {
    const mark = await this.backend.within(DISPATCH_DEADLINE_MS, async () =>
      this.backend.queue(TICKS_QUEUE).getJobScheduler(MEMORY_MARK),
    );
    return mark !== undefined;
  }

  async remember(): Promise<void> {
    await this.backend.within(DISPATCH_DEADLINE_MS, async () =>
      this.backend.queue(TICKS_QUEUE).upsertJobScheduler(MEMORY_MARK, { pattern: MEMORY_MARK_PATTERN }),
    );
  }

  private async addAll(name: string, items: readonly QueueItem[]): Promise<void> {
    const queue = this.backend.queue(name);
    for (let from = 0; from < items.length; from += ITEMS_PER_CALL) {
      await queue.addBulk(items.slice(from, from + ITEMS_PER_CALL).map(toBulkJob));
    }
  }

  /**
   * A finished leftover under this id would swallow a second dispatch: it is removed. One that is delayed although its attempt may
   * run was put there by a process whose clock is fast: the queue counts delays from the clock of whoever adds.
   */
  private async holds(item: QueueItem): Promise<boolean> {
    const queue = this.backend.queue(item.queue);
    const id = queueJobId(item.executionId, item.attempt);
    const state = await queue.getJobState(id);
    if (state === 'unknown') return false;
    if (state === 'delayed' && item.delayMs === 0) await this.hasten(queue, id);
    if (state !== 'completed' && state !== 'failed') return true;
    await queue.remove(id);
    return false;
  }

  /** Its time may come, or somebody remove it, in this very moment; the next search sees what became of it. */
  private async hasten(queue: Queue, id: string): Promise<void> {
    const job = await queue.getJob(id);
    await job?.promote().catch(async (error: unknown) => {
      if ((await queue.getJobState(id)) === 'delayed') throw error;
    });
  }
}

function groupByQueue(items: readonly QueueItem[]): Map<string, QueueItem[]> {
  const groups = new Map<string, QueueItem[]>();
  for (const item of items) {
    const group = groups.get(item.queue);
    if (group === undefined) groups.set(item.queue, [item]);
    else group.push(item);
  }
  return groups;
}

function toBulkJob(item: QueueItem): { name: string; data: AttemptPayload; opts: object } {
  return {
    name: item.taskFunction,
    data: { executionId: item.executionId, attempt: item.attempt },
    opts: {
      jobId: queueJobId(item.executionId, item.attempt),
      ...(item.priority === 0 ? {} : { priority: item.priority }),
      ...(item.delayMs === 0 ? {} : { delay: item.delayMs }),
      removeOnComplete: true,
      removeOnFail: KEEP_FAILED,
    },
  };
}
