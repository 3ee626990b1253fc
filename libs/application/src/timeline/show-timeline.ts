import type { JobId } from '#domain/ids.js';
import { estimateOccurrences } from '#domain/schedule/estimate-occurrences.js';
import { occurrencesBetween } from '#domain/schedule/next-occurrence.js';
import type { ComingJob, TimelineExecution, TimelineJob, TimelineStore, TimeRange } from './timeline-store.js';

export interface TimelineRow extends TimelineJob {
  /** Oldest first. */
  readonly executions: readonly TimelineExecution[];
  /** Occurrences that are to come, by the schedule as it is now. */
  readonly projected: readonly Date[];
}

export interface Timeline extends TimeRange {
  readonly now: Date;
  /** The busiest jobs first. */
  readonly rows: readonly TimelineRow[];
  /** Jobs with something in the range that have no row. */
  readonly otherJobs: number;
  /** Something was left out: of a row, or of what the order was made from. */
  readonly isCapped: boolean;
}

/** Executions that the order of jobs is made from. */
const COUNTED = 25_000;
/** Jobs that are asked for what is to come. */
const COMING = 1_000;
/** Executions, and occurrences to come, in one row. */
const PER_ROW = 500;

const MAX_ROWS = 50;

/** Shows what ran and what will run in a span, job by job. */
export class ShowTimeline {
  constructor(private readonly store: TimelineStore) {}

  /**
   * @param rangeAt makes the range of the database's present; may throw
   * @param rowLimit 1..50
   */
  async execute(rangeAt: (now: Date) => TimeRange, rowLimit: number): Promise<Timeline> {
    const now = await this.store.now();
    const range = rangeAt(now);
    const hasFuture = range.to > now;
    const [{ counts, isCapped }, coming] = await Promise.all([
      this.store.countByJob(range, COUNTED),
      hasFuture ? this.store.coming(range.to, COMING) : [],
    ]);
    const ranked = rank(counts, coming, range);
    const shown = ranked.slice(0, Math.min(rowLimit, MAX_ROWS));
    const [jobs, executions] = await Promise.all([this.store.jobs(shown), this.store.executions(shown, range, PER_ROW)]);
    const rows = shown.flatMap((id) => rowOf(id, { jobs, executions, coming, range }));
    const isRowCut = rows.some((row) => row.executions.length >= PER_ROW || row.projected.length >= PER_ROW);
    return { ...range, now, rows, otherJobs: ranked.length - shown.length, isCapped: isCapped || coming.length >= COMING || isRowCut };
  }
}

/** Jobs by how much they have in the range, past and future together. */
function rank(counts: ReadonlyMap<JobId, number>, coming: readonly ComingJob[], range: TimeRange): JobId[] {
  const weights = new Map(counts);
  for (const job of coming) {
    const projected = estimateOccurrences(job.bounded, beforeNext(job, range), lastInstant(range));
    if (projected > 0) weights.set(job.jobId, (weights.get(job.jobId) ?? 0) + projected);
  }
  return [...weights].sort(([leftId, left], [rightId, right]) => right - left || (leftId < rightId ? -1 : 1)).map(([id]) => id);
}

interface Found {
  readonly jobs: readonly TimelineJob[];
  readonly executions: readonly TimelineExecution[];
  readonly coming: readonly ComingJob[];
  readonly range: TimeRange;
}

/** No row for a job that was deleted meanwhile. */
function rowOf(id: JobId, { jobs, executions, coming, range }: Found): TimelineRow[] {
  const job = jobs.find(({ jobId }) => jobId === id);
  if (job === undefined) return [];
  const next = coming.find(({ jobId }) => jobId === id);
  const projected =
    next === undefined ? [] : occurrencesBetween(next.bounded, beforeNext(next, range), lastInstant(range), PER_ROW).occurrences;
  return [{ ...job, executions: executions.filter(({ jobId }) => jobId === id), projected }];
}

/** Right before the first occurrence that is not in the ledger; what is overdue is still to come. */
function beforeNext({ nextFireAt }: ComingJob, { from }: TimeRange): Date {
  return new Date(Math.max(nextFireAt.getTime(), from.getTime()) - 1);
}

function lastInstant({ to }: TimeRange): Date {
  return new Date(to.getTime() - 1);
}
