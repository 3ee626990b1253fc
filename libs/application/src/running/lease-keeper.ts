/**
 * Keeps the leases of everything that runs here, in one statement a beat, and learns from its answer what to stop: an
 * attempt that somebody asked to cancel, and one that this process has no right to any more (its token is old, or its job
 * is gone).
 *
 * When renewals fail for so long that a lease must have ended (by the monotonic clock, counted from before the claim or the
 * last renewal that succeeded was sent) its attempt is stopped: another worker may be running it by now.
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

  constructor(
    private readonly ledger: ExecutionLedger,
    private readonly running: RunningSet,
    private readonly clock: Clock,
    private readonly onError: (error: unknown) => void,
  ) {}

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
    // A process that was frozen wakes up here: what it ran may belong to others by now.
    this.stopExpired();
    try {
      await this.renew(this.running.list());
    } catch (error) {
      this.onError(error);
      this.stopExpired();
    }
  }

  private stopExpired(): void {
    const limitMs = this.clock.monotonicMs() - (LEASE_MS - SAFETY_MARGIN_MS);
    for (const { renewedAtMs, abort } of this.running.list()) {
      if (renewedAtMs < limitMs) abort.abort(fencedOff());
    }
  }

  private async renew(attempts: readonly RunningAttempt[]): Promise<void> {
    if (attempts.length === 0) return;
    const askedAtMs = this.clock.monotonicMs();
    const asked = attempts.map(({ claim: { executionId, token }, progress }) => ({ executionId, token, progress }));
    const states = await this.ledger.renew(asked);
    for (const [index, attempt] of attempts.entries()) {
      if (attempt.progress === asked[index]?.progress) attempt.progress = null;
    }
    const own = new Map<ExecutionId, LeaseState>(states.map((state) => [state.executionId, state]));
    for (const attempt of attempts) {
      const { claim, abort } = attempt;
      const state = own.get(claim.executionId);
      if (state?.token !== claim.token) {
        abort.abort(fencedOff());
        continue;
      }
      attempt.renewedAtMs = askedAtMs;
      if (state.isCancelRequested) abort.abort(new StopReason('cancelled', 'cancelled on request'));
    }
  }
}

function fencedOff(): StopReason {
  return new StopReason('fenced', 'the right to run it was lost');
}
