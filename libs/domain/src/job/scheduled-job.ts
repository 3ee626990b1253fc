import type { RetryPolicy } from '../execution/retry.js';
import type { JobId, UserId } from '../ids.js';
import type { JsonObject } from '../json.js';
import type { BoundedSchedule } from '../schedule/schedule.js';

/**
 * What happens to an occurrence that comes due while the job already has `maxInstances` live executions:
 * `skip` records it as skipped (`overlap`); `queue-one` keeps one waiting and skips more (`overlap`); `queue-all` keeps all
 * waiting up to `QUEUE_LIMIT` (`limit` beyond); `cancel-running` cancels the live ones and starts it after them; `allow`
 * lets executions overlap freely up to `maxInstances` and records what exceeds it as `limit`.
 */
export const OVERLAP_POLICIES = ['skip', 'queue-one', 'queue-all', 'cancel-running', 'allow'] as const;
export type OverlapPolicy = (typeof OVERLAP_POLICIES)[number];

/** What happens to occurrences that were missed because nothing was there to plan them. */
export const CATCH_UP_MODES = ['none', 'latest', 'all'] as const;
export type CatchUpMode = (typeof CATCH_UP_MODES)[number];

/** What happens to a run whose worker went silent: another attempt, or the execution fails (at most once). */
export const WORKER_LOST_POLICIES = ['retry', 'fail'] as const;
export type WorkerLostPolicy = (typeof WORKER_LOST_POLICIES)[number];

export interface CatchUp {
  readonly mode: CatchUpMode;
  /** How far back missed occurrences are still run, milliseconds. */
  readonly windowMs: number;
}

/** All rules of a job beside its schedule. */
export interface JobPolicies {
  /** Live executions at a time, 1..10. */
  readonly maxInstances: number;
  /** Limit of one attempt, milliseconds. */
  readonly timeoutMs: number;
  readonly retry: RetryPolicy;
  readonly overlap: OverlapPolicy;
  readonly catchUp: CatchUp;
  readonly onWorkerLost: WorkerLostPolicy;
  /** Normal jobs have 0 and are served first; higher numbers, up to 1000, wait behind lower ones of their queue. */
  readonly priority: number;
}

/** The persisted definition: task function + schedule + policies. */
export interface ScheduledJob {
  readonly id: JobId;
  /** One sequence for all jobs; the integer id of dialects that need one. */
  readonly number: number;
  readonly name: string;
  readonly description: string | null;
  readonly taskFunctionId: number;
  readonly jobTypeId: number;
  /** The schedule as it was given, for showing it back. */
  readonly scheduleConfig: JsonObject;
  readonly bounded: BoundedSchedule;
  readonly args: JsonObject | null;
  readonly policies: JobPolicies;
  /** Numbers of the jobs whose latest run must be a success before an occurrence starts, ascending. */
  readonly dependsOn: readonly number[];
  readonly isEnabled: boolean;
  readonly isPaused: boolean;
  /** Grows by one with every change that touches what fires when. */
  readonly scheduleVersion: number;
  /** The next nominal instant that is not in the ledger yet; null while nothing is to come. */
  readonly nextFireAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly createdBy: UserId | null;
  readonly updatedBy: UserId | null;
}

/** Defaults of a job, from document 001 and the issue ("default latest within 1 h", "default skip"). */
export const DEFAULT_POLICIES: JobPolicies = {
  maxInstances: 1,
  timeoutMs: 300_000,
  retry: {
    retryCount: 3,
    backoff: { kind: 'fixed', delayMs: 60_000, factor: 2, maxDelayMs: 3_600_000, jitter: 0 },
  },
  overlap: 'skip',
  catchUp: { mode: 'latest', windowMs: 3_600_000 },
  onWorkerLost: 'retry',
  priority: 0,
};
