import type { ExecutionStatus } from '#domain/execution/status.js';
import type { ExecutionId, JobId } from '#domain/ids.js';
import type { PageRequest, Total } from '../page.js';
import type { Attempt, Execution, LogEntry } from './execution.js';

export interface ExecutionFilter {
  readonly jobId?: JobId;
  readonly status?: ExecutionStatus;
  /** Any of these; only together with a job and without `status`. */
  readonly statuses?: readonly ExecutionStatus[];
}

/** Reads the ledger. */
export abstract class ExecutionRepository {
  /**
   * One page, newest start first (before its start an execution stands at its nominal instant). Far pages cost an index
   * scan of ids only.
   */
  abstract list(filter: ExecutionFilter, page: PageRequest): Promise<{ items: Execution[]; total: Total }>;
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
  abstract logs(id: ExecutionId, afterSeq: number, limit: number): Promise<LogEntry[]>;
  /**
   * Cancels what waits at once and asks the worker of what runs to stop (it does within 2 s).
   *
   * @returns what was done, `finished` when there is nothing left to cancel, null when there is no such execution
   */
  abstract requestCancel(id: ExecutionId): Promise<'cancelled' | 'requested' | 'finished' | null>;
}
