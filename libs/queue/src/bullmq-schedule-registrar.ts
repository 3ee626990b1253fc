import { isUuid, type JobId } from '#domain/ids.js';
import { encodePattern } from '#domain/schedule/schedule-json.js';
import { ScheduleRegistrar, type ScheduleRegistration } from '#application/scheduling/schedule-registrar.js';
import type { QueueBackend } from './queue-backend.js';
import { MEMORY_MARK, TICKS_QUEUE, type TickPayload } from './queue-names.js';

/** Upserts on their way at a time (measured: more brings nothing). */
const IN_FLIGHT = 50;
const BATCH_DEADLINE_MS = 15_000;
/** For the list of all job schedulers; ids only, 100,000 of them take well under a second. */
const LIST_DEADLINE_MS = 10_000;

export class BullmqScheduleRegistrar extends ScheduleRegistrar {
  constructor(private readonly backend: QueueBackend) {
    super();
  }

  async upsert(registrations: readonly ScheduleRegistration[]): Promise<void> {
    await this.inBatches(registrations, async (registration) => this.upsertOne(registration));
  }

  async remove(jobIds: readonly JobId[]): Promise<void> {
    await this.inBatches(jobIds, async (jobId) => this.backend.queue(TICKS_QUEUE).removeJobScheduler(jobId));
  }

  async count(): Promise<number> {
    const ticks = this.backend.queue(TICKS_QUEUE);
    const [all, mark] = await this.backend.within(LIST_DEADLINE_MS, async () =>
      Promise.all([ticks.getJobSchedulersCount(), ticks.getJobScheduler(MEMORY_MARK)]),
    );
    return mark === undefined ? all : all - 1;
  }

  async registered(): Promise<JobId[]> {
    const keysAndTimes = await this.backend.within(LIST_DEADLINE_MS, async () =>
      this.backend.queue(TICKS_QUEUE).getBackend().getJobSchedulersRange(0, -1, true),
    );
    return keysAndTimes.filter((text) => isUuid(text)) as JobId[];
  }

  private async upsertOne({ jobId, bounded }: ScheduleRegistration): Promise<unknown> {
    const payload: TickPayload = { jobId };
    return this.backend.queue(TICKS_QUEUE).upsertJobScheduler(
      jobId,
      // The pattern says the time zone as well; each member here is kept twice for every job, in the scheduler and its next tick.
      { pattern: encodePattern(bounded) },
      { name: 'tick', data: payload, opts: { removeOnComplete: true, removeOnFail: true } },
    );
  }

  private async inBatches<Item>(items: readonly Item[], work: (item: Item) => Promise<unknown>): Promise<void> {
    for (let from = 0; from < items.length; from += IN_FLIGHT) {
      const some = items.slice(from, from + IN_FLIGHT);
      await this.backend.within(BATCH_DEADLINE_MS, async () => Promise.all(some.map(work)));
    }
  }
}
