/**
 * Turns calls that arrive together into one statement. An item waits until the present turn of the event loop is over, or
 * for a batch under way to finish, never for a timer: at low load a call costs one statement, at high load a statement
 * carries a hundred. Each caller waits for the commit of its own item, so nothing is acknowledged that is not durable.
 *
 * When a batch is refused, which one bad item is enough for, its items are tried one by one, so that only the bad one fails.
 * A store that is away fails them all alike.
 *
 * One batch gathers while another one is on its way: the longer it takes the more the next one carries. Only behind one that
 * takes unusually long, because a row of it is locked by others, another one is sent, up to a limit. Look-ups are gathered in
 * the same way.
 */
import { SystemClock, type Clock } from '#domain/clock.js';
import { DomainError } from '#domain/errors.js';

const MAX_IN_FLIGHT = 2;
/** A batch under way for longer than this does not hold the next one up, milliseconds. */
const LONG_MS = 20;
const MAX_BATCH = 200;

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

export class GroupCommit<Item, Result> {
  private waiting: Waiting<Item, Result>[] = [];
  private inFlight = 0;
  private isScheduled = false;
  private startedMs = 0;

  /**
   * @param write performs a batch; must return one result an item, in the same order
   * @param clock to judge how long a batch is under way
   * @param maxInFlight batches under way at most
   */
  constructor(
    private readonly write: (items: readonly Item[]) => Promise<readonly Result[]>,
    private readonly clock: Pick<Clock, 'monotonicMs'> = new SystemClock(),
    private readonly maxInFlight = MAX_IN_FLIGHT,
  ) {}

  /** Adds an item and resolves with its result when its batch is committed. */
  submit(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      this.schedule();
    });
  }

  private schedule(): void {
    if (this.isScheduled || this.waiting.length === 0 || !this.maySend()) return;
    this.isScheduled = true;
    setImmediate(() => {
      this.isScheduled = false;
      const batch = this.waiting.splice(0, MAX_BATCH);
      if (batch.length > 0) void this.flush(batch);
      this.schedule();
    });
  }

  private maySend(): boolean {
    if (this.inFlight === 0) return true;
    return this.inFlight < this.maxInFlight && this.clock.monotonicMs() - this.startedMs > LONG_MS;
  }

  private async flush(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    this.inFlight += 1;
    this.startedMs = this.clock.monotonicMs();
    try {
      const results = await this.write(batch.map(({ item }) => item));
      if (results.length !== batch.length) throw new Error('A batch must return one result per item');
      batch.forEach(({ resolve }, index) => {
        resolve(results[index] as Result);
      });
    } catch (error) {
      if (batch.length === 1 || isUnavailable(error)) for (const { reject } of batch) reject(error);
      else await this.flushSingly(batch);
    } finally {
      this.inFlight -= 1;
      this.schedule();
    }
  }

  private async flushSingly(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    for (const { item, resolve, reject } of batch) {
      try {
        const [result] = await this.write([item]);
        resolve(result as Result);
      } catch (error) {
        reject(error);
      }
    }
  }
}

function isUnavailable(error: unknown): boolean {
  return error instanceof DomainError && error.category === 'unavailable';
}
