import type { Violation } from '#domain/errors.js';
import {
  type Checked,
  type ConfigInput,
  memberOf,
  NOT_AN_INTEGER,
  valid,
  violated,
  violation,
} from './config-input.js';

const SECOND_MS = 1_000;
const DAY_MS = 86_400_000;

/** Members of an interval configuration and what one of each is worth, milliseconds. */
const UNIT_MS = {
  weeks: 7 * DAY_MS,
  days: DAY_MS,
  hours: 3_600_000,
  minutes: 60_000,
  seconds: SECOND_MS,
} as const;

/** Shortest and longest period, milliseconds. */
export const SHORTEST_INTERVAL_MS = SECOND_MS;
export const LONGEST_INTERVAL_MS = 10 * 366 * DAY_MS;

/**
 * Reads `{weeks, days, hours, minutes, seconds}`: non-negative integers, members left out or null count 0, and the total is
 * 1 second to 3660 days. Texts, floats and booleans are no integers.
 *
 * @returns The period in milliseconds, or every violation; a total out of bounds is reported at `hours`.
 * @see rulings on dialect 001, "Interval"
 */
export function parseIntervalConfig(input: ConfigInput): Checked<number> {
  const violations: Violation[] = [];
  let everyMs = 0;
  for (const [unit, worthMs] of Object.entries(UNIT_MS)) {
    const value = memberOf(input, [unit])?.value ?? 0;
    if (typeof value !== 'number' || !Number.isInteger(value)) {
      violations.push(violation(unit, NOT_AN_INTEGER.message, NOT_AN_INTEGER.kind));
    } else if (value < 0) {
      violations.push(violation(unit, 'ensure this value is greater than or equal to 0', 'value_error.number.not_ge'));
    } else {
      everyMs += value * worthMs;
    }
  }
  if (violations.length > 0) return { ok: false, violations };
  if (everyMs < SHORTEST_INTERVAL_MS) return violated('hours', 'interval must be at least 1 second');
  if (everyMs > LONGEST_INTERVAL_MS) return violated('hours', 'interval must be at most 3660 days');
  return valid(everyMs);
}
