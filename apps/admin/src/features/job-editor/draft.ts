/** What the form holds, and what the API takes of it. */
import type { JobDetail, JobInput, JsonObject, TaskFunction } from '@/api/types';
import type { TextProblems } from '@/components/arguments/schema-fields';
import { DEFAULTS } from '@/components/policies';
import { firstSchedule, scheduleDraftOf, wireSchedule, type ScheduleDraft } from './schedule/schedule-draft';
import { instantOfWall, wallOf } from '@/components/fires/wall-time';

export interface NamedJob {
  readonly id: string;
  readonly name: string;
}

/** Members that are numbers; null is an empty field. */
export interface JobNumbers {
  readonly timeoutSeconds: number | null;
  readonly retryCount: number | null;
  readonly retryDelaySeconds: number | null;
  readonly retryMaxDelaySeconds: number | null;
  readonly retryJitter: number | null;
  readonly maxInstances: number | null;
  readonly priority: number | null;
  readonly catchUpWindowSeconds: number | null;
}

export interface JobDraft extends JobNumbers {
  readonly name: string;
  readonly description: string;
  readonly isEnabled: boolean;
  readonly taskFunctionId: number | null;
  readonly schedule: ScheduleDraft;
  readonly taskArgs: JsonObject;
  /** Texts that are no value; `taskArgs` has the last good ones of them. */
  readonly taskArgsWrong: TextProblems;
  readonly retryBackoff: string;
  readonly overlapPolicy: string;
  readonly catchUpMode: string;
  readonly onWorkerLost: string;
  readonly dependsOn: readonly NamedJob[];
  /** Wall times in the schedule's zone; '' is none. */
  readonly startWall: string;
  readonly endWall: string;
}

export function firstDraft(timezone: string): JobDraft {
  const { catchUp, ...defaults } = DEFAULTS;
  return {
    ...defaults,
    catchUpMode: catchUp.mode,
    catchUpWindowSeconds: catchUp.windowSeconds,
    name: '',
    description: '',
    isEnabled: true,
    taskFunctionId: null,
    schedule: firstSchedule(timezone),
    taskArgs: {},
    taskArgsWrong: {},
    dependsOn: [],
    startWall: '',
    endWall: '',
  };
}

export function draftOf(job: JobDetail): JobDraft {
  return {
    name: job.name,
    description: job.description ?? '',
    isEnabled: job.isEnabled,
    taskFunctionId: job.taskFunctionId,
    schedule: scheduleDraftOf(job),
    taskArgs: job.taskArgs ?? {},
    taskArgsWrong: {},
    timeoutSeconds: job.timeoutSeconds,
    retryCount: job.retryCount,
    retryDelaySeconds: job.retryDelaySeconds,
    retryMaxDelaySeconds: job.retryMaxDelaySeconds,
    retryJitter: job.retryJitter,
    retryBackoff: job.retryBackoff,
    maxInstances: job.maxInstances,
    priority: job.priority,
    overlapPolicy: job.overlapPolicy,
    catchUpMode: job.catchUp.mode,
    catchUpWindowSeconds: job.catchUp.windowSeconds,
    onWorkerLost: job.onWorkerLost,
    dependsOn: job.dependsOn.map(({ id, name }) => ({ id, name })),
    startWall: job.startAt === null ? '' : wallOf(job.startAt, job.timezone),
    endWall: job.endAt === null ? '' : wallOf(job.endAt, job.timezone),
  };
}

/** Another task function: its time limit comes with it, unless somebody set one. What was typed wrong is not shown any more. */
export function withTaskFunction(draft: JobDraft, next: TaskFunction, before: TaskFunction | null): JobDraft {
  const isUntouched = draft.timeoutSeconds === (before?.defaultTimeoutSeconds ?? DEFAULTS.timeoutSeconds);
  if (next.id === draft.taskFunctionId) return draft;
  return { ...draft, taskFunctionId: next.id, taskArgsWrong: {}, ...(isUntouched ? { timeoutSeconds: next.defaultTimeoutSeconds } : {}) };
}

/** What is sent for a new job. Members that are not complete are left out: `problemsOf` has named them before. */
export function inputOf(draft: JobDraft): JobInput {
  const { timezone } = draft.schedule;
  const wire = wireSchedule(draft.schedule);
  return {
    name: draft.name.trim(),
    description: draft.description.trim() === '' ? null : draft.description.trim(),
    taskFunctionId: draft.taskFunctionId ?? 0,
    jobTypeId: wire?.jobTypeId ?? 0,
    scheduleConfig: wire?.scheduleConfig ?? {},
    taskArgs: draft.taskArgs,
    timeoutSeconds: draft.timeoutSeconds ?? 0,
    retryCount: draft.retryCount ?? 0,
    retryDelaySeconds: draft.retryDelaySeconds ?? 0,
    retryBackoff: draft.retryBackoff,
    retryMaxDelaySeconds: draft.retryMaxDelaySeconds ?? 0,
    retryJitter: draft.retryJitter ?? 0,
    maxInstances: draft.maxInstances ?? 1,
    overlapPolicy: draft.overlapPolicy,
    catchUp: { mode: draft.catchUpMode, windowSeconds: draft.catchUpWindowSeconds ?? 0 },
    onWorkerLost: draft.onWorkerLost,
    priority: draft.priority ?? 0,
    startAt: draft.startWall === '' ? null : instantOfWall(draft.startWall, timezone),
    endAt: draft.endWall === '' ? null : instantOfWall(draft.endWall, timezone),
    isEnabled: draft.isEnabled,
    dependsOn: draft.dependsOn.map(({ id }) => id),
  };
}

export interface Change {
  readonly member: keyof JobInput;
  readonly before: unknown;
  readonly after: unknown;
}

/** Members that differ. */
export function changesBetween(before: JobInput, after: JobInput): Change[] {
  const members = Object.keys(after) as (keyof JobInput)[];
  return members.filter((member) => written(before[member]) !== written(after[member])).map((member) => ({ member, before: before[member], after: after[member] }));
}

/**
 * What is sent of a changed job: what differs only, so that nothing is rewritten that nobody touched. The kind of a schedule and
 * its configuration belong together.
 */
export function changedInput(before: JobInput, after: JobInput): Partial<JobInput> {
  const changed = Object.fromEntries(changesBetween(before, after).map(({ member }) => [member, after[member]])) as Partial<JobInput>;
  if (changed.jobTypeId === undefined && changed.scheduleConfig === undefined) return changed;
  return { ...changed, jobTypeId: after.jobTypeId, scheduleConfig: after.scheduleConfig };
}

/** JSON with the members of objects in one order, so that order is no difference. */
function written(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part,
  );
}
