import { DomainError } from '#domain/errors.js';
import type { ExecutionStatus } from '#domain/execution/status.js';
import { isUuid, type ExecutionId, type JobId } from '#domain/ids.js';
import type { PageRequest } from '../page.js';
import type { Attempt, Execution, LogEntry } from './execution.js';
import type { ExecutionCursor, ExecutionFilter, ExecutionPage, ExecutionRepository } from './execution.repository.js';

/** Reads the ledger for people. */
export class ExecutionReader {
  constructor(private readonly executions: ExecutionRepository) {}

  /** One page, newest first, at the page's number or after a place. */
  async list(filter: ExecutionFilter, page: PageRequest, after?: ExecutionCursor): Promise<ExecutionPage> {
    return this.executions.list(filter, page, after);
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
  async logs(id: ExecutionId, afterSeq: number, limit: number): Promise<LogEntry[]> {
    await this.get(id);
    return this.executions.logs(id, afterSeq, limit);
  }
}

/** The error for an unknown execution id. */
export function executionNotFound(id: string): DomainError {
  return new DomainError('EXECUTION_NOT_FOUND', `Execution ${id} not found`);
}
