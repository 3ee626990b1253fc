import { DelayedError, WaitingError, type Job, type Worker } from 'bullmq';
import type { Handled } from '#application/running/execution-runner.js';
import type { ExecutionId } from '#domain/ids.js';
import { BoundedCache } from '#domain/schedule/bounded-cache.js';
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

/** Long enough that a fleet that waits for one worker does not spin, milliseconds. */
const LEFT_FOR_MS = 500;

/**
 * Between two tries of an attempt that may not start yet, milliseconds. It waits here and not as a delayed queue job, whose time this
 * machine's clock would say: a clock that is fast is the usual reason for an attempt that comes early.
 */
const EARLY_MS = 500;

/** Offers that are remembered: more than attempts that one queue leaves to others within `LEFT_FOR_MS`, usually. */
const OFFERS_KEPT = 1_000;

export interface AttemptConsumerOptions {
  readonly queue: string;
  /** Attempts that this process runs at a time from this queue. */
  readonly concurrency: number;
  /** Whether there is room for one more attempt, which is then handled; otherwise it goes back to the queue at once. @default always */
  readonly accept?: () => boolean;
  /**
   * Whether attempts of this task function are left to other workers for now; asked before `accept`. What is left to them is
   * offered to them at once and, when none takes it, after `LEFT_FOR_MS` again. @default never
   */
  readonly leaveToOthers?: (taskFunction: string) => false | Promise<boolean>;
  /** Hears that the queue was found empty, where it was not before. */
  readonly onEmpty?: () => void;
  /** Runs one attempt to its recorded end; one that is not over goes back to the queue, `early` after a pause. Must not throw. */
  readonly handle: (attempt: { executionId: ExecutionId; attempt: number }) => Promise<Handled>;
}

/** Takes attempts from one named queue, as many at a time as its concurrency allows. */
export class AttemptConsumer {
  private readonly worker: Worker<AttemptPayload>;
  /** Why nothing is taken; it is again when none is left. */
  private readonly pausedFor = new Set<string>();
  /** Attempts that were offered to other workers at once, and may soon be back. */
  private readonly offers = new BoundedCache<string, number>(OFFERS_KEPT);
  private isClosed = false;

  constructor(
    backend: QueueBackend,
    private readonly options: AttemptConsumerOptions,
  ) {
    this.worker = backend.worker<AttemptPayload>(options.queue, async (job) => this.consume(job), {
      concurrency: options.concurrency,
      lockDuration: LOCK_MS,
      stalledInterval: STALLED_CHECK_MS,
      maxStalledCount: STALLS_ALLOWED,
    });
    this.worker.on('drained', () => options.onEmpty?.());
  }

  start(): void {
    void this.worker.run();
  }

  /** Takes nothing new; what runs goes on. Resolves at once. */
  async pause(reason = 'paused'): Promise<void> {
    this.pausedFor.add(reason);
    await this.worker.pause(true);
  }

  /** Takes attempts again, if `reason` was the last one not to. */
  async resume(reason = 'paused'): Promise<void> {
    this.pausedFor.delete(reason);
    if (this.isClosed || this.pausedFor.size > 0) return;
    await this.worker.resume();
    setImmediate(() => this.revive());
  }

  /** From now on at most so many at a time. A consumer that waits for what runs notices it when it is resumed. */
  limitTo(attempts: number): void {
    if (attempts === this.worker.concurrency) return;
    this.worker.concurrency = attempts;
    // Only a resumed worker looks at its limit while all that it may run is running.
    if (this.pausedFor.size === 0) void this.worker.pause(true);
  }

  /** Waits for what runs, then lets go of the queue. */
  async close(): Promise<void> {
    this.isClosed = true;
    await this.worker.close();
  }

  private async consume(job: Job<AttemptPayload>): Promise<void> {
    if ((await this.options.leaveToOthers?.(job.name)) === true) await this.leave(job);
    if (this.options.accept?.() === false) await this.putBack(job);
    const handled = await this.options.handle({ executionId: job.data.executionId as ExecutionId, attempt: job.data.attempt });
    if (handled === 'early') await pause(EARLY_MS);
    if (handled !== 'over') await this.putBack(job);
  }

  /** Back to the queue, where all its workers see it at once. One that cannot be put back goes there when its lock is over. */
  private async putBack(job: Job<AttemptPayload>): Promise<never> {
    await job.moveToWait(job.token).catch((error: unknown) => {
      this.worker.emit('error', error instanceof Error ? error : new Error(String(error)));
    });
    throw new WaitingError();
  }

  /**
   * The queue wakes the worker that has waited longest, which is rarely this one; but when a pause is over, the worker that
   * paused the attempt is the one that knows, and takes it first. So it is offered after each pause, and paused when it is back.
   */
  private async leave(job: Job<AttemptPayload>): Promise<never> {
    const id = job.id ?? '';
    const offeredAt = this.offers.get(id);
    if (offeredAt !== undefined && performance.now() - offeredAt < LEFT_FOR_MS) return this.putOff(job);
    this.offers.set(id, performance.now());
    return this.putBack(job);
  }

  private async putOff(job: Job<AttemptPayload>): Promise<never> {
    await job.moveToDelayed(Date.now() + LEFT_FOR_MS, job.token).catch((error: unknown) => {
      this.worker.emit('error', error instanceof Error ? error : new Error(String(error)));
    });
    throw new DelayedError();
  }

  /** A worker that is resumed in the very moment in which its loop ends on being paused does not start a new one. */
  private revive(): void {
    if (this.isClosed || this.worker.isPaused() || this.worker.isRunning()) return;
    void this.worker.run();
  }
}

async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
