/** How long a preview of a schedule is one: its fire times are to come. Pure. */
import type { SchedulePreview } from './contract';

/** A schedule of every second is asked for no more often than this. */
const MIN_MS = 2_000;
/** Past its first time by this much, so that the answer begins with the next one. */
const MARGIN_MS = 100;
/** Timers know no longer time. */
const MAX_MS = 2 ** 31 - 1;

/** @returns milliseconds until the first fire time is past, at least 2 s; false when there is none */
export function untilPastMs(preview: Pick<SchedulePreview, 'nextRuns'> | undefined, nowMs: number): number | false {
  const first = preview?.nextRuns[0];
  return first === undefined ? false : Math.min(MAX_MS, Math.max(MIN_MS, Date.parse(first.utc) + MARGIN_MS - nowMs));
}
