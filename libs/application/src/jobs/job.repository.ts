import type { JobId, UserId } from '#domain/ids.js';
import type { JsonObject } from '#domain/json.js';
import type { JobPolicies, ScheduledJob } from '#domain/job/scheduled-job.js';
import type { BoundedSchedule } from '#domain/schedule/schedule.js';
import type { PageRequest } from '../page.js';
import type { BusyMinute, JobCounts, JobRelations, JobSummary, RunMark } from './job-views.js';

/** The members of a job that people decide. */
export interface JobDefinition {
  readonly name: string;
  readonly description: string | null;
  readonly taskFunctionId: number;
  readonly jobTypeId: number;
  readonly scheduleConfig: JsonObject;
  readonly bounded: BoundedSchedule;
  readonly args: JsonObject | null;
  readonly policies: JobPolicies;
  readonly isEnabled: boolean;
  readonly isPaused: boolean;
  /** Numbers of the jobs it waits for. */
  readonly dependsOn: readonly number[];
  /** `unique`: refused while another job has the name. @default 'any' */
  readonly nameRule?: NameRule;
}

/** Names of jobs need not be unique, but a dialect can ask for it where it gives one. */
export type NameRule = 'any' | 'unique';

/** What happens to live executions of a job that is to be deleted. */
export type WhileActive = 'stop' | 'refuse';

/**
 * What a job can be listed by. `enabled`, `paused` and `disabled` are one word for its two switches: of a job that is switched
 * off it does not matter whether it is paused. `failing`: enabled, and its last ended run, cancelled ones aside, was no success. `late`: its next
 * fire is overdue. `never-run`: nothing of it ever started.
 */
export const JOB_CONDITIONS = ['enabled', 'disabled', 'paused', 'running', 'failing', 'late', 'never-run'] as const;
export type JobCondition = (typeof JOB_CONDITIONS)[number];

/** What an action on many jobs needs to know of each. */
export interface JobTarget {
  readonly id: JobId;
  readonly name: string;
  readonly isEnabled: boolean;
  readonly isPaused: boolean;
}

/** Jobs without the instant that a list is sorted by stand last in both directions. `failures`: those in a row, as in a summary. */
export interface JobOrder {
  readonly by: 'created' | 'name' | 'next-run' | 'last-run' | 'failures';
  readonly direction: 'ascending' | 'descending';
}

/** Newest first. */
export const NEWEST_JOBS_FIRST: JobOrder = { by: 'created', direction: 'descending' };

export interface JobFilter {
  /** Part of the name, any case, taken literally. */
  readonly name?: string;
  readonly isEnabled?: boolean;
  readonly taskFunctionId?: number;
  /** Exact name of the task function. */
  readonly taskFunction?: string;
  /** Jobs of any of these task functions; empty matches none. */
  readonly taskFunctionIds?: readonly number[];
  /** Part of the name or the description, any case, taken literally. */
  readonly text?: string;
  readonly condition?: JobCondition;
  readonly jobTypeId?: number;
  /** Exact name of the task function's queue. */
  readonly queue?: string;
  /** IANA zone of the schedule, exactly as it was given. */
  readonly timeZone?: string;
  /** Only these; empty matches none. */
  readonly ids?: readonly JobId[];
}

/**
 * Holds the definitions. Every write is one transaction that also moves the planner's cursor, tells what has not started
 * yet about the change, and wakes the scheduler instances by a notification: after it returned, nothing starts under the
 * old definition (architecture §7).
 */
export abstract class JobRepository {
  /**
   * Stores a new job.
   *
   * @param define gets the database's time, the one that schedules count from; may throw a `DomainError`
   * @throws DomainError `JOB_NAME_TAKEN`, `VALIDATION_FAILED` (unknown dependency)
   */
  abstract create(
    id: JobId,
    define: (now: Date) => JobDefinition,
    createdBy: UserId | null,
  ): Promise<ScheduledJob>;
  /**
   * Locks the job, asks for its new definition and stores it. Where the schedule, its bounds or its activity differ, the
   * version grows, the cursor starts anew at the database's time and waiting occurrences of the old schedule are recorded
   * as `superseded` (or `paused`). Other changes reach executions that wait.
   *
   * @returns the changed job, or null when there is none
   * @throws DomainError `JOB_NAME_TAKEN`, `VALIDATION_FAILED` (unknown dependency), `DEPENDENCY_CYCLE`
   */
  abstract update(
    id: JobId,
    change: (job: ScheduledJob, now: Date) => JobDefinition,
    updatedBy: UserId | null,
  ): Promise<ScheduledJob | null>;
  /**
   * Deletes the job with its history; runs of it are stopped, or forbid it. The history is gone for every reader when this
   * returns; its rows are deleted in portions afterwards, however many there are.
   *
   * @param whileActive default `stop`
   * @returns whether there was one
   * @throws DomainError `JOB_HAS_DEPENDENTS`; `JOB_ACTIVE` under `refuse`
   */
  abstract delete(id: JobId, whileActive?: WhileActive): Promise<boolean>;
  /** The id of the job with this number; null when there is none. */
  abstract idOf(number: number): Promise<JobId | null>;
  /** Null when there is none. */
  abstract find(id: JobId): Promise<JobSummary | null>;
  /** One page, and the counts of all matches. @param order default newest first */
  abstract list(filter: JobFilter, page: PageRequest, order?: JobOrder): Promise<{ items: JobSummary[]; counts: JobCounts }>;
  /** Jobs that match, newest first, at most `limit`. */
  abstract targets(filter: JobFilter, limit: number): Promise<JobTarget[]>;
  /** Those of the ids that are jobs, in any order. */
  abstract targetsOf(ids: readonly JobId[]): Promise<JobTarget[]>;
  /** Numbers of those of the ids that are jobs. */
  abstract numbersOf(ids: readonly JobId[]): Promise<ReadonlyMap<JobId, number>>;
  /** Both sides of the job's dependencies; at most 100 of each. */
  abstract relations(id: JobId): Promise<JobRelations>;
  /**
   * Of the minutes that the instants lie in, the one in which most jobs have their next fire; the first of several. Jobs that fire
   * sooner as well are not counted in later minutes.
   *
   * @param except is not counted
   * @returns null when nothing is due in any of them
   */
  abstract busiestMinute(instants: readonly Date[], except: JobId | null): Promise<BusyMinute | null>;
  /** The last `limit` executions of each job, the oldest of them first; none for a job that has none. */
  abstract recentRuns(ids: readonly JobId[], limit: number): Promise<ReadonlyMap<JobId, readonly RunMark[]>>;
}
