import type { BusyMinute } from '#application/jobs/job-views.js';
import type { PreviewRequest, SchedulePreview } from '#application/scheduling/preview-schedule.js';
import type { Violation } from '#domain/errors.js';
import { presentViolation } from '../error-renderer.js';
import { instant } from '../wire.js';
import type { BusyMinuteResponse, SchedulePreviewResponse } from './schedule.responses.js';

/** An invalid schedule is an answer here, not an error: this is where people try things. */
export function presentPreview(request: PreviewRequest, preview: SchedulePreview): SchedulePreviewResponse {
  const { startAt, endAt } = request;
  if (!preview.isValid) {
    return refused(preview.violations.map((violation) => ({ ...violation, path: ['scheduleConfig', ...violation.path] })));
  }
  if (startAt !== null && endAt !== null && startAt > endAt) {
    return refused([{ path: ['endAt'], message: 'endAt lies before startAt' }]);
  }
  return {
    valid: true,
    description: preview.description,
    timezone: preview.timeZone,
    nextRuns: preview.occurrences.map(({ at, local, dst }) => ({ utc: instant(at), local, dst })),
    errors: [],
  };
}

export function presentBusyMinute(minute: BusyMinute | null): BusyMinuteResponse | null {
  return minute === null ? null : { at: instant(minute.at), otherJobs: minute.jobs };
}

function refused(violations: readonly Violation[]): SchedulePreviewResponse {
  const errors = violations.map((violation) => {
    const { loc, msg, type } = presentViolation('body', violation);
    return { loc: [...loc], msg, type };
  });
  return { valid: false, description: null, timezone: null, nextRuns: [], errors };
}
