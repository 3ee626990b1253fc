import type { ExecutionRunner } from '#application/running/execution-runner.js';
import type { TaskFunctionRepository } from '#application/task-functions/task-function.repository.js';
import { concurrencyOf, type WorkerConcurrency } from '#config/concurrency.js';
import { AttemptConsumer } from '#queue/attempt-consumer.js';
import type { QueueBackend } from '#queue/queue-backend.js';
import { Slots } from './slots.js';

export interface ConsumerOptions {
  /** Queues to consume; empty means every queue that a task function goes to, also later ones. */
  readonly queues: readonly string[];
  readonly concurrency: WorkerConcurrency;
}

/** One consumer a queue, all behind the slots of this process. */
export class QueueConsumers {
  private readonly consumers = new Map<string, AttemptConsumer>();
  private readonly slots: Slots;
  private isPaused = false;

  constructor(
    private readonly backend: QueueBackend,
    private readonly runner: ExecutionRunner,
    private readonly taskFunctions: TaskFunctionRepository,
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
      if (this.isPaused) await consumer.pause();
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
    await Promise.all([...this.consumers.values()].map(async (consumer) => consumer.pause()));
  }

  async resume(): Promise<void> {
    if (!this.isPaused) return;
    this.isPaused = false;
    await Promise.all([...this.consumers.values()].map(async (consumer) => consumer.resume()));
  }

  private consumerOf(queue: string): AttemptConsumer {
    return new AttemptConsumer(this.backend, {
      queue,
      concurrency: concurrencyOf(this.options.concurrency, queue),
      handle: async (attempt) => this.slots.use(async () => this.runner.run(attempt)),
    });
  }
}
