import type { BulkJobResult, JobSelection } from '#application/jobs/change-jobs.js';
import type { JobFilter } from '#application/jobs/job.repository.js';
import type { JobId } from '#domain/ids.js';
import { InputError } from '../../../http/input.pipe.js';
import { given } from '../input/given.js';
import type { BulkJobFilter, BulkJobsRequest } from './job-bulk.dto.js';
import type { BulkJobsResponse } from './job-bulk.responses.js';
import { toJobFilter } from './job.request-mapper.js';

/** @throws InputError unless there are either ids, or a filter with the number of its matches */
export function toJobSelection({ ids, filter, expectedCount }: BulkJobsRequest): JobSelection {
  if (ids !== undefined && filter !== undefined) throw wrong('filter', 'give either ids or filter', 'value_error');
  if (ids !== undefined) return { ids: ids.map((id) => id.toLowerCase() as JobId) };
  if (filter === undefined) throw wrong('ids', 'give either ids or filter', 'value_error.missing');
  if (expectedCount === undefined) throw wrong('expectedCount', 'field required', 'value_error.missing');
  return { filter: toFilter(filter), expectedCount };
}

function toFilter({ name, isEnabled, taskFunctionId, q, status, jobTypeId, queue, timezone }: BulkJobFilter): JobFilter {
  return toJobFilter(given({ name, is_enabled: isEnabled, task_function_id: taskFunctionId, q, status, job_type_id: jobTypeId, queue, timezone }));
}

export function presentBulkJobs({ matched, changed, failed }: BulkJobResult): BulkJobsResponse {
  return { matched, changed, failed: failed.map(({ id, name, reason }) => ({ id, name, detail: reason })) };
}

function wrong(member: string, message: string, kind: string): InputError {
  return new InputError('body', [{ path: [member], message, kind }]);
}
