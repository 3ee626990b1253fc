/**
 * Keeps the leases of everything that runs here, in one statement a beat, and learns from its answer what to stop: an
 * attempt that somebody asked to cancel, and one that this process has no right to any more (its token is old, or its job
 * is gone).
 *
 * When renewals fail for so long that the leases must have ended (by the monotonic clock, counted from before the last
 * renewal that succeeded was sent) everything is stopped: another worker may be running it by now.
 */
import type { Clock } from '#domain/clock.js';
import type { ExecutionId } from '#domain/ids.js';
import { LEASE_MS, type ExecutionLedger, type LeaseState } from './execution-ledger.js';
import { StopReason } from './executor.js';
import type { RunningAttempt, RunningSet } from './running-set.js';

/** Also the longest time until a cancellation is noticed when notifications do not arrive. */
const BEAT_MS = 1_500;

/** Stop this long before the lease ends, so that the processes are gone by then. */
const SAFETY_MARGIN_MS = 3_000;

export class LeaseKeeper {
  private timer: NodeJS.Timeout | null = null;
  private stopped = true;
  private beating: Promise<void> = Promise.resolve();
  /** Monotonic time before which every lease was granted or renewed. */
  private renewedAtMs: number;

  constructor(
    private readonly ledger: ExecutionLedger,
    private readonly running: RunningSet,
    private readonly clock: Clock,
    private readonly onError: (error: unknown) => void,
  ) {
    this.renewedAtMs = clock.monotonicMs();
  }

  start(): void {
    this.stopped = false;
    this.schedule();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    if (this.timer !== null) clearTimeout(this.timer);
    await this.beating;
  }

  private schedule(): void {
    this.timer = setTimeout(() => {
      this.beating = this.beat().finally(() => {
        if (!this.stopped) this.schedule();
      });
    }, BEAT_MS);
  }

  private async beat(): Promise<void> {
    const askedAtMs = this.clock.monotonicMs();
    // A process that was frozen wakes up here: what it ran may belong to others by now.
    if (this.isExpired(askedAtMs)) this.running.stopAll(fencedOff());
    const attempts = this.running.list();
    try {
      if (attempts.length > 0) await this.renew(attempts);
      this.renewedAtMs = askedAtMs;
    } catch (error) {
      this.onError(error);
      if (this.isExpired(this.clock.monotonicMs())) this.running.stopAll(fencedOff());
    }
  }

  private isExpired(nowMs: number): boolean {
    return nowMs - this.renewedAtMs > LEASE_MS - SAFETY_MARGIN_MS;
  }

  private async renew(attempts: readonly RunningAttempt[]): Promise<void> {
    const asked = attempts.map((attempt) => {
      const { executionId, token } = attempt.claim;
      const { progress } = attempt;
      attempt.progress = null;
      return { executionId, token, progress };
    });
    const states = await this.ledger.renew(asked);
    const own = new Map<ExecutionId, LeaseState>(states.map((state) => [state.executionId, state]));
    for (const { claim, abort } of attempts) {
      const state = own.get(claim.executionId);
      if (state?.token !== claim.token) abort.abort(fencedOff());
      else if (state.isCancelRequested) abort.abort(new StopReason('cancelled', 'cancelled on request'));
    }
  }
}

function fencedOff(): StopReason {
  return new StopReason('fenced', 'the right to run it was lost');
}
