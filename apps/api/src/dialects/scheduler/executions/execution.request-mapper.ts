import type { ExecutionFilter } from '#application/executions/execution.repository.js';
import type { JobId } from '#domain/ids.js';
import { given } from '../input/given.js';
import type { ExecutionListQuery, LogPageQuery } from './execution.dto.js';

const DEFAULT_LOG_PAGE = 500;

export function toExecutionFilter(query: Pick<ExecutionListQuery, 'job_id' | 'status'>): ExecutionFilter {
  return given({ jobId: query.job_id as JobId | undefined, status: query.status });
}

export function toLogPage(query: LogPageQuery): { after: number; limit: number } {
  return { after: query.after ?? 0, limit: query.limit ?? DEFAULT_LOG_PAGE };
}

/** Where a stream goes on: after the last event that the client has, as browsers say when they reconnect. */
export function toStreamStart(lastEventId: string | undefined, after: number | undefined): number {
  return lastEventId !== undefined && /^\d{1,9}$/.test(lastEventId) ? Number(lastEventId) : (after ?? 0);
}
