/**
 * What becomes of the occurrences that are due: the one place where Takt decides to fire. Pure: it gets the job's rules,
 * the due instants in order, what is live now and the database's time, and returns one decision an occurrence.
 *
 * First the misfire question. Occurrences that are all planned within `ON_TIME_MS` of their instants are on time and judged
 * one by one. If the oldest is later than that there was an outage, and the catch-up mode speaks for all that are due: `none`
 * skips the late ones, `latest` runs the newest of all if it lies in the window and coalesces the others into it, `all` runs
 * every one in the window. Outside the window it is always `missed_window`.
 *
 * Then the overlap question for those that may run, oldest first, with the slots that are free at this moment. Occurrences
 * that `all` catches up were asked for one by one, so they wait for a slot instead of being skipped.
 */
import type { CatchUp, OverlapPolicy } from '../job/scheduled-job.js';
import type { SkipReason } from '../execution/status.js';

/** Occurrences planned no later than this are on time, milliseconds. */
export const ON_TIME_MS = 5_000;

/** Executions that may wait for a slot of one job. */
export const QUEUE_LIMIT = 1_000;

/** Skips of one reason in a row that are kept as rows; a longer row of them becomes one gap. */
export const SKIP_ROWS_LIMIT = 100;

export interface DueFacts {
  /** Due nominal instants, ascending. */
  readonly due: readonly Date[];
  /** More are due than `due` holds (they come with the next plan). */
  readonly truncated: boolean;
  readonly now: Date;
  readonly maxInstances: number;
  readonly overlap: OverlapPolicy;
  readonly catchUp: CatchUp;
  /** Live executions that hold a slot: not waiting for one. */
  readonly admitted: number;
  /** Executions that wait for a slot. */
  readonly waiting: number;
}

export type OccurrenceDecision =
  | { readonly kind: 'run'; readonly scheduledFor: Date; readonly held: boolean }
  | { readonly kind: 'skip'; readonly scheduledFor: Date; readonly reason: SkipReason }
  | {
      readonly kind: 'gap';
      readonly from: Date;
      readonly to: Date;
      readonly count: number;
      readonly reason: SkipReason;
    };

export interface PlanDecision {
  readonly occurrences: readonly OccurrenceDecision[];
  /** Cancel what is live before the new one starts (`cancel-running`). */
  readonly cancelsLive: boolean;
}

/** Decides every due occurrence of one job. @see the essay above for the rules */
export function planOccurrences(facts: DueFacts): PlanDecision {
  const slots = new SlotBook(facts);
  const decided = facts.due.map((scheduledFor, index) => {
    const isNewest = index === facts.due.length - 1 && !facts.truncated;
    const misfire = judgeMisfire(facts, scheduledFor, isNewest);
    if (misfire.kind === 'skip') return { kind: 'skip', scheduledFor, reason: misfire.reason } as const;
    return slots.admit(scheduledFor, misfire.caughtUp);
  });
  return { occurrences: foldGaps(decided), cancelsLive: slots.cancelsLive };
}

type Misfire = { kind: 'skip'; reason: SkipReason } | { kind: 'run'; caughtUp: boolean };

function judgeMisfire(facts: DueFacts, scheduledFor: Date, isNewest: boolean): Misfire {
  const lateMs = facts.now.getTime() - scheduledFor.getTime();
  const { mode, windowMs } = facts.catchUp;
  if (!wasOut(facts) || (mode === 'none' && lateMs <= ON_TIME_MS)) return { kind: 'run', caughtUp: false };
  if (mode === 'none' || lateMs > Math.max(windowMs, ON_TIME_MS)) return { kind: 'skip', reason: 'missed_window' };
  if (mode === 'all') return { kind: 'run', caughtUp: true };
  return isNewest ? { kind: 'run', caughtUp: false } : { kind: 'skip', reason: 'coalesced' };
}

/** Nobody planned for a while: the oldest occurrence that is due is late. */
function wasOut({ due, now }: DueFacts): boolean {
  const [oldest] = due;
  return oldest !== undefined && now.getTime() - oldest.getTime() > ON_TIME_MS;
}

/** Keeps account of the job's slots while its due occurrences are admitted one after the other. */
class SlotBook {
  cancelsLive = false;
  private admitted: number;
  private waiting: number;

  constructor(private readonly facts: DueFacts) {
    this.admitted = facts.admitted;
    this.waiting = facts.waiting;
  }

  admit(scheduledFor: Date, caughtUp: boolean): OccurrenceDecision {
    if (this.admitted < this.facts.maxInstances && this.waiting === 0) {
      this.admitted += 1;
      return { kind: 'run', scheduledFor, held: false };
    }
    const reason = this.refusal(caughtUp);
    if (reason !== null) return { kind: 'skip', scheduledFor, reason };
    this.waiting += 1;
    return { kind: 'run', scheduledFor, held: true };
  }

  private refusal(caughtUp: boolean): SkipReason | null {
    if (this.waiting >= QUEUE_LIMIT) return 'limit';
    if (caughtUp) return null;
    switch (this.facts.overlap) {
      case 'skip':
        return 'overlap';
      case 'queue-one':
        return this.waiting >= 1 ? 'overlap' : null;
      case 'cancel-running':
        this.cancelsLive = true;
        return this.waiting >= 1 ? 'overlap' : null;
      case 'queue-all':
        return null;
      case 'allow':
        return 'limit';
    }
  }
}

/** Replaces every row of more than `SKIP_ROWS_LIMIT` skips with the same reason by one gap. */
function foldGaps(decisions: readonly OccurrenceDecision[]): OccurrenceDecision[] {
  const folded: OccurrenceDecision[] = [];
  let start = 0;
  while (start < decisions.length) {
    const first = decisions[start];
    if (first === undefined) break;
    const end = endOfRow(decisions, start);
    const last = decisions[end - 1];
    if (first.kind === 'skip' && last?.kind === 'skip' && end - start > SKIP_ROWS_LIMIT) {
      folded.push({
        kind: 'gap',
        from: first.scheduledFor,
        to: last.scheduledFor,
        count: end - start,
        reason: first.reason,
      });
    } else {
      folded.push(...decisions.slice(start, end));
    }
    start = end;
  }
  return folded;
}

function endOfRow(decisions: readonly OccurrenceDecision[], start: number): number {
  const first = decisions[start];
  let end = start + 1;
  if (first?.kind !== 'skip') return end;
  for (let next = decisions[end]; next?.kind === 'skip' && next.reason === first.reason; next = decisions[end]) {
    end += 1;
  }
  return end;
}
