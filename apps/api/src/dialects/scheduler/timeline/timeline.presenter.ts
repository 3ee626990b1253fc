import type { Timeline, TimelineRow } from '#application/timeline/show-timeline.js';
import type { TimelineExecution } from '#application/timeline/timeline-store.js';
import { STATUS_WORDS } from '../executions/execution.presenter.js';
import { stateOf } from '../job-state.js';
import { instant, instantOrNull } from '../wire.js';
import type { TimelineExecutionResponse, TimelineResponse, TimelineRowResponse } from './timeline.responses.js';

export function presentTimeline(timeline: Timeline): TimelineResponse {
  const { from, to, now, rows, otherJobs, isCapped } = timeline;
  return { from: instant(from), to: instant(to), now: instant(now), rows: rows.map(presentRow), otherJobs, isCapped };
}

function presentRow(row: TimelineRow): TimelineRowResponse {
  return {
    jobId: row.jobId,
    name: row.name,
    timezone: row.timeZone,
    state: stateOf(row),
    executions: row.executions.map(presentBar),
    projected: row.projected.map(instant),
  };
}

function presentBar(execution: TimelineExecution): TimelineExecutionResponse {
  return {
    id: execution.id,
    number: execution.number,
    status: STATUS_WORDS[execution.status],
    trigger: execution.trigger,
    scheduledFor: instant(execution.scheduledFor),
    startedAt: instantOrNull(execution.startedAt),
    finishedAt: instantOrNull(execution.finishedAt),
  };
}
