/**
 * Who may do the maintenance. One row in Postgres names the holder, its term and when the lease ends, all by the
 * database's clock; no advisory lock, because a frozen process keeps one for ever.
 *
 * A holder renews every `RENEW_INTERVAL_MS`. It trusts its reign only until `LEASE_MS` after the moment at which it *asked*
 * for the last renewal that succeeded, on its monotonic clock: a process that was frozen and wakes up finds its trust gone
 * before it writes. Whatever it writes even so carries the term, and the statement does nothing when the term is over.
 * A new reign has a higher term, also when the same process wins again after its lease ran out.
 *
 * Followers look every `FOLLOW_INTERVAL_MS`: a killed leader is replaced within LEASE_MS + FOLLOW_INTERVAL_MS < 20 s, one
 * that left in order (it empties the row) within FOLLOW_INTERVAL_MS < 2 s.
 */
import type { Clock } from '#domain/clock.js';
import type { InstanceId } from '#domain/ids.js';

export const LEADER_LEASE_MS = 15_000;
const RENEW_INTERVAL_MS = 5_000;
const FOLLOW_INTERVAL_MS = 1_500;

/** One reign: proves in the `WHERE` of a write that the writer still leads. */
export interface Reign {
  readonly holder: InstanceId;
  readonly term: number;
}

/** A reign as who has it sees it. */
export interface Tenure {
  readonly reign: Reign;
  /** Whether it still lasts, by this process's own clock. To be asked after every wait and before every effect. */
  readonly lasts: () => boolean;
}

/** The lease row. */
export abstract class LeaseStore {
  /**
   * Takes the lease when it is free or over, renews it when `holder` has it.
   *
   * @returns the term of the reign, or null while another instance leads
   */
  abstract acquireOrRenew(holder: InstanceId, leaseMs: number): Promise<number | null>;
  /** Gives the lease up, if this reign still has it. */
  abstract release(reign: Reign): Promise<void>;
}

export interface LeadershipObserver {
  elected(reign: Reign): void;
  deposed(reign: Reign): void;
  failed(error: unknown): void;
}

export class Leadership {
  private term: number | null = null;
  private trustedUntilMs = 0;
  private timer: NodeJS.Timeout | null = null;
  private turn: Promise<void> = Promise.resolve();
  private stopped = true;

  constructor(
    private readonly self: InstanceId,
    private readonly store: LeaseStore,
    private readonly clock: Clock,
    private readonly observer: LeadershipObserver,
  ) {}

  /** The present reign of this instance, or null while it follows. */
  current(): Reign | null {
    if (this.term === null) return null;
    if (this.clock.monotonicMs() < this.trustedUntilMs) return { holder: this.self, term: this.term };
    this.stepDown();
    return null;
  }

  start(): void {
    this.stopped = false;
    this.schedule(0);
  }

  /** Steps down and frees the lease, so that a follower takes over at once. */
  async stop(): Promise<void> {
    this.stopped = true;
    if (this.timer !== null) clearTimeout(this.timer);
    await this.turn;
    const reign = this.current();
    if (reign === null) return;
    this.stepDown();
    await this.store.release(reign).catch((error: unknown) => {
      this.observer.failed(error);
    });
  }

  private schedule(ms: number): void {
    this.timer = setTimeout(() => {
      this.turn = this.campaign();
    }, ms);
  }

  private async campaign(): Promise<void> {
    const askedAtMs = this.clock.monotonicMs();
    try {
      const term = await this.store.acquireOrRenew(this.self, LEADER_LEASE_MS);
      this.accept(term, askedAtMs + LEADER_LEASE_MS);
    } catch (error) {
      this.observer.failed(error);
    }
    if (!this.stopped) this.schedule(this.current() === null ? FOLLOW_INTERVAL_MS : RENEW_INTERVAL_MS);
  }

  private accept(term: number | null, trustedUntilMs: number): void {
    if (term !== this.term) this.stepDown();
    if (term === null) return;
    const isNew = this.term === null;
    this.term = term;
    this.trustedUntilMs = trustedUntilMs;
    if (isNew) this.observer.elected({ holder: this.self, term });
  }

  private stepDown(): void {
    if (this.term === null) return;
    const reign = { holder: this.self, term: this.term };
    this.term = null;
    this.observer.deposed(reign);
  }
}
