import { occurrencesBetween } from './next-occurrence.js';
import type { BoundedSchedule } from './schedule.js';

/** Cron expressions are judged by the pace of so many occurrences. */
const SAMPLE = 4;

/**
 * About how many occurrences lie in `(afterExclusive, untilInclusive]`: exact for up to four of them and for intervals, else
 * by the pace of the first ones. Costs the same for every span.
 */
export function estimateOccurrences(bounded: BoundedSchedule, afterExclusive: Date, untilInclusive: Date): number {
  const { occurrences, truncated } = occurrencesBetween(bounded, afterExclusive, untilInclusive, SAMPLE);
  const [first, last] = [occurrences[0], occurrences.at(-1)];
  if (!truncated || first === undefined || last === undefined) return occurrences.length;
  const paceMs = (last.getTime() - first.getTime()) / (occurrences.length - 1);
  const endMs = Math.min(untilInclusive.getTime(), bounded.endAt?.getTime() ?? Infinity);
  return Math.floor((endMs - first.getTime()) / paceMs) + 1;
}
