import { DomainError } from '#domain/errors.js';
import type { ExecutionStatus } from '#domain/execution/status.js';
import { isUuid, type ExecutionId, type JobId } from '#domain/ids.js';
import type { PageRequest } from '../page.js';
import type { Attempt, Execution, LogEntry } from './execution.js';
import type { ExecutionCursor, ExecutionFacets, ExecutionFilter, ExecutionPage, ExecutionRepository, LogFilter, RunRow, RunsAt } from './execution.repository.js';

/** Chunks of output, and executions, that are read at a time where all are wanted. */
const LOG_PART = 1_000;
const EXPORT_PART = 1_000;

/** Reads the ledger for people. */
export class ExecutionReader {
  constructor(private readonly executions: ExecutionRepository) {}

  /** One page, newest first, at the page's number or after a place. */
  async list(filter: ExecutionFilter, page: PageRequest, after?: ExecutionCursor): Promise<ExecutionPage> {
    return this.executions.list(filter, page, after);
  }

  /** What a filter matches, divided by time, status and more. */
  async facets(filter: ExecutionFilter & { readonly from: Date }, bucketMs: number): Promise<ExecutionFacets> {
    return this.executions.facets(filter, bucketMs);
  }

  /** A part of one job's executions, oldest first. @throws DomainError `EXECUTION_NOT_FOUND` when `at` names none of the job's */
  async runsOf(jobId: JobId, at: RunsAt, limit: number): Promise<RunRow> {
    const row = await this.executions.runsOf(jobId, at, limit);
    if (row === null) throw executionNotFound(at.side === 'newest' ? '' : at.id);
    return row;
  }

  /** The newest `limit` executions of one job; none when there is no such job. */
  async latestOfJob(jobId: JobId, limit: number): Promise<Execution[]> {
    return this.executions.latestOfJob(jobId, limit);
  }

  /** Executions by status, exactly, of all jobs that have one of the task functions now. */
  async countByStatus(taskFunctionIds: readonly number[]): Promise<Readonly<Record<ExecutionStatus, number>>> {
    return this.executions.countByStatus(taskFunctionIds);
  }

  /** @throws DomainError `EXECUTION_NOT_FOUND` */
  async get(id: ExecutionId): Promise<Execution> {
    const execution = isUuid(id) ? await this.executions.find(id) : null;
    if (execution === null) throw executionNotFound(id);
    return execution;
  }

  /** Null when there is none. */
  async findByNumber(number: number): Promise<Execution | null> {
    return this.executions.findByNumber(number);
  }

  /** An execution with all its attempts. @throws DomainError `EXECUTION_NOT_FOUND` */
  async detail(id: ExecutionId): Promise<{ execution: Execution; attempts: Attempt[] }> {
    const execution = await this.get(id);
    return { execution, attempts: await this.executions.attempts(id) };
  }

  /** Output after `afterSeq`, at most `limit` chunks. @throws DomainError `EXECUTION_NOT_FOUND` */
  async logs(id: ExecutionId, afterSeq: number, limit: number, filter?: LogFilter): Promise<LogEntry[]> {
    await this.get(id);
    return this.executions.logs(id, afterSeq, limit, filter);
  }

  /** Output before `beforeSeq` (null = to the end), its last `limit` chunks, in order. @throws DomainError `EXECUTION_NOT_FOUND` */
  async logsBefore(id: ExecutionId, beforeSeq: number | null, limit: number, filter?: LogFilter): Promise<LogEntry[]> {
    await this.get(id);
    return this.executions.logsBefore(id, beforeSeq, limit, filter);
  }

  /** Lines of the output so far. Reads all of it. */
  async countLogLines(id: ExecutionId, filter?: LogFilter): Promise<number> {
    return this.executions.countLogLines(id, filter);
  }

  /** All output, part by part. */
  async *allLogs(id: ExecutionId, filter?: LogFilter): AsyncGenerator<LogEntry[]> {
    for (let after: number | undefined = 0; after !== undefined; ) {
      const part: LogEntry[] = await this.executions.logs(id, after, LOG_PART, filter);
      yield part;
      after = part.length < LOG_PART ? undefined : part.at(-1)?.seq;
    }
  }

  /** Everything that matches, newest first, part by part, at most `limit` executions. */
  async *all(filter: ExecutionFilter, limit: number): AsyncGenerator<Execution[]> {
    let after: ExecutionCursor | undefined;
    for (let rest = limit; rest > 0; ) {
      const { items, next }: Pick<ExecutionPage, 'items' | 'next'> = await this.executions.part(filter, Math.min(rest, EXPORT_PART), after);
      yield items;
      if (next === null) return;
      rest -= items.length;
      after = next;
    }
  }

  /** The executions of the same job right before and after this one. */
  async neighbours({ id, jobId }: Execution): Promise<{ previous: ExecutionId | null; next: ExecutionId | null }> {
    const { runs } = await this.runsOf(jobId, { side: 'around', id }, 3);
    const place = runs.findIndex((run) => run.id === id);
    return { previous: runs[place - 1]?.id ?? null, next: runs[place + 1]?.id ?? null };
  }
}

/** The error for an unknown execution id. */
export function executionNotFound(id: string): DomainError {
  return new DomainError('EXECUTION_NOT_FOUND', `Execution ${id} not found`);
}
