import type { ExecutionStatus, TriggerSource } from '#domain/execution/status.js';
import type { ExecutionId, JobId, WorkerId } from '#domain/ids.js';
import type { PageRequest, Total } from '../page.js';
import type { Attempt, Execution, LogEntry } from './execution.js';

export interface ExecutionFilter {
  readonly jobId?: JobId;
  readonly status?: ExecutionStatus;
  /** Any of these; only without `status`. */
  readonly statuses?: readonly ExecutionStatus[];
  readonly triggers?: readonly TriggerSource[];
  readonly taskFunctionId?: number;
  readonly queue?: string;
  readonly workerId?: WorkerId;
  /** Of the instant that lists sort by, inclusive. */
  readonly from?: Date;
  /** Exclusive. */
  readonly to?: Date;
  /** Of the last attempt, inclusive. */
  readonly minDurationMs?: number;
  readonly maxDurationMs?: number;
  /** Part of the error, any case, taken literally. */
  readonly errorText?: string;
}

/** Which chunks of output. */
export interface LogFilter {
  /** Part of the chunk, any case, taken literally. */
  readonly text?: string;
  readonly attempt?: number;
}

/** A place in the list, right after one execution. */
export interface ExecutionCursor {
  /** What lists sort by, microseconds since 1970: more than a `Date` can tell apart. */
  readonly sortMicros: string;
  readonly id: ExecutionId;
}

export interface ExecutionPage {
  readonly items: Execution[];
  readonly total: Total;
  /** Where the list goes on; null at its end. */
  readonly next: ExecutionCursor | null;
}

/** Which part of a job's executions: the newest, or those older than one of them, newer, or on both sides of it. */
export type RunsAt = { readonly side: 'newest' } | { readonly side: 'before' | 'after' | 'around'; readonly id: ExecutionId };

export interface RunRow {
  /** Oldest first. */
  readonly runs: readonly Execution[];
  readonly hasOlder: boolean;
  readonly hasNewer: boolean;
}

/** What a filter matches, divided. */
export interface ExecutionFacets {
  /** By index of the bucket, from 0; what is not there has none. */
  readonly buckets: readonly { readonly bucket: number; readonly status: ExecutionStatus; readonly count: number }[];
  readonly triggers: readonly { readonly name: TriggerSource; readonly count: number }[];
  /** The most frequent first, like the others. `id` is null for one that is gone. */
  readonly taskFunctions: readonly { readonly id: number | null; readonly name: string; readonly displayName: string; readonly count: number }[];
  readonly queues: readonly { readonly name: string; readonly count: number }[];
  /** The 20 most frequent. */
  readonly jobs: readonly { readonly id: JobId; readonly name: string; readonly count: number }[];
  /** The 20 most frequent, of what a worker took. `name` is null for one that is gone. */
  readonly workers: readonly { readonly id: WorkerId; readonly name: string | null; readonly count: number }[];
  /** Only the newest `FACETS_LIMIT` executions of the range were looked at. */
  readonly isCapped: boolean;
}

export const FACETS_LIMIT = 50_000;

/**
 * What no index answers (trigger, function, queue, worker, duration, error text) is looked for in so many executions, the newest
 * of those that the rest of the filter leaves; the total then is what was found in them, and says that it is an estimate.
 */
export const SCAN_LIMIT = 20_000;

/** Reads the ledger. */
export abstract class ExecutionRepository {
  /**
   * One page, newest start first (before its start an execution stands at its nominal instant). Far pages cost an index
   * scan of ids only.
   *
   * @param after the page that begins after this place instead of at a page number. A page may then be shorter than asked for
   *   although the list goes on: `SCAN_LIMIT` was reached.
   */
  abstract list(filter: ExecutionFilter, page: PageRequest, after?: ExecutionCursor): Promise<ExecutionPage>;
  /**
   * The next `limit` that match, newest first, without a count.
   *
   * @param after where the part before it ended; undefined: from the newest on
   */
  abstract part(filter: ExecutionFilter, limit: number, after?: ExecutionCursor): Promise<Pick<ExecutionPage, 'items' | 'next'>>;
  /** @param filter has a `from`; buckets count from it */
  abstract facets(filter: ExecutionFilter & { readonly from: Date }, bucketMs: number): Promise<ExecutionFacets>;
  /** A part of one job's executions, at most `limit` of them; null when `at` names none of the job's. */
  abstract runsOf(jobId: JobId, at: RunsAt, limit: number): Promise<RunRow | null>;
  /** The newest `limit` executions of one job. */
  abstract latestOfJob(jobId: JobId, limit: number): Promise<Execution[]>;
  /** Executions by status, exactly, of all jobs that have one of the task functions now. */
  abstract countByStatus(taskFunctionIds: readonly number[]): Promise<Readonly<Record<ExecutionStatus, number>>>;
  /** Null when there is none. */
  abstract find(id: ExecutionId): Promise<Execution | null>;
  /** By its number. Null when there is none. */
  abstract findByNumber(number: number): Promise<Execution | null>;
  /** All attempts, from 1; the one that is running is the last. */
  abstract attempts(id: ExecutionId): Promise<Attempt[]>;
  /** Output after `afterSeq` (0 = from the start), at most `limit` chunks, in order. */
  abstract logs(id: ExecutionId, afterSeq: number, limit: number, filter?: LogFilter): Promise<LogEntry[]>;
  /** Output before `beforeSeq` (null = to the end): the last `limit` chunks of it, in order. */
  abstract logsBefore(id: ExecutionId, beforeSeq: number | null, limit: number, filter?: LogFilter): Promise<LogEntry[]>;
  /** Lines of the output that match, by its line breaks; what comes after the last one is a line too. */
  abstract countLogLines(id: ExecutionId, filter?: LogFilter): Promise<number>;
  /**
   * Cancels what waits at once and asks the worker of what runs to stop (it does within 2 s).
   *
   * @returns what was done, `finished` when there is nothing left to cancel, null when there is no such execution
   */
  abstract requestCancel(id: ExecutionId): Promise<'cancelled' | 'requested' | 'finished' | null>;
}
