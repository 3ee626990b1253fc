/** Things that tests are about, made by override: a test names only the members that matter to it. */
import { DEFAULT_POLICIES, type JobPolicies } from '#domain/job/scheduled-job.js';
import { newId, type ExecutionId, type JobId } from '#domain/ids.js';
import type { BoundedSchedule, IntervalSchedule } from '#domain/schedule/schedule.js';
import type { JobDefinition } from '#application/jobs/job.repository.js';
import type { AttemptRecord, Claim } from '#application/running/execution-ledger.js';
import type { DueJob } from '#application/scheduling/plan-store.js';

/** Ids of the catalogue. */
export const SHELL_FUNCTION_ID = 7;
export const INTERVAL_TYPE_ID = 1;

const SECOND_MS = 1_000;
/** An origin on the whole second, long ago. */
const ANCHOR = new Date('2026-01-01T00:00:00Z');

/** Fires every `seconds` on the grid of whole seconds. */
export function everySeconds(seconds: number, anchorAt: Date = ANCHOR): IntervalSchedule {
  return { kind: 'interval', everyMs: seconds * SECOND_MS, anchorAt, timeZone: 'UTC' };
}

/** A schedule that is open at both ends. */
export function unbounded(schedule: BoundedSchedule['schedule']): BoundedSchedule {
  return { schedule, startAt: null, endAt: null };
}

export type JobOverrides = Partial<Omit<JobDefinition, 'policies' | 'bounded'>> & {
  readonly schedule?: BoundedSchedule['schedule'];
  readonly startAt?: Date | null;
  readonly endAt?: Date | null;
  readonly policies?: Partial<JobPolicies>;
};

/** An enabled hourly `shell` job with the default policies. */
export function aJob(overrides: JobOverrides = {}): JobDefinition {
  const { schedule = everySeconds(3_600), startAt = null, endAt = null, policies, ...rest } = overrides;
  return {
    name: 'a job',
    description: null,
    taskFunctionId: SHELL_FUNCTION_ID,
    jobTypeId: INTERVAL_TYPE_ID,
    scheduleConfig: { hours: 1 },
    args: { command: 'true' },
    isEnabled: true,
    isPaused: false,
    dependsOn: [],
    ...rest,
    bounded: { schedule, startAt, endAt },
    policies: { ...DEFAULT_POLICIES, ...policies },
  };
}

/** A job that is due now, as the planner reads it. */
export function aDueJob(overrides: Partial<DueJob> = {}): DueJob {
  return {
    id: newId<JobId>(),
    bounded: unbounded(everySeconds(60)),
    nextFireAt: new Date('2027-01-01T00:00:00Z'),
    maxInstances: 1,
    overlap: 'skip',
    catchUp: { mode: 'latest', windowMs: 3_600_000 },
    admitted: 0,
    waiting: 0,
    ...overrides,
  };
}

/** The right to run a first attempt. */
export function aClaim(overrides: Partial<Claim> = {}): Claim {
  return {
    executionId: newId<ExecutionId>(),
    jobId: newId<JobId>(),
    attempt: 1,
    countedAttempt: 1,
    token: 1,
    taskFunction: 'shell',
    scheduledFor: new Date('2027-01-01T00:00:00Z'),
    args: {},
    timeoutMs: 60_000,
    retry: DEFAULT_POLICIES.retry,
    queue: 'default',
    priority: 0,
    lastLogSeq: 0,
    startLatenessMs: 0,
    ...overrides,
  };
}

/** A success of this claim. */
export function aRecord(claim: Claim, overrides: Partial<AttemptRecord> = {}): AttemptRecord {
  return {
    claim,
    attemptStatus: 'success',
    status: 'success',
    retryDelayMs: null,
    result: null,
    error: null,
    durationMs: 10,
    usage: null,
    ...overrides,
  };
}
