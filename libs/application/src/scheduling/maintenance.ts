/**
 * The duties of the leader. Each is a small idempotent step that repairs one kind of difference between what should be and
 * what is; none is needed for a healthy system to fire and run. They are run one after the other, and a step that fails is
 * reported and tried again at the next round. A round can take longer than the reign it began in, when a store does not
 * answer: writes to Postgres carry the reign, and no step begins, and the queue is told nothing, once it is over.
 */
import type { Admission } from './admission.js';
import type { Reign, Tenure } from './leadership.js';
import type { Dispatcher } from './dispatcher.js';
import type { Outbox } from './outbox.js';
import type { Sender } from './planner.js';
import type { QueueItem } from './queue-item.js';
import type { RegistrationStore, ScheduleRegistrar } from './schedule-registrar.js';

/** The parts of the ledger and the registries that only the leader writes. */
export abstract class MaintenanceStore {
  /**
   * Takes back attempts whose lease is over: pending again as a new attempt, or final by the job's policy, the third loss
   * as `poison`. The lost attempt is recorded.
   *
   * @returns attempts to be sent again, and how many ended for good
   */
  abstract rescue(reign: Reign, limit: number): Promise<{ items: QueueItem[]; rescued: number; abandoned: number }>;
  /** Marks workers and scheduler instances that went silent, and deletes those that are silent for a day. */
  abstract reap(reign: Reign): Promise<{ workersDown: number }>;
  /**
   * Adds whole hours that are over to the rollup that statistics are read from, oldest first, at most `limit` hours.
   *
   * @returns how many hours
   */
  abstract rollUp(reign: Reign, limit: number): Promise<number>;
  /** Adds ended executions to the sums by worker, at most `portions` statements of them. @returns how many executions */
  abstract rollUpWorkers(reign: Reign, portions: number): Promise<number>;
  /** Deletes what deleted jobs left in the ledger, at most `portions` of executions or output. @returns how many executions */
  abstract purgeDeleted(reign: Reign, portions: number): Promise<number>;
  /**
   * Deletes executions that are over and started, or without a start were due, more than `retentionDays` ago, at most `limit`;
   * of output it takes a bounded amount in one call. @returns how many executions
   */
  abstract prune(reign: Reign, retentionDays: number, limit: number): Promise<number>;
}

export interface MaintenanceObserver {
  did(duty: string, count: number): void;
  failed(duty: string, error: unknown): void;
}

export interface MaintenanceParts {
  readonly store: MaintenanceStore;
  readonly admission: Pick<Admission, 'release'>;
  readonly outbox: Outbox;
  readonly dispatcher: Dispatcher;
  readonly sender: Sender;
  readonly registrations: RegistrationStore;
  readonly registrar: ScheduleRegistrar;
  readonly observer: MaintenanceObserver;
  /** Days that finished executions are kept; 0 = for ever. */
  readonly retentionDays: number;
}

/** What a fresh plan puts into the queue itself is left alone for this long, milliseconds. */
const OUTBOX_MIN_AGE_MS = 2_500;
/** A queue job that nobody took for this long is looked up in the queue, milliseconds. */
const UNCLAIMED_AGE_MS = 15_000;
const BATCH = 1_000;
/** Portions of the history of deleted jobs that go in one round; a portion takes some 50 ms. */
const PURGE_PORTIONS = 20;
const PRUNE_BATCH = 5_000;
/** Portions of ended executions that are added to the sums by worker in one round. */
const ROLLUP_PORTIONS = 20;
/** The queue's list of job schedulers is compared with the table this often though their numbers agree, milliseconds. */
const COMPARE_INTERVAL_MS = 600_000;
/** Hours of history added to the statistics in one round. */
const ROLLUP_HOURS = 24;

export class Maintenance {
  /** The queue lost its memory a round ago: notes that were on their way then say what is not true any more. */
  private forgetsAgain = false;
  private comparedAtMs = Number.NEGATIVE_INFINITY;

  constructor(private readonly parts: MaintenanceParts) {}

  /**
   * The frequent round, every second or two: what stands between an occurrence and its run.
   *
   * @param jobsChanged someone said so: the queue's job schedulers are compared with the jobs
   */
  async repair(tenure: Tenure, jobsChanged: boolean): Promise<void> {
    const { reign } = tenure;
    await this.duty(tenure, 'remember', async () => this.remember(tenure));
    await this.duty(tenure, 'rescue', async () => this.rescue(reign));
    await this.duty(tenure, 'release', async () => this.parts.admission.release());
    await this.duty(tenure, 'outbox', async () => this.sweepOutbox());
    await this.duty(tenure, 'purge-deleted', async () => this.parts.store.purgeDeleted(reign, PURGE_PORTIONS));
    if (jobsChanged) await this.duty(tenure, 'register', async () => this.register(tenure));
  }

