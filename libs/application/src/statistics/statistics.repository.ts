import type { JobId } from '#domain/ids.js';

/** Runs of one job in numbers. Skipped occurrences are no runs. */
export interface JobStatistics {
  /** All runs, those that wait or run included. */
  readonly total: number;
  readonly succeeded: number;
  /** Failed or timed out. */
  readonly failed: number;
  /** Stopped from outside, which is no failure; dialect 002 has no word for it. */
  readonly cancelled: number;
  /** Of runs that started and ended, milliseconds; null without any. Of one attempt its own time, with retries from the first start to the end. */
  readonly durationMs: { readonly average: number; readonly min: number; readonly max: number } | null;
  /** End of the newest success; null without any. */
  readonly lastSuccessAt: Date | null;
  readonly lastFailureAt: Date | null;
  readonly lastCancelledAt: Date | null;
  /** Runs that ended within the last day, week and 30 days, and those that wait or run. */
  readonly last24Hours: number;
  readonly last7Days: number;
  readonly last30Days: number;
}

/** How long runs take, milliseconds: as `JobStatistics.durationMs`. */
export interface DurationSpread {
  readonly median: number;
  /** 95 of 100 take no longer. */
  readonly p95: number;
}

/** Sums over the ledger, whatever its size. */
export abstract class StatisticsRepository {
  /** Exact up to the moment of the call, over what retention has kept. All zero and null for an unknown job. */
  abstract ofJob(jobId: JobId): Promise<JobStatistics>;
  /** Of the last `runs` that started and ended; null without any. */
  abstract recentDurations(jobId: JobId, runs: number): Promise<DurationSpread | null>;
}
