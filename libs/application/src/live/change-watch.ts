/**
 * Looks for changes on behalf of everybody in this process who follows any: one question to the store a second, however
 * many they are, and none while nobody does. Polling instead of notifications keeps the hot path free of further writes.
 */
import type { Clock } from '#domain/clock.js';
import type { FingerprintSource } from './fingerprint-source.js';
import type { Fingerprint, Topic } from './topics.js';

/** Between the beginnings of two looks at least, milliseconds. */
const LOOK_INTERVAL_MS = 1_000;

/** Hears of the store's failures, once for each time that it goes away. */
export interface WatchObserver {
  lost(error: unknown): void;
  found(): void;
}

interface Follower {
  readonly topics: readonly Topic[];
  readonly see: (fingerprint: Fingerprint) => void;
}

export class ChangeWatch {
  private readonly followers = new Set<Follower>();
  private latest: Fingerprint | null = null;
  private lookedAtMs = Number.NEGATIVE_INFINITY;
  private isLooking = false;
  private isStoreLost = false;
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly source: FingerprintSource,
    private readonly clock: Clock,
    private readonly observer: WatchObserver,
  ) {}

  /**
   * Calls `see` with each new fingerprint, and at once with the latest one, if somebody was following already: being older
   * than the follower it can only tell too much.
   *
   * @returns ends it; may be called twice
   */
  follow(topics: readonly Topic[], see: Follower['see']): () => void {
    const follower = { topics, see };
    this.followers.add(follower);
    if (this.latest !== null) see(this.latest);
    this.lookLater();
    return () => {
      this.followers.delete(follower);
      if (this.followers.size === 0) this.rest();
    };
  }

  private lookLater(): void {
    if (this.timer !== null || this.isLooking || this.followers.size === 0) return;
    const waitMs = Math.max(0, this.lookedAtMs + LOOK_INTERVAL_MS - this.clock.monotonicMs());
    this.timer = setTimeout(() => {
      this.timer = null;
      void this.look();
    }, waitMs);
  }

  private async look(): Promise<void> {
    this.isLooking = true;
    this.lookedAtMs = this.clock.monotonicMs();
    try {
      const fingerprint = await this.source.take(new Set([...this.followers].flatMap(({ topics }) => topics)));
      this.latest = this.followers.size === 0 ? null : fingerprint;
      if (this.isStoreLost) this.observer.found();
      this.isStoreLost = false;
      for (const { see } of this.followers) see(fingerprint);
    } catch (error) {
      if (!this.isStoreLost) this.observer.lost(error);
      this.isStoreLost = true;
    } finally {
      this.isLooking = false;
      this.lookLater();
    }
  }

  private rest(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.latest = null;
  }
}
