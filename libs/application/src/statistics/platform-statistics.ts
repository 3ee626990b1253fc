import type { WorkerId } from '#domain/ids.js';

/** What one worker has run to an end. Executions count for the worker of their last attempt. */
export interface WorkerStatistics {
  readonly succeeded: number;
  /** Failed or timed out. */
  readonly failed: number;
  /** Stopped from outside, which is no failure; dialect 002 has no word for it. */
  readonly cancelled: number;
  /** Run time of last attempts, milliseconds; null without any. */
  readonly averageDurationMs: number | null;
  /** Ends within the last day, to the minute. */
  readonly last24Hours: number;
  /** Ends within the last week, to the hour. */
  readonly last7Days: number;
  readonly lastFinishedAt: Date | null;
}

/** The platform at a glance. */
export interface SystemStatistics {
  readonly totalJobs: number;
  readonly enabledJobs: number;
  /** Workers that the registry knows: those alive and those that went down within the last day. */
  readonly totalWorkers: number;
  readonly aliveWorkers: number;
  readonly runningExecutions: number;
  /** Since midnight UTC. */
  readonly succeededToday: number;
  /** What dialect 002 calls failed: cancelled ones too. So is `failedEver`. */
  readonly failedToday: number;
  /** Ever: what is deleted or pruned has happened all the same. */
  readonly succeededEver: number;
  readonly failedEver: number;
}

/** Numbers over all jobs, whatever the size of the ledger. */
export abstract class PlatformStatistics {
  /** All zero and null for an unknown worker. */
  abstract ofWorker(id: WorkerId): Promise<WorkerStatistics>;
  abstract ofSystem(): Promise<SystemStatistics>;
}
