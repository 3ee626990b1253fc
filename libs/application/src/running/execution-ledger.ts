import type { AttemptStatus, ExecutionStatus } from '#domain/execution/status.js';
import type { RetryPolicy } from '#domain/execution/retry.js';
import type { ExecutionId, JobId, WorkerId } from '#domain/ids.js';
import type { JsonObject, JsonValue } from '#domain/json.js';
import type { ProcessUsage } from '#domain/execution/outcome.js';

/** An attempt that this process now has the right to run, until its lease ends. */
export interface Claim {
  readonly executionId: ExecutionId;
  readonly jobId: JobId;
  readonly attempt: number;
  /** The attempt's number without those that lost their worker: what retries are counted by. */
  readonly countedAttempt: number;
  /** Fences every later write of this attempt. */
  readonly token: number;
  readonly taskFunction: string;
  readonly scheduledFor: Date;
  readonly args: JsonObject;
  readonly timeoutMs: number;
  readonly retry: RetryPolicy;
  readonly queue: string;
  readonly priority: number;
  /** Last sequence number of output that earlier attempts wrote. */
  readonly lastLogSeq: number;
  /** Milliseconds from the instant at which the attempt could start to the claim. */
  readonly startLatenessMs: number;
}

/** How an attempt ended, ready to be recorded. */
export interface AttemptRecord {
  readonly claim: Claim;
  readonly attemptStatus: Exclude<AttemptStatus, 'running' | 'lost'>;
  /** Where the execution goes: a final status, or `pending` for another attempt. */
  readonly status: Extract<ExecutionStatus, 'success' | 'failed' | 'timeout' | 'cancelled' | 'pending'>;
  /** Wait before the next attempt, milliseconds; only with `pending`. */
  readonly retryDelayMs: number | null;
  readonly result: JsonValue;
  readonly error: string | null;
  readonly durationMs: number;
  readonly usage: ProcessUsage | null;
}

/** What the ledger made of an attempt's end. */
export interface RecordedEnd {
  readonly executionId: ExecutionId;
  /** As asked for; but where another attempt was, it can be final: cancelled meanwhile, or its job was switched off. */
  readonly status: AttemptRecord['status'];
  /** Others of the job wait for a slot. */
  readonly hasWaiting: boolean;
  /** Other jobs depend on the job. */
  readonly hasDependents: boolean;
}

/** What a heartbeat learned about a running attempt. */
export interface LeaseState {
  readonly executionId: ExecutionId;
  readonly token: number;
  readonly isCancelRequested: boolean;
}

export interface LogRow {
  readonly executionId: ExecutionId;
  readonly token: number;
  readonly attempt: number;
  readonly seq: number;
  /** How long ago it was written, milliseconds: the store's clock, not this machine's, says when that was. */
  readonly ageMs: number;
  readonly stream: string;
  readonly message: string;
}

/**
 * The worker's side of the ledger. Every method takes many at once and is one statement; every write carries the token, so
 * that a worker that was taken for dead writes nothing.
 */
export abstract class ExecutionLedger {
  /**
   * Claims attempts for a worker. An attempt that is missing in the answer is a duplicate, was cancelled, superseded or
   * is not due yet: drop it.
   *
   * @param wanted attempts to take; `attempt` is the number that it would have
   */
  abstract claim(
    workerId: WorkerId,
    wanted: readonly { readonly executionId: ExecutionId; readonly attempt: number }[],
  ): Promise<Claim[]>;
  /**
   * Records ends of attempts. An attempt whose token is no longer the newest is left alone.
   *
   * @returns what was recorded; where it differs from what was asked, the execution had been cancelled or disabled
   */
  abstract record(records: readonly AttemptRecord[]): Promise<RecordedEnd[]>;
  /** Renews leases. An attempt that is missing in the answer was fenced off or its job deleted: stop it. */
  abstract renew(
    running: readonly { readonly executionId: ExecutionId; readonly token: number; readonly progress: number | null }[],
  ): Promise<LeaseState[]>;
  /** Whether an attempt that could not be claimed still waits for a start: it came too early, or the claim failed. */
  abstract stillWaits(wanted: { readonly executionId: ExecutionId; readonly attempt: number }): Promise<boolean>;
  /** Ends leases now, also for renewals on their way: their attempts were broken off by this process and are for the leader to rescue. */
  abstract surrender(claims: readonly { readonly executionId: ExecutionId; readonly token: number }[]): Promise<void>;
  /** Appends output; of fenced attempts it is dropped. */
  abstract appendLogs(rows: readonly LogRow[]): Promise<void>;
}

/** How long a claim or a renewal gives the right to run, milliseconds. */
export const LEASE_MS = 20_000;
