/**
 * Runs one attempt from the queue's word to the ledger's record: claim → run → decide → record. The claim is the only
 * permission there is; an attempt that cannot be claimed (a duplicate, cancelled, superseded, not due) is dropped without
 * a trace. The queue hears that the attempt is done only after its end is committed.
 *
 * While the store is away an attempt waits in here, which keeps its slot and so holds the whole worker back, until it can
 * be claimed, or until it can be recorded; a result is never thrown away while its lease may still be valid.
 */
import { DomainError } from '#domain/errors.js';
import type { AttemptEnd, AttemptOutcome } from '#domain/execution/outcome.js';
import { decideAfterAttempt } from '#domain/execution/retry.js';
import type { ExecutionId, WorkerId } from '#domain/ids.js';
import type { Clock } from '#domain/clock.js';
import { GroupCommit } from '../group-commit.js';
import type { Admission } from '../scheduling/admission.js';
import type { Sender } from '../scheduling/planner.js';
import type { AttemptRecord, Claim, ExecutionLedger, RecordedEnd } from './execution-ledger.js';
import { StopReason, type Executor, type LogSink } from './executor.js';
import { LazyAbortController } from './lazy-abort-controller.js';
import type { LogShipper } from './log-shipper.js';
import type { RunningAttempt, RunningSet } from './running-set.js';

/** Between tries to reach a store that is away, milliseconds. */
const STORE_RETRY_MS = 500;

/** How long the end of an attempt is tried to be recorded: afterwards its lease is over and others have it. */
const RECORD_PATIENCE_MS = 60_000;

/** Hears what the runner did, for metrics and logs. */
export interface RunnerObserver {
  started(claim: Claim): void;
  finished(record: AttemptRecord): void;
  dropped(executionId: ExecutionId, attempt: number): void;
  failed(what: string, error: unknown): void;
}

export interface RunnerParts {
  readonly workerId: WorkerId;
  readonly ledger: ExecutionLedger;
  readonly admission: Pick<Admission, 'release' | 'openGates'>;
  readonly sender: Sender;
  readonly executor: Pick<Executor, 'run'>;
  readonly logs: LogShipper;
  readonly running: RunningSet;
  readonly clock: Clock;
  readonly observer: RunnerObserver;
}

/**
 * What the queue is told of an attempt that it handed over. `over`: it is recorded, or somebody else's. `untouched`: this process goes
 * down, another one may have it at once. `early`: it cannot start yet and still waits, so that it belongs back into its queue.
 */
export type Handled = 'over' | 'untouched' | 'early';

type Wanted = { readonly executionId: ExecutionId; readonly attempt: number };

export class ExecutionRunner {
  private readonly claims: GroupCommit<Wanted, Claim | null>;
  private readonly records: GroupCommit<AttemptRecord, RecordedEnd | null>;
  private isClosing = false;

  constructor(private readonly parts: RunnerParts) {
    const { ledger, workerId } = parts;
    this.claims = new GroupCommit(async (wanted) => {
      const claims = new Map((await ledger.claim(workerId, wanted)).map((claim) => [claim.executionId, claim]));
      return wanted.map((one) => takeOnce(claims, one.executionId));
    }, parts.clock);
    this.records = new GroupCommit(async (records) => {
      const recorded = new Map((await ledger.record(records)).map((one) => [one.executionId, one]));
      return records.map((record) => recorded.get(record.claim.executionId) ?? null);
    }, parts.clock);
  }

  /** Claims nothing more; what the queue still hands over stays untouched. What runs goes on and is recorded. */
  close(): void {
    this.isClosing = true;
  }

  /** Runs one attempt to its recorded end, or drops it. Never throws. */
  async run(wanted: Wanted): Promise<Handled> {
    const granted = await this.claim(wanted);
    if (granted === null) {
      this.parts.observer.dropped(wanted.executionId, wanted.attempt);
      if (this.isClosing) return 'untouched';
      return (await this.stillWaits(wanted)) ? 'early' : 'over';
    }
    const { claim, askedAtMs } = granted;
    const attempt: RunningAttempt = { claim, abort: new LazyAbortController(), renewedAtMs: askedAtMs, progress: null };
    this.parts.running.add(attempt);
    this.parts.observer.started(claim);
    try {
      const { outcome, durationMs } = await this.execute(attempt);
      if (outcome.kind === 'lost' || isTakenAway(attempt, outcome)) await this.surrender(claim);
      else await this.record(toRecord(claim, outcome, durationMs));
    } finally {
      this.parts.running.remove(attempt);
    }
    return 'over';
  }

  /**
   * Most attempts that cannot be claimed are over or elsewhere. One that still waits stays in the queue: sent again it would be
   * swallowed by the queue job that is being handled here, and then wait for the search for lost ones.
   */
  private async stillWaits(wanted: Wanted): Promise<boolean> {
    try {
      return await this.parts.ledger.stillWaits(wanted);
    } catch (error) {
      this.parts.observer.failed('still_waits', error);
      return true;
    }
  }

  /** Ends the lease at once, so that the leader need not wait for it; by the job's policy another attempt follows. */
  private async surrender(claim: Claim): Promise<void> {
    try {
      await this.parts.ledger.surrender([claim]);
    } catch (error) {
      this.parts.observer.failed('surrender', error);
    }
  }

  private async claim(wanted: Wanted): Promise<{ claim: Claim; askedAtMs: number } | null> {
    while (!this.isClosing) {
      const askedAtMs = this.parts.clock.monotonicMs();
      try {
        const claim = await this.claims.submit(wanted);
        return claim === null ? null : { claim, askedAtMs };
      } catch (error) {
        this.parts.observer.failed('claim', error);
        if (!isUnavailable(error)) return null;
        await pause(STORE_RETRY_MS);
      }
    }
    return null;
  }

