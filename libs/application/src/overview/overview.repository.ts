import type { SkipReason } from '#domain/execution/status.js';
import type { ExecutionId, JobId } from '#domain/ids.js';

/** Ends by how they ended. */
export interface EndCounts {
  readonly success: number;
  readonly failed: number;
  readonly timeout: number;
  readonly cancelled: number;
  readonly skipped: number;
}

/** The platform at a glance, all at one moment. */
export interface Overview {
  readonly at: Date;
  readonly jobs: {
    readonly total: number;
    /** Neither disabled nor paused. */
    readonly enabled: number;
    readonly disabled: number;
    readonly paused: number;
    /** With a running execution. */
    readonly running: number;
    /** Enabled, and the last ended run, cancelled ones aside, was no success. */
    readonly failing: number;
    /** Whose next fire is late by more than `OVERDUE_MS`. */
    readonly overdue: number;
  };
  readonly executions: {
    readonly running: number;
    /** Pending or dispatched. */
    readonly waiting: number;
    /** How long the oldest of them has been able to start, milliseconds; null when none waits. */
    readonly oldestWaitingMs: number | null;
  };
  /** What ended (or was skipped) within the last 24 h, and within the 24 h before them. */
  readonly last24Hours: EndCounts;
  readonly previous24Hours: EndCounts;
  /** The last 24 hours of the clock (UTC), the present one included, oldest first. */
  readonly hourly: readonly { readonly at: Date; readonly counts: EndCounts }[];
}

/** What somebody should look at, the most urgent first. */
export interface Attention {
  readonly failing: readonly {
    readonly jobId: JobId;
    readonly name: string;
    /** As `JobSummary.failureStreak`. */
    readonly streak: number;
    readonly executionId: ExecutionId;
    readonly error: string | null;
    readonly at: Date;
  }[];
  /** The newest occurrence of each job that was missed within the last 24 h: too late, or too many. */
  readonly missed: readonly {
    readonly jobId: JobId;
    readonly name: string;
    readonly executionId: ExecutionId;
    readonly scheduledFor: Date;
    readonly reason: SkipReason;
  }[];
  /** Enabled, with an occurrence that was due more than `OVERDUE_MS` ago, and nothing of them ever started; the oldest first. */
  readonly neverRun: readonly { readonly jobId: JobId; readonly name: string; readonly createdAt: Date }[];
  readonly overdue: readonly { readonly jobId: JobId; readonly name: string; readonly nextFireAt: Date; readonly lateMs: number }[];
  /** API keys that end within `KEY_EXPIRY_WARNING_DAYS`. */
  readonly expiringKeys: readonly { readonly id: string; readonly name: string; readonly expiresAt: Date }[];
}

/** An API key that ends within so many days is worth a warning. */
export const KEY_EXPIRY_WARNING_DAYS = 14;

/** Skips that nobody wanted: the scheduler was away for too long, or there were too many at once. */
export const MISSED_REASONS = ['missed_window', 'coalesced', 'limit'] as const satisfies readonly SkipReason[];

/** Sums over all jobs for people, whatever the size of the ledger. */
export abstract class OverviewRepository {
  abstract overview(): Promise<Overview>;
  /** @param limit entries of each kind at most */
  abstract attention(limit: number): Promise<Attention>;
}