  /** The rare round, every half minute. */
  async tidy(tenure: Tenure): Promise<void> {
    const { reign } = tenure;
    await this.duty(tenure, 'compare', async () => this.compare());
    await this.duty(tenure, 'register', async () => this.register(tenure));
    await this.duty(tenure, 'unclaimed', async () => this.recoverUnclaimed());
    await this.duty(tenure, 'reap', async () => (await this.parts.store.reap(reign)).workersDown);
    await this.duty(tenure, 'roll-up', async () => this.parts.store.rollUp(reign, ROLLUP_HOURS));
    await this.duty(tenure, 'roll-up-workers', async () => this.parts.store.rollUpWorkers(reign, ROLLUP_PORTIONS));
    await this.duty(tenure, 'prune', async () => this.prune(reign));
  }

  private async duty({ lasts }: Tenure, name: string, work: () => Promise<number>): Promise<void> {
    if (!lasts()) return;
    try {
      const count = await work();
      if (count > 0) this.parts.observer.did(name, count);
    } catch (error) {
      this.parts.observer.failed(name, error);
    }
  }

  /** After a flush everything that was told to the queue is told again. */
  private async remember(tenure: Tenure): Promise<number> {
    const { dispatcher, registrations, outbox, sender } = this.parts;
    if (await dispatcher.hasMemory()) {
      if (!this.forgetsAgain) return 0;
      const late = await outbox.forgetSent();
      this.forgetsAgain = false;
      await sender.send(await outbox.unsent(BATCH, 0));
      return late;
    }
    if (!tenure.lasts()) return 0;
    await registrations.distrustAll();
    const forgotten = await outbox.forgetSent();
    this.forgetsAgain = true;
    await dispatcher.remember();
    await sender.send(await outbox.unsent(BATCH, 0));
    await this.register(tenure);
    return forgotten + 1;
  }

  private async rescue(reign: Reign): Promise<number> {
    const { items, rescued, abandoned } = await this.parts.store.rescue(reign, BATCH);
    await this.parts.sender.send(items);
    return rescued + abandoned;
  }

  private async sweepOutbox(): Promise<number> {
    const items = await this.parts.outbox.unsent(BATCH, OUTBOX_MIN_AGE_MS);
    await this.parts.sender.resend(items);
    return items.length;
  }

  /**
   * Finds job schedulers that are in the queue and should not be, and the reverse: upserts that were given up and carried
   * out all the same, or by a leader that was frozen, and what the queue lost. `register` then mends what was found.
   */
  private async compare(): Promise<number> {
    const { registrations, registrar } = this.parts;
    const [expected, found] = [await registrations.count(), await registrar.count()];
    if (expected === found && performance.now() - this.comparedAtMs < COMPARE_INTERVAL_MS) return 0;
    const differing = await registrations.compare(await registrar.registered());
    this.comparedAtMs = performance.now();
    return differing;
  }

  /** Makes the queue's job schedulers equal to the jobs, incrementally. */
  private async register({ lasts }: Tenure): Promise<number> {
    const { registrations, registrar } = this.parts;
    let count = 0;
    for (;;) {
      const { upsert, remove } = await registrations.outdated(BATCH);
      if (upsert.length + remove.length === 0 || !lasts()) return count;
      await registrations.expect(upsert.map(({ jobId }) => jobId));
      if (!lasts()) return count;
      if (upsert.length > 0) await registrar.upsert(upsert);
      if (remove.length > 0) await registrar.remove(remove);
      await registrations.markRegistered(upsert, remove);
      count += upsert.length + remove.length;
    }
  }

  private async recoverUnclaimed(): Promise<number> {
    const { outbox, dispatcher, sender } = this.parts;
    const unclaimed = await outbox.unclaimed(BATCH, UNCLAIMED_AGE_MS);
    const missing = unclaimed.length > 0 ? await dispatcher.missing(unclaimed) : [];
    await sender.send(missing);
    return missing.length;
  }

  private async prune(reign: Reign): Promise<number> {
    if (this.parts.retentionDays === 0) return 0;
    return this.parts.store.prune(reign, this.parts.retentionDays, PRUNE_BATCH);
  }
}
