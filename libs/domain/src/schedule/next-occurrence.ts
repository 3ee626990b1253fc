/**
 * When a schedule fires next.
 *
 * Intervals and one-offs are arithmetic on instants. Cron is the hard one, because it is written in wall-clock time and
 * wall-clock time is not a clock: in spring it leaves times out, in autumn it shows some twice, in a few places it has
 * skipped a whole day or moved by half an hour. The rule is that of Debian's cron, and it depends on what the expression
 * means:
 *
 * - *Times of day* (`30 2 * * *`): each wall time fires exactly once. Jumped over, it fires the moment after the jump;
 *   shown twice, it fires the first time. Both are one sentence: **a wall time fires at the first instant at which the
 *   clocks show it or a later one.** That function of the wall time is monotone, and so is its inverse, the latest wall
 *   time shown so far. Hence the next occurrence after an instant is: take the latest wall time shown up to it, ask the
 *   pattern for the next one, and map that back. Wall times that share a gap map to the same instant and are one
 *   occurrence, results increase strictly, and the second pass of a fold cannot fire again: none of it needs a case.
 * - *Cadence* (a second, minute or hour field begins with `*`, as in `0,30 * * * *`): the pattern is a filter on real
 *   instants. Every hour stays every 60 real minutes: both passes of a fold match, a gap adds nothing. Here the search goes
 *   from one span of constant offset to the next, and leaps over the spans in which no wall time matches.
 *
 * The pattern itself is asked by the cron library, in a calendar without any zone. A result depends on nothing but
 * (expression, zone, previous instant), so results are remembered: thousands of jobs share a pattern.
 */
import { BoundedCache } from './bounded-cache.js';
import { wallPattern, type WallPattern } from './cron-pattern.js';
import type { BoundedSchedule, CronSchedule, IntervalSchedule, Schedule } from './schedule.js';
import { assertTimeZone } from './time-zone.js';
import { firstInstantOf, latestWallTime, notAfterWall } from './wall-time.js';
import { segmentAt } from './zone-offsets.js';

/** Occurrences of a span, ascending. */
export interface OccurrenceList {
  readonly occurrences: Date[];
  /** The span holds more occurrences than were asked for. */
  readonly truncated: boolean;
}

/** No schedule fires later, epoch milliseconds: the last moment with a four-digit year. */
const LATEST_MS = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
const CLOCKS_KEPT = 4_096;
const ANSWERS_KEPT = 64;

/**
 * The smallest occurrence strictly after an instant, within the schedule's start and end (both inclusive).
 *
 * `after` is the previous *nominal* time, never the present: then restarts, slow runs and late ticks move nothing.
 *
 * @returns null when no occurrence follows.
 * @throws DomainError `SCHEDULE_INVALID` for an expression or zone that never passed validation.
 * @throws RangeError when `after` is not a valid date (a defect of the caller).
 */
export function nextOccurrence(bounded: BoundedSchedule, after: Date): Date | null {
  const nextMs = nextBounded(bounded, requireInstant(after));
  return nextMs === null ? null : new Date(nextMs);
}

/**
 * The first `limit` occurrences in `(afterExclusive, untilInclusive]`, ascending, and whether there are more. Costs one
 * `nextOccurrence` an element, however long the span is.
 *
 * @param limit Whole number, 0 or more.
 */
export function occurrencesBetween(
  bounded: BoundedSchedule,
  afterExclusive: Date,
  untilInclusive: Date,
  limit: number,
): OccurrenceList {
  const untilMs = requireInstant(untilInclusive);
  const occurrences: Date[] = [];
  let nextMs = nextBounded(bounded, requireInstant(afterExclusive));
  while (nextMs !== null && nextMs <= untilMs) {
    if (occurrences.length >= limit) return { occurrences, truncated: true };
    occurrences.push(new Date(nextMs));
    nextMs = nextBounded(bounded, nextMs);
  }
  return { occurrences, truncated: false };
}

