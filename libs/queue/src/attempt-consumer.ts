import type { Worker } from 'bullmq';
import type { ExecutionId } from '#domain/ids.js';
import type { QueueBackend } from './queue-backend.js';
import type { AttemptPayload } from './queue-names.js';

/**
 * A worker that dies between taking an attempt from the queue and claiming it leaves it in the queue's hands, where no lease
 * of the ledger can run out: it is back after lock and check, which together must stay well below 30 s. A lock that runs out
 * although its worker lives is harmless, the second delivery cannot claim.
 */
const LOCK_MS = 15_000;
const STALLED_CHECK_MS = 5_000;

/** The ledger decides whether a redelivered attempt may run, so BullMQ never has to give one up by itself. */
const STALLS_ALLOWED = 1_000;

export interface AttemptConsumerOptions {
  readonly queue: string;
  /** Attempts that this process runs at a time from this queue. */
  readonly concurrency: number;
  /** Runs one attempt to its recorded end. Must not throw. */
  readonly handle: (attempt: { executionId: ExecutionId; attempt: number }) => Promise<void>;
}

/** Takes attempts from one named queue, as many at a time as its concurrency allows. */
export class AttemptConsumer {
  private readonly worker: Worker<AttemptPayload>;

  constructor(backend: QueueBackend, options: AttemptConsumerOptions) {
    this.worker = backend.worker<AttemptPayload>(
      options.queue,
      async ({ data }) => options.handle({ executionId: data.executionId as ExecutionId, attempt: data.attempt }),
      {
        concurrency: options.concurrency,
        lockDuration: LOCK_MS,
        stalledInterval: STALLED_CHECK_MS,
        maxStalledCount: STALLS_ALLOWED,
      },
    );
  }

  start(): void {
    void this.worker.run();
  }

  /** Takes nothing new; what runs goes on. Resolves at once. */
  async pause(): Promise<void> {
    await this.worker.pause(true);
  }

  async resume(): Promise<void> {
    await this.worker.resume();
  }

  /** Waits for what runs, then lets go of the queue. */
  async close(): Promise<void> {
    await this.worker.close();
  }
}
