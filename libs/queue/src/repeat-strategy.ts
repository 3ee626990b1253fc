import { nextOccurrence } from '#domain/schedule/next-occurrence.js';
import { decodePattern } from '#domain/schedule/schedule-json.js';

/** The only part of BullMQ's repeat options that we use. */
interface Repeat {
  readonly pattern?: string;
}

/**
 * BullMQ's question "when next after `millis`?" answered by the schedule arithmetic of the ledger, so that ticks and
 * occurrences agree to the millisecond. Intervals come this way too: BullMQ's own `every` has a grid of its own, and skips
 * a period after an outage on its Postgres backend.
 *
 * @returns undefined when nothing is to come, which ends the job scheduler
 */
export function scheduleRepeatStrategy(millis: number, repeat: Repeat): number | undefined {
  if (repeat.pattern === undefined) return undefined;
  return nextOccurrence(decodePattern(repeat.pattern), new Date(millis))?.getTime();
}
