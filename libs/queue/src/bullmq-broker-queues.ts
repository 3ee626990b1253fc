import { BrokerQueues, type BrokerFigures } from '#application/queues/broker-queues.js';
import type { JobType } from 'bullmq';
import type { QueueBackend } from './queue-backend.js';

/** Somebody waits for the page; below the time within which the API answers, milliseconds. */
const LOOK_DEADLINE_MS = 2_000;

const STATES: readonly JobType[] = ['wait', 'active', 'delayed', 'prioritized', 'completed', 'failed'];

/** On Postgres the entries of a paused queue have a state of their own, which BullMQ's types do not know; on Redis none does. */
const PAUSED_ON_POSTGRES = 'paused' as JobType;

export class BullmqBrokerQueues extends BrokerQueues {
  constructor(private readonly backend: QueueBackend) {
    super();
  }

  async figuresOf(names: readonly string[]): Promise<ReadonlyMap<string, BrokerFigures | null>> {
    return new Map(await Promise.all(names.map(async (name) => [name, await this.look(name)] as const)));
  }

  private async look(name: string): Promise<BrokerFigures | null> {
    try {
      return await this.backend.within(LOOK_DEADLINE_MS, async () => this.figures(name));
    } catch {
      // A store that is away is what null says; health tells of it, too.
      return null;
    }
  }

  private async figures(name: string): Promise<BrokerFigures> {
    const queue = this.backend.queue(name);
    const [counts, isPaused] = await Promise.all([
      queue.getJobCounts(...STATES, ...(this.backend.kind === 'postgres' ? [PAUSED_ON_POSTGRES] : [])),
      queue.isPaused(),
    ]);
    const count = (state: JobType): number => counts[state] ?? 0;
    return {
      waiting: count('wait') + count(PAUSED_ON_POSTGRES),
      active: count('active'),
      delayed: count('delayed'),
      prioritized: count('prioritized'),
      completed: count('completed'),
      failed: count('failed'),
      isPaused,
    };
  }
}