function nextBounded(bounded: BoundedSchedule, afterMs: number): number | null {
  const startMs = bounded.startAt?.getTime() ?? -Infinity;
  const endMs = bounded.endAt?.getTime() ?? LATEST_MS;
  const nextMs = nextOf(bounded.schedule, Math.max(afterMs, startMs - 1));
  return nextMs === null || nextMs > endMs || nextMs > LATEST_MS ? null : nextMs;
}

function nextOf(schedule: Schedule, afterMs: number): number | null {
  switch (schedule.kind) {
    case 'interval':
      return nextOnGrid(schedule, afterMs);
    case 'once':
      return schedule.at.getTime() > afterMs ? schedule.at.getTime() : null;
    case 'cron':
      return cronClock(schedule).nextAfter(afterMs);
  }
}

/** Closed form: the grid point after `afterMs`, the anchor itself excluded. */
function nextOnGrid({ anchorAt, everyMs }: IntervalSchedule, afterMs: number): number {
  const anchorMs = anchorAt.getTime();
  const periods = Math.floor((afterMs - anchorMs) / everyMs) + 1;
  return anchorMs + Math.max(1, periods) * everyMs;
}

const clocks = new BoundedCache<string, CronClock>(CLOCKS_KEPT);

function cronClock({ expression, timeZone }: CronSchedule): CronClock {
  const key = `${timeZone} ${expression}`;
  const kept = clocks.get(key);
  if (kept !== undefined) return kept;
  const clock = new CronClock(wallPattern(expression), assertTimeZone(timeZone));
  clocks.set(key, clock);
  return clock;
}

/** One pattern in one zone, with the answers it gave lately. */
class CronClock {
  private readonly answers = new BoundedCache<number, number | null>(ANSWERS_KEPT);

  constructor(
    private readonly pattern: WallPattern,
    private readonly zone: string,
  ) {}

  nextAfter(afterMs: number): number | null {
    const remembered = this.answers.get(afterMs);
    if (remembered !== undefined) return remembered;
    const next = this.compute(afterMs);
    this.answers.set(afterMs, next);
    return next;
  }

  private compute(afterMs: number): number | null {
    if (this.zone === 'UTC') return this.pattern.nextWall(afterMs);
    if (this.pattern.keepsCadence) return nextMatchingInstant(this.pattern, this.zone, afterMs);
    const wallMs = this.pattern.nextWall(latestWallTime(this.zone, afterMs));
    return wallMs === null ? null : firstInstantOf(this.zone, wallMs);
  }
}

/** The first instant after `afterMs` whose wall time matches the pattern. */
function nextMatchingInstant(pattern: WallPattern, zone: string, afterMs: number): number | null {
  // Invariant: no instant in (afterMs, fromMs) matches.
  let fromMs = afterMs + 1;
  for (;;) {
    const segment = segmentAt(zone, fromMs);
    const wallMs = pattern.nextWall(fromMs - 1 + segment.offsetMs);
    if (wallMs === null) return null;
    const instantMs = wallMs - segment.offsetMs;
    if (instantMs < segment.endMs) return instantMs;
    fromMs = endOfSilence(zone, segment.endMs, pattern);
  }
}

/**
 * An instant, at or after the border `borderMs`, before which nothing from the border on matches. Once the clocks are past
 * the border they show no wall time below the one they show there, so nothing matches until the next wall time after that.
 */
function endOfSilence(zone: string, borderMs: number, pattern: WallPattern): number {
  const wallMs = pattern.nextWall(borderMs - 1 + segmentAt(zone, borderMs).offsetMs);
  return wallMs === null ? LATEST_MS : Math.max(borderMs, notAfterWall(wallMs));
}

function requireInstant(date: Date): number {
  const ms = date.getTime();
  if (Number.isNaN(ms)) throw new RangeError('Not a valid date');
  return ms;
}
