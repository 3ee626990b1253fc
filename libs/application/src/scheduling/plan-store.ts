import type { CatchUp, OverlapPolicy } from '#domain/job/scheduled-job.js';
import type { JobId } from '#domain/ids.js';
import type { OccurrenceDecision } from '#domain/planning/plan-occurrences.js';
import type { BoundedSchedule } from '#domain/schedule/schedule.js';
import type { QueueItem } from './queue-item.js';

/** A job that is due, with what its plan depends on, read under its lock. */
export interface DueJob {
  readonly id: JobId;
  readonly bounded: BoundedSchedule;
  /** The first instant that is not in the ledger. */
  readonly nextFireAt: Date;
  readonly maxInstances: number;
  readonly overlap: OverlapPolicy;
  readonly catchUp: CatchUp;
  /** Live executions that hold a slot. */
  readonly admitted: number;
  /** Live executions that wait for one. */
  readonly waiting: number;
}

/** What a plan says about one job. */
export interface JobPlan {
  readonly job: DueJob;
  readonly occurrences: readonly OccurrenceDecision[];
  /** The cursor afterwards; null when nothing is to come. */
  readonly nextFireAt: Date | null;
  readonly cancelsLive: boolean;
}

export interface PlannedChunk {
  /** Due jobs that were planned. */
  readonly jobs: number;
  /** Jobs that were due and cannot be planned by this release, and why; they are set aside for a minute. */
  readonly unreadable: readonly { readonly jobId: JobId; readonly problem: string }[];
  /** Some of them have more due than one plan takes. */
  readonly isBehind: boolean;
  /** Executions that can start now. */
  readonly items: readonly QueueItem[];
  /** Jobs with new executions that wait for the jobs they depend on. */
  readonly awaiting: readonly JobId[];
  /** Recorded decisions by outcome: `run`, `held`, `awaiting` or the reason of a skip. */
  readonly outcomes: Readonly<Record<string, number>>;
  /** Milliseconds between the nominal instants that will run and the plan, one per run. */
  readonly latenessMs: readonly number[];
}

/** Where the planner reads what is due and writes what it decided. */
export abstract class PlanStore {
  /**
   * One transaction on the database's clock: locks up to `limit` due jobs (those that another instance has locked are left
   * to it), asks for their plans (a job whose schedule cannot be read or planned is set aside for a minute), inserts the executions (an occurrence that is in the ledger already is left alone), and
   * moves the cursors.
   */
  abstract planDue(limit: number, decide: (job: DueJob, now: Date) => JobPlan): Promise<PlannedChunk>;
  /** Milliseconds from the database's now to the smallest cursor; negative when overdue, null when nothing is to come. */
  abstract msUntilNextFire(): Promise<number | null>;
  /**
   * Lets executions that wait for a slot have one where there is room. With `jobIds` only those jobs are looked at.
   *
   * @returns what can start now; occurrences of jobs with dependencies wait for those next (see `Admission`)
   */
  abstract releaseHeld(jobIds?: readonly JobId[]): Promise<QueueItem[]>;
}