  private async execute(attempt: RunningAttempt): Promise<{ outcome: AttemptOutcome; durationMs: number }> {
    const { claim, abort } = attempt;
    const { clock, logs } = this.parts;
    const startedMs = clock.monotonicMs();
    const timer = setTimeout(() => {
      abort.abort(new StopReason('timeout', `timed out after ${String(claim.timeoutMs)} ms`));
    }, claim.timeoutMs);
    const log = logs.sinkFor(claim);
    const outcome = await this.runExecutor(attempt, log).catch(failureOf);
    clearTimeout(timer);
    const durationMs = clock.monotonicMs() - startedMs;
    if (log.hasOutput) await logs.flush();
    return { outcome, durationMs };
  }

  private async runExecutor(attempt: RunningAttempt, log: LogSink): Promise<AttemptOutcome> {
    const { claim, abort } = attempt;
    return this.parts.executor.run({
      executionId: claim.executionId,
      jobId: claim.jobId,
      taskFunction: claim.taskFunction,
      attempt: claim.attempt,
      fireKey: `${claim.jobId}/${claim.scheduledFor.toISOString()}`,
      scheduledFor: claim.scheduledFor,
      args: claim.args,
      timeoutMs: claim.timeoutMs,
      get signal() {
        return abort.signal;
      },
      isStopped: () => abort.aborted,
      log,
      progress: (fraction) => {
        attempt.progress = Math.min(Math.max(fraction, 0), 1);
      },
    });
  }

  private async record(made: AttemptRecord): Promise<void> {
    let record = made;
    const giveUpMs = this.parts.clock.monotonicMs() + RECORD_PATIENCE_MS;
    while (this.parts.clock.monotonicMs() < giveUpMs) {
      try {
        const recorded = await this.records.submit(record);
        if (recorded === null) return;
        const settled = { ...record, status: recorded.status };
        this.parts.observer.finished(settled);
        await this.follow(settled, recorded);
        return;
      } catch (error) {
        this.parts.observer.failed('record', error);
        if (isUnavailable(error)) await pause(STORE_RETRY_MS);
        else if (record === made) record = unstorable(made, error);
        else return;
      }
    }
  }

  /** What the end of an attempt sets off: its next attempt, or those that wait for the slot or for the job. */
  private async follow(record: AttemptRecord, { hasWaiting, hasDependents }: RecordedEnd): Promise<void> {
    const { claim } = record;
    if (record.status === 'pending') {
      await this.parts.sender.send([
        {
          executionId: claim.executionId,
          attempt: claim.attempt + 1,
          queue: claim.queue,
          taskFunction: claim.taskFunction,
          priority: claim.priority,
          delayMs: record.retryDelayMs ?? 0,
        },
      ]);
      return;
    }
    if (hasWaiting) await this.admit(async (admission) => admission.release([claim.jobId]));
    if (hasDependents) await this.admit(async (admission) => admission.openGates({ dependingOn: [claim.jobId] }));
  }

  /** What fails here is done by the leader's next round. */
  private async admit(work: (admission: RunnerParts['admission']) => Promise<number>): Promise<void> {
    try {
      await work(this.parts.admission);
    } catch (error) {
      this.parts.observer.failed('release', error);
    }
  }
}

/** The process is going down or lost its right: the attempt did not end by itself and is not recorded as if it had. */
function isTakenAway({ abort }: RunningAttempt, outcome: AttemptOutcome): boolean {
  const { reason } = abort;
  const isOurs = reason instanceof StopReason && (reason.kind === 'shutdown' || reason.kind === 'fenced');
  return isOurs && outcome.kind === 'cancelled';
}

/** The same attempt can be wanted twice in one batch (a redelivery): only the first gets the claim. */
function takeOnce(claims: Map<ExecutionId, Claim>, executionId: ExecutionId): Claim | null {
  const claim = claims.get(executionId);
  if (claim === undefined) return null;
  claims.delete(executionId);
  return claim;
}

/** An executor that throws is a defect of the executor; the attempt fails and the words go into the ledger. */
function failureOf(error: unknown): AttemptEnd {
  return { kind: 'failed', error: error instanceof Error ? error.message : String(error) };
}

const ATTEMPT_STATUS = {
  succeeded: 'success',
  failed: 'failed',
  'timed-out': 'timeout',
  cancelled: 'cancelled',
} as const satisfies Record<AttemptEnd['kind'], AttemptRecord['attemptStatus']>;

function toRecord(claim: Claim, outcome: AttemptEnd, durationMs: number): AttemptRecord {
  const after = decideAfterAttempt(outcome, claim.countedAttempt, claim.retry, Math.random());
  return {
    claim,
    attemptStatus: ATTEMPT_STATUS[outcome.kind],
    status: after.kind === 'retry' ? 'pending' : after.status,
    retryDelayMs: after.kind === 'retry' ? after.delayMs : null,
    result: outcome.result ?? null,
    error: outcome.kind === 'succeeded' ? null : outcome.error,
    durationMs,
    usage: outcome.usage ?? null,
  };
}

/** The store refuses the result as it is, and would do so again: the attempt ends with the reason in its place. */
function unstorable(record: AttemptRecord, error: unknown): AttemptRecord {
  const reason = error instanceof Error ? error.message : String(error);
  return {
    ...record,
    attemptStatus: 'failed',
    status: 'failed',
    retryDelayMs: null,
    result: null,
    error: `the result cannot be stored: ${reason}`,
  };
}

function isUnavailable(error: unknown): boolean {
  return error instanceof DomainError && error.category === 'unavailable';
}

async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
