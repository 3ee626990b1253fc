import type { PreviewRequest } from '#application/scheduling/preview-schedule.js';
import { JOB_TYPES } from '#application/task-functions/task-function.js';
import type { JobId } from '#domain/ids.js';
import { InputError } from '../../../http/input.pipe.js';
import { parseInstant } from '../../../http/instant.js';
import type { SchedulePreviewRequest } from './schedule.dto.js';

const DEFAULT_COUNT = 10;

/** @throws InputError when the kind of schedule is missing */
export function toPreview(body: SchedulePreviewRequest): PreviewRequest {
  return {
    jobTypeId: jobTypeId(body),
    scheduleConfig: body.scheduleConfig,
    startAt: parseInstant(body.startAt),
    endAt: parseInstant(body.endAt),
    count: body.count ?? DEFAULT_COUNT,
    after: parseInstant(body.after),
  };
}

/** The job that the previewed schedule belongs to; null of a new one. */
export function toJobId({ jobId }: SchedulePreviewRequest): JobId | null {
  return (jobId?.toLowerCase() as JobId | undefined) ?? null;
}

function jobTypeId(body: SchedulePreviewRequest): number {
  const id = body.jobTypeId ?? JOB_TYPES.find(({ name }) => name === body.jobType)?.id;
  if (id !== undefined) return id;
  throw new InputError('body', [{ path: ['jobTypeId'], message: 'field required', kind: 'value_error.missing' }]);
}
