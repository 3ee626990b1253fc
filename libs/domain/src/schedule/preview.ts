import { wallPattern } from './cron-pattern.js';
import { occurrencesBetween } from './next-occurrence.js';
import type { BoundedSchedule, Schedule } from './schedule.js';
import { gapEndingAt, happensTwice } from './wall-time.js';
import { segmentAt } from './zone-offsets.js';

/** One coming occurrence as a person wants to see it. */
export interface PreviewedOccurrence {
  readonly at: Date;
  /** ISO 8601 local time with offset in the schedule's zone: `2027-03-28T03:00:00+02:00`. */
  readonly local: string;
  /** Minutes east of UTC; fractional only for offsets before 1972. */
  readonly offsetMinutes: number;
  /** `gap`: moved here because the clocks jumped over its time. `fold`: the clocks show its local time twice. */
  readonly dst: 'gap' | 'fold' | null;
}

/** Most occurrences that one preview returns. */
export const PREVIEW_LIMIT = 100;

const LATEST = new Date(8.64e15);

/**
 * The next occurrences after an instant, ascending, with local times and what daylight saving does to each.
 *
 * @param count Wanted number, clamped to 0–100. Fewer come when the schedule ends.
 */
export function previewSchedule(bounded: BoundedSchedule, after: Date, count: number): PreviewedOccurrence[] {
  const limit = Math.min(PREVIEW_LIMIT, Math.max(0, Math.floor(count)));
  if (limit === 0) return [];
  return occurrencesBetween(bounded, after, LATEST, limit).occurrences.map((at) => present(bounded.schedule, at));
}

/** Local time of an instant in ISO 8601 with the zone's offset at that instant. Milliseconds appear when there are any. */
export function localIso(timeZone: string, at: Date): string {
  const { offsetMs } = segmentAt(timeZone, at.getTime());
  const local = new Date(at.getTime() + offsetMs).toISOString();
  return (at.getUTCMilliseconds() === 0 ? local.slice(0, -5) : local.slice(0, -1)) + offsetText(offsetMs);
}

function present(schedule: Schedule, at: Date): PreviewedOccurrence {
  const { offsetMs } = segmentAt(schedule.timeZone, at.getTime());
  return {
    at,
    local: localIso(schedule.timeZone, at),
    offsetMinutes: offsetMs / 60_000,
    dst: dstMark(schedule, at.getTime()),
  };
}

function dstMark(schedule: Schedule, atMs: number): PreviewedOccurrence['dst'] {
  if (isMovedOutOfGap(schedule, atMs)) return 'gap';
  return happensTwice(schedule.timeZone, atMs) ? 'fold' : null;
}

/** Only times of day move; a cadence leaves the gap out. */
function isMovedOutOfGap(schedule: Schedule, atMs: number): boolean {
  if (schedule.kind !== 'cron') return false;
  const pattern = wallPattern(schedule.expression);
  if (pattern.keepsCadence) return false;
  const gap = gapEndingAt(schedule.timeZone, atMs);
  if (gap === null) return false;
  const jumped = pattern.nextWall(gap.fromWallMs - 1);
  return jumped !== null && jumped < gap.toWallMs;
}

function offsetText(offsetMs: number): string {
  const seconds = Math.abs(offsetMs) / 1_000;
  const pair = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const clock = `${pair(seconds / 3_600)}:${pair((seconds / 60) % 60)}`;
  return `${offsetMs < 0 ? '-' : '+'}${clock}${seconds % 60 === 0 ? '' : `:${pair(seconds % 60)}`}`;
}
