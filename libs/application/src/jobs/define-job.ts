import { DomainError, type Violation } from '#domain/errors.js';
import type { JsonObject } from '#domain/json.js';
import { DEFAULT_POLICIES, type JobPolicies, type ScheduledJob } from '#domain/job/scheduled-job.js';
import { nextOccurrence } from '#domain/schedule/next-occurrence.js';
import { parseScheduleConfig } from '#domain/schedule/schedule-config.js';
import type { Schedule } from '#domain/schedule/schedule.js';
import { jobTypeById, type JobType } from '../task-functions/task-function.js';
import type { JobDefinition, NameRule } from './job.repository.js';

/** Policies as a caller may give them: each member by itself. */
export type PolicyInput = Partial<
  Omit<JobPolicies, 'retry'> & { retryCount: number; backoff: Partial<JobPolicies['retry']['backoff']> }
>;

/** What a caller says about a job. A member that is left out keeps its value (update) or takes its default (create). */
export interface JobInput {
  readonly name?: string;
  readonly description?: string | null;
  readonly taskFunctionId?: number;
  readonly jobTypeId?: number;
  readonly scheduleConfig?: JsonObject;
  readonly args?: JsonObject | null;
  readonly startAt?: Date | null;
  readonly endAt?: Date | null;
  readonly isEnabled?: boolean;
  readonly isPaused?: boolean;
  readonly policies?: PolicyInput;
  /** Numbers of the jobs it waits for, in any order; one that is named twice counts once. */
  readonly dependsOn?: readonly number[];
  /** Whether a given name must be new. @default 'any' */
  readonly nameRule?: NameRule;
}

/** What a new job must have. */
export type NewJobInput = JobInput & Required<Pick<JobInput, 'name' | 'taskFunctionId' | 'jobTypeId' | 'scheduleConfig'>>;

/** The zone of schedules that name none. */
export const DEFAULT_TIME_ZONE = 'UTC';

/**
 * Makes the definition of a new job. Pure.
 *
 * @param now the database's time: intervals and delays count from it
 * @throws DomainError `JOB_TYPE_UNKNOWN`, `SCHEDULE_INVALID` (with the members that are wrong)
 */
export function defineNewJob(input: NewJobInput, defaultTimeoutMs: number, now: Date): JobDefinition {
  const schedule = readSchedule(requireJobType(input.jobTypeId), input.scheduleConfig, now);
  return checked(
    {
      name: input.name,
      description: input.description ?? null,
      taskFunctionId: input.taskFunctionId,
      jobTypeId: input.jobTypeId,
      scheduleConfig: input.scheduleConfig,
      bounded: { schedule, startAt: input.startAt ?? null, endAt: input.endAt ?? null },
      args: input.args ?? null,
      policies: mergePolicies({ ...DEFAULT_POLICIES, timeoutMs: defaultTimeoutMs }, input.policies ?? {}),
      isEnabled: input.isEnabled ?? true,
      isPaused: input.isPaused ?? false,
      dependsOn: ascending(input.dependsOn ?? []),
      nameRule: input.nameRule ?? 'any',
    },
    now,
  );
}

/**
 * Makes the changed definition of an existing job. Pure. The schedule is read anew only when its type or configuration
 * really differs, so that saving a form unchanged does not move an interval's grid.
 *
 * @throws DomainError `JOB_TYPE_UNKNOWN`, `SCHEDULE_INVALID`
 */
export function redefineJob(job: ScheduledJob, input: JobInput, now: Date): JobDefinition {
  const jobTypeId = input.jobTypeId ?? job.jobTypeId;
  const scheduleConfig = input.scheduleConfig ?? job.scheduleConfig;
  const isSameSchedule = jobTypeId === job.jobTypeId && isSameJson(scheduleConfig, job.scheduleConfig);
  const schedule = isSameSchedule
    ? job.bounded.schedule
    : readSchedule(requireJobType(jobTypeId), scheduleConfig, now);
  const definition: JobDefinition = {
    name: input.name ?? job.name,
    description: valueOr(input.description, job.description),
    taskFunctionId: input.taskFunctionId ?? job.taskFunctionId,
    jobTypeId,
    scheduleConfig,
    bounded: {
      schedule,
      startAt: valueOr(input.startAt, job.bounded.startAt),
      endAt: valueOr(input.endAt, job.bounded.endAt),
    },
    args: valueOr(input.args, job.args),
    policies: mergePolicies(job.policies, input.policies ?? {}),
    isEnabled: input.isEnabled ?? job.isEnabled,
    isPaused: input.isPaused ?? job.isPaused,
    dependsOn: ascending(input.dependsOn ?? job.dependsOn),
    nameRule: input.name === undefined || input.name === job.name ? 'any' : (input.nameRule ?? 'any'),
  };
  return isSameSchedule && isSameSpan(definition, job) ? definition : checked(definition, now);
}

/** The next instant at which a definition fires after `now`; null while it is switched off or has nothing to come. */
export function firstFireAfter(definition: JobDefinition, now: Date): Date | null {
  return definition.isEnabled && !definition.isPaused ? nextOccurrence(definition.bounded, now) : null;
}

function requireJobType(id: number): JobType {
  const type = jobTypeById(id);
  if (type === undefined) throw new DomainError('JOB_TYPE_UNKNOWN', `Job type ${String(id)} not found`);
  return type;
}

function readSchedule(type: JobType, config: JsonObject, now: Date): Schedule {
  const parsed = parseScheduleConfig(type.name, config, { now, defaultTimeZone: DEFAULT_TIME_ZONE });
  if (parsed.ok) return parsed.schedule;
  throw invalidSchedule(
    parsed.violations.map((violation) => ({ ...violation, path: ['scheduleConfig', ...violation.path] })),
  );
}

function checked(definition: JobDefinition, now: Date): JobDefinition {
  const { startAt, endAt, schedule } = definition.bounded;
  if (startAt !== null && endAt !== null && startAt > endAt) {
    throw invalidSchedule([{ path: ['endAt'], message: 'endAt lies before startAt' }]);
  }
  if (schedule.kind === 'once' && nextOccurrence(definition.bounded, now) === null) {
    throw invalidSchedule([{ path: ['scheduleConfig', 'at'], message: 'lies in the past or outside startAt and endAt' }]);
  }
  return definition;
}

function invalidSchedule(violations: Violation[]): DomainError {
  return new DomainError('SCHEDULE_INVALID', 'The schedule is not valid', violations);
}

function mergePolicies(base: JobPolicies, input: PolicyInput): JobPolicies {
  const { retryCount, backoff, ...plain } = input;
  return {
    ...base,
    ...plain,
    retry: {
      retryCount: retryCount ?? base.retry.retryCount,
      backoff: { ...base.retry.backoff, ...backoff },
    },
  };
}

function isSameSpan(definition: JobDefinition, job: ScheduledJob): boolean {
  const { startAt, endAt } = definition.bounded;
  return (
    startAt?.getTime() === job.bounded.startAt?.getTime() && endAt?.getTime() === job.bounded.endAt?.getTime()
  );
}

function ascending(numbers: readonly number[]): number[] {
  return [...new Set(numbers)].sort((left, right) => left - right);
}

function valueOr<Value>(given: Value | undefined, otherwise: Value): Value {
  return given === undefined ? otherwise : given;
}

/** Equality of JSON values, whatever the order of members. */
export function isSameJson(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([left], [right]) => (left < right ? -1 : 1)))
      : member,
  );
}
