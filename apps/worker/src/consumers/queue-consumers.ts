import type { ExecutionRunner } from '#application/running/execution-runner.js';
import type { TaskFunctionRepository } from '#application/task-functions/task-function.repository.js';
import { concurrencyOf, type WorkerConcurrency } from '#config/concurrency.js';
import { AttemptConsumer } from '#queue/attempt-consumer.js';
import type { QueueBackend } from '#queue/queue-backend.js';
import type { KnownFunctions } from './known-functions.js';
import { Slots, type SlotUser } from './slots.js';

export interface ConsumerOptions {
  /** Queues to consume; empty means every queue that a task function goes to, also later ones. */
  readonly queues: readonly string[];
  readonly concurrency: WorkerConcurrency;
}

/** Why a consumer takes nothing: the whole process does not, or all slots are taken. */
const PROCESS = 'process';
const NO_SLOT = 'no slot';

/** One consumer a queue, all behind the slots of this process. */
export class QueueConsumers {
  private readonly consumers = new Map<string, AttemptConsumer>();
  private readonly slots: Slots;
  private isPaused = false;

  constructor(
    private readonly backend: QueueBackend,
    private readonly runner: ExecutionRunner,
    private readonly taskFunctions: TaskFunctionRepository,
    private readonly known: KnownFunctions,
    private readonly options: ConsumerOptions,
  ) {
    this.slots = new Slots(options.concurrency.total);
  }

  /** Starts consuming the queues that are missing so far. Call again when queues may have been added. */
  async follow(): Promise<void> {
    for (const queue of await this.wantedQueues()) {
      if (this.consumers.has(queue)) continue;
      const consumer = this.consumerOf(queue);
      this.consumers.set(queue, consumer);
      consumer.start();
      if (this.isPaused) await consumer.pause(PROCESS);
    }
  }

  /** Queues that this process consumes, or will at `follow`. */
  async wantedQueues(): Promise<readonly string[]> {
    return this.options.queues.length > 0 ? this.options.queues : this.taskFunctions.queueNames();
  }

  /** Takes nothing new; what runs goes on. */
  async pause(): Promise<void> {
    if (this.isPaused) return;
    this.isPaused = true;
    await Promise.all([...this.consumers.values()].map(async (consumer) => consumer.pause(PROCESS)));
  }

  async resume(): Promise<void> {
    if (!this.isPaused) return;
    this.isPaused = false;
    await Promise.all([...this.consumers.values()].map(async (consumer) => consumer.resume(PROCESS)));
  }

  private consumerOf(queue: string): AttemptConsumer {
    const limit = concurrencyOf(this.options.concurrency, queue);
    const consumer: AttemptConsumer = new AttemptConsumer(this.backend, {
      queue,
      concurrency: limit,
      leaveToOthers: (taskFunction) => this.known.leaveToOthers(queue, taskFunction),
      accept: () => this.slots.take(user),
      onEmpty: () => this.slots.pass(user),
      handle: async (attempt) => {
        try {
          return await this.runner.run(attempt);
        } finally {
          this.slots.leave(user);
        }
      },
    });
    const user: SlotUser = {
      hold: () => void consumer.pause(NO_SLOT),
      let: (slots) => {
        consumer.limitTo(Math.min(slots, limit));
        void consumer.resume(NO_SLOT);
      },
    };
    return consumer;
  }
}
