import { type Checked, type ConfigInput, memberOf, NOT_AN_INTEGER, valid, violated } from './config-input.js';
import { LATEST_YEAR } from './cron-field.js';
import { firstInstantOf } from './wall-time.js';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

/** Longest delay of a one-off, seconds: ten years. */
export const LONGEST_DELAY_SECONDS = 10 * 366 * 86_400;

const ISO_TIME =
  /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?([Zz]|[+-]\d{2}(?::?\d{2})?)?$/;

/**
 * Reads `{at}` or `{delaySeconds}` (`delay_seconds` too) into the instant of a one-off.
 *
 * `at` is ISO 8601 with date and time. With `Z` or an offset it is that instant; without one it is local time in
 * `timeZone`, under the rule of cron's times of day: jumped over, it is the moment after the jump; shown twice, the first.
 * It must lie in the future (a past one would never fire) and before 2100. Fractions are cut to milliseconds.
 * `delaySeconds` is a whole number of seconds from `now`, 1 to ten years.
 *
 * @see rulings on dialect 001, "Job types"
 */
export function parseOnceConfig(input: ConfigInput, timeZone: string, now: Date): Checked<Date> {
  const at = memberOf(input, ['at']);
  const delay = memberOf(input, ['delaySeconds', 'delay_seconds']);
  if (at !== null && delay !== null) return violated('at', 'cannot be combined with delaySeconds');
  if (at !== null) return instantOf(at.value, timeZone, now);
  if (delay !== null) return delayed(delay.name, delay.value, now);
  return violated('at', 'field required', 'value_error.missing');
}

function delayed(member: string, value: unknown, now: Date): Checked<Date> {
  if (typeof value !== 'number' || !Number.isInteger(value)) {
    return violated(member, NOT_AN_INTEGER.message, NOT_AN_INTEGER.kind);
  }
  if (value < 1)
    return violated(member, 'ensure this value is greater than or equal to 1', 'value_error.number.not_ge');
  if (value > LONGEST_DELAY_SECONDS) {
    const limit = String(LONGEST_DELAY_SECONDS);
    return violated(member, `ensure this value is less than or equal to ${limit}`, 'value_error.number.not_le');
  }
  return valid(new Date(now.getTime() + value * SECOND_MS));
}

function instantOf(value: unknown, timeZone: string, now: Date): Checked<Date> {
  const instantMs = typeof value === 'string' ? parseIso(value, timeZone) : null;
  if (instantMs === null) {
    return violated('at', 'is not an ISO 8601 date and time such as 2027-01-31T09:00:00Z', 'value_error.datetime');
  }
  if (instantMs <= now.getTime()) return violated('at', 'is in the past: it would never fire');
  if (new Date(instantMs).getUTCFullYear() > LATEST_YEAR) {
    return violated('at', `is after the year ${String(LATEST_YEAR)}`);
  }
  return valid(new Date(instantMs));
}

/** Epoch milliseconds, or null for anything but a real date and time of a four-digit year. */
function parseIso(text: string, timeZone: string): number | null {
  const match = ISO_TIME.exec(text);
  if (match === null) return null;
  const [, year, month, day, hour, minute, second = '0', fraction = '', offset] = match;
  const milliseconds = Number(fraction.slice(0, 3).padEnd(3, '0'));
  const parts = [year, Number(month) - 1, day, hour, minute, second].map(Number) as DateParts;
  const wallMs = Date.UTC(...parts) + milliseconds;
  if (!isReal(parts)) return null;
  if (offset === undefined) return firstInstantOf(timeZone, wallMs);
  const eastMs = parseOffset(offset);
  return eastMs === null ? null : wallMs - eastMs;
}

type DateParts = [year: number, month: number, day: number, hour: number, minute: number, second: number];

/** Refuses what a calendar would roll over: the 30th of February, 24:00, a leap second, and years below 100. */
function isReal(parts: DateParts): boolean {
  const date = new Date(Date.UTC(...parts));
  const shown = [
    date.getUTCFullYear(),
    date.getUTCMonth(),
    date.getUTCDate(),
    date.getUTCHours(),
    date.getUTCMinutes(),
    date.getUTCSeconds(),
  ];
  return shown.every((part, index) => part === parts[index]);
}

/** Milliseconds east of UTC, or null when no clock is that far away. */
function parseOffset(text: string): number | null {
  if (text === 'Z' || text === 'z') return 0;
  const hours = Number(text.slice(1, 3));
  const minutes = Number(text.slice(3).replace(':', '') || '0');
  if (hours > 18 || minutes > 59) return null;
  return (text.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * MINUTE_MS;
}
