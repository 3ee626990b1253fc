/**
 * The only code that fires. Whoever thinks that something may be due (the alarm, a tick from the queue, a change of a job)
 * calls `planDue`; calls that arrive while a plan runs are served by one further plan after it, because they may have been
 * made for something that the running plan did not see. The store's transaction decides what is due by the database's
 * clock, so a wake-up that is late, lost or doubled changes nothing in the ledger.
 *
 * Executions reach the queue after the commit. If that fails, or the process dies in between, they stay in the outbox and
 * the leader sends them.
 */
import { nextOccurrence, occurrencesBetween } from '#domain/schedule/next-occurrence.js';
import { planOccurrences } from '#domain/planning/plan-occurrences.js';
import type { JobId } from '#domain/ids.js';
import type { Dispatcher } from './dispatcher.js';
import type { Outbox } from './outbox.js';
import type { DueJob, JobPlan, PlannedChunk, PlanStore } from './plan-store.js';
import type { GateScope } from './gate-store.js';
import type { QueueItem } from './queue-item.js';

/**
 * Jobs planned in one transaction. The first one is small, so that the workers have something to start while the rest is planned; each
 * further one is twice as large, up to the limit, because large ones cost less for each job.
 */
const JOBS_PER_CHUNK = 500;
const JOBS_IN_FIRST_CHUNK = 100;

/** Occurrences of one job decided in one transaction; a longer arrear takes several. */
const OCCURRENCES_PER_JOB = 1_000;

/** From handing executions to the queue to the note that they are there, milliseconds. */
const NOTE_AFTER_MS = 1_800;

/** Few, because the rows are locked meanwhile and a burst's claims come for them. */
const NOTES_AT_A_TIME = 200;

/** Hears what the planner did, for metrics and logs. */
export interface PlannerObserver {
  planned(chunk: PlannedChunk): void;
  dispatchFailed(error: unknown, items: number): void;
}

/**
 * Adds queue jobs and notes it in the outbox. What cannot be added stays in the outbox, and the observer hears of it.
 *
 * The note is written `NOTE_AFTER_MS` later: by then most attempts are claimed, which says the same and needs no note; writing
 * it at once would cost each execution one more version of its row, and make claims wait for it. It has to be there before the
 * leader's sweep looks (2.5 s); where it is missing, because the process died in between, the sweep sends again under the same
 * id, which the queue leaves alone or the claim drops.
 */
export class Sender {
  private sent: QueueItem[] = [];
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly dispatcher: Dispatcher,
    private readonly outbox: Outbox,
    private readonly observer: Pick<PlannerObserver, 'dispatchFailed'>,
  ) {}

  /** Never throws: what failed is sent again by the leader's sweep. */
  async send(items: readonly QueueItem[]): Promise<void> {
    await this.add(items, () => Promise.resolve(items));
  }

  /**
   * Sends attempts that may have been in the queue before, such as one that lost its slot after it was sent: what the queue
   * still holds stays, and a finished leftover, which would swallow the attempt, gives way. Never throws.
   */
  async resend(items: readonly QueueItem[]): Promise<void> {
    await this.add(items, async () => this.dispatcher.missing(items));
  }

  private async add(items: readonly QueueItem[], choose: () => Promise<readonly QueueItem[]>): Promise<void> {
    if (items.length === 0) return;
    try {
      await this.dispatcher.dispatch(await choose());
      for (const item of items) this.sent.push(item);
      this.timer ??= setTimeout(() => void this.note(), NOTE_AFTER_MS);
    } catch (error) {
      this.observer.dispatchFailed(error, items.length);
    }
  }

  /** Notes now what was sent. Never throws. */
  async note(): Promise<void> {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    const items = this.sent;
    this.sent = [];
    try {
      for (let from = 0; from < items.length; from += NOTES_AT_A_TIME) {
        await this.outbox.markSent(items.slice(from, from + NOTES_AT_A_TIME));
      }
    } catch (error) {
      this.observer.dispatchFailed(error, items.length);
    }
  }
}

export class Planner {
  private running: Promise<void> | null = null;
  private queued: Promise<void> | null = null;

  constructor(
    private readonly store: PlanStore,
    private readonly sender: Sender,
    private readonly observer: PlannerObserver,
    /** `Admission`, which sends through the `Sender` of this file. */
    private readonly admission: { openGates(scope: GateScope): Promise<number> },
    private readonly jobsPerChunk = JOBS_PER_CHUNK,
  ) {}

  /** Plans everything that is due now. Resolves when it is recorded and handed to the queue. */
  planDue(): Promise<void> {
    if (this.running === null) return this.begin();
    this.queued ??= this.running.catch(() => undefined).then(async () => this.begin());
    return this.queued;
  }

  private begin(): Promise<void> {
    this.queued = null;
    this.running = this.planAll().finally(() => {
      this.running = null;
    });
    return this.running;
  }

  private async planAll(): Promise<void> {
    const sent: Promise<void>[] = [];
    const awaiting: JobId[] = [];
    let limit = Math.min(JOBS_IN_FIRST_CHUNK, this.jobsPerChunk);
    for (;;) {
      const chunk = await this.store.planDue(limit, planJob);
      const jobs = chunk.jobs + chunk.unreadable.length;
      if (jobs > 0) this.observer.planned(chunk);
      awaiting.push(...chunk.awaiting);
      sent.push(this.sender.send(chunk.items));
      if (jobs < limit && !chunk.isBehind) break;
      limit = Math.min(limit * 2, this.jobsPerChunk);
    }
    await Promise.all(sent);
    // Only when all that is due is in the ledger: of a chain at one instant, the latest run of a link is that of this instant.
    if (awaiting.length > 0) await this.admission.openGates({ of: awaiting });
  }
}

/** Decides all due occurrences of one job up to `now`. Pure. */
export function planJob(job: DueJob, now: Date): JobPlan {
  const before = new Date(job.nextFireAt.getTime() - 1);
  const { occurrences: due, truncated } = occurrencesBetween(job.bounded, before, now, OCCURRENCES_PER_JOB);
  const decision = planOccurrences({
    due,
    truncated,
    now,
    maxInstances: job.maxInstances,
    overlap: job.overlap,
    catchUp: job.catchUp,
    admitted: job.admitted,
    waiting: job.waiting,
  });
  const cursor = due.at(-1) ?? before;
  return {
    job,
    occurrences: decision.occurrences,
    nextFireAt: nextOccurrence(job.bounded, cursor),
    cancelsLive: decision.cancelsLive,
  };
}
