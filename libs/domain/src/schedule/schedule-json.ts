/**
 * Two spellings of a schedule, both lossless: JSON for the database and one short text for places that take a "pattern",
 * such as a queue's repeat option. Readers check what they read: a damaged row must say so instead of firing at odd times.
 */
import { DomainError } from '#domain/errors.js';
import type { JsonObject } from '#domain/json.js';
import { BoundedCache } from './bounded-cache.js';
import { wallPattern } from './cron-pattern.js';
import type { BoundedSchedule, Schedule } from './schedule.js';
import { isTimeZone } from './time-zone.js';

const SEPARATOR = '|';
const RADIX = 36;
const WHOLE_NUMBER = /^-?[0-9a-z]{1,12}$/;
const PATTERNS_KEPT = 4_096;

/** Letters of the kinds in the short text. */
const LETTERS = { interval: 'i', cron: 'c', once: 'o' } as const satisfies Record<Schedule['kind'], string>;

/** Writes a schedule as plain JSON; instants as ISO 8601 in UTC with milliseconds. */
export function scheduleToJson(schedule: Schedule): JsonObject {
  const { kind, timeZone } = schedule;
  switch (kind) {
    case 'interval':
      return { kind, everyMs: schedule.everyMs, anchorAt: schedule.anchorAt.toISOString(), timeZone };
    case 'cron':
      return { kind, expression: schedule.expression, timeZone };
    case 'once':
      return { kind, at: schedule.at.toISOString(), timeZone };
  }
}

/**
 * Reads what `scheduleToJson` wrote.
 *
 * @throws DomainError `SCHEDULE_INVALID` when the value is no schedule.
 */
export function scheduleFromJson(value: unknown): Schedule {
  if (typeof value !== 'object' || value === null) throw damaged(value);
  const { kind, timeZone, everyMs, anchorAt, expression, at } = value as Record<string, unknown>;
  if (typeof timeZone !== 'string' || !isTimeZone(timeZone)) throw damaged(value);
  if (kind === 'interval' && isPeriod(everyMs)) {
    return { kind, everyMs, anchorAt: readInstant(anchorAt, value), timeZone };
  }
  if (kind === 'cron' && typeof expression === 'string') return cronSchedule(expression, timeZone);
  if (kind === 'once') return { kind, at: readInstant(at, value), timeZone };
  throw damaged(value);
}

/**
 * Writes a schedule with its bounds as one short text, equal for equal schedules:
 * `kind|zone|start|end|…` with instants in base-36 milliseconds and nothing for an open end.
 */
export function encodePattern({ schedule, startAt, endAt }: BoundedSchedule): string {
  const head = [LETTERS[schedule.kind], schedule.timeZone, encodeInstant(startAt), encodeInstant(endAt)];
  return [...head, ...encodeTimes(schedule)].join(SEPARATOR);
}

const decoded = new BoundedCache<string, BoundedSchedule>(PATTERNS_KEPT);

/**
 * Reads what `encodePattern` wrote. Results are cached and shared: do not change the dates in them.
 *
 * @throws DomainError `SCHEDULE_INVALID` when the text is no encoded schedule.
 */
export function decodePattern(pattern: string): BoundedSchedule {
  const kept = decoded.get(pattern);
  if (kept !== undefined) return kept;
  const [letter, timeZone, start, end, ...times] = pattern.split(SEPARATOR);
  if (timeZone === undefined || !isTimeZone(timeZone) || start === undefined || end === undefined) {
    throw damaged(pattern);
  }
  const bounded: BoundedSchedule = {
    schedule: decodeTimes(pattern, letter, timeZone, times),
    startAt: start === '' ? null : decodeInstant(pattern, start),
    endAt: end === '' ? null : decodeInstant(pattern, end),
  };
  decoded.set(pattern, bounded);
  return bounded;
}

function encodeTimes(schedule: Schedule): string[] {
  switch (schedule.kind) {
    case 'interval':
      return [schedule.everyMs.toString(RADIX), encodeInstant(schedule.anchorAt)];
    case 'cron':
      return [schedule.expression];
    case 'once':
      return [encodeInstant(schedule.at)];
  }
}

function decodeTimes(
  pattern: string,
  letter: string | undefined,
  timeZone: string,
  [first, second, ...rest]: readonly string[],
): Schedule {
  if (first === undefined || rest.length > 0) throw damaged(pattern);
  if (letter === LETTERS.interval && second !== undefined) {
    const everyMs = decodeNumber(pattern, first);
    if (!isPeriod(everyMs)) throw damaged(pattern);
    return { kind: 'interval', everyMs, anchorAt: decodeInstant(pattern, second), timeZone };
  }
  if (second !== undefined) throw damaged(pattern);
  if (letter === LETTERS.cron) return cronSchedule(first, timeZone);
  if (letter === LETTERS.once) return { kind: 'once', at: decodeInstant(pattern, first), timeZone };
  throw damaged(pattern);
}

function cronSchedule(expression: string, timeZone: string): Schedule {
  wallPattern(expression);
  return { kind: 'cron', expression, timeZone };
}

function isPeriod(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0;
}

function readInstant(value: unknown, whole: unknown): Date {
  const instant = typeof value === 'string' ? new Date(value) : null;
  if (instant === null || Number.isNaN(instant.getTime())) throw damaged(whole);
  return instant;
}

function encodeInstant(instant: Date | null): string {
  return instant === null ? '' : instant.getTime().toString(RADIX);
}

function decodeInstant(pattern: string, text: string): Date {
  const instant = new Date(decodeNumber(pattern, text));
  if (Number.isNaN(instant.getTime())) throw damaged(pattern);
  return instant;
}

function decodeNumber(pattern: string, text: string): number {
  if (!WHOLE_NUMBER.test(text)) throw damaged(pattern);
  return Number.parseInt(text, RADIX);
}

function damaged(value: unknown): DomainError {
  const shown = ((JSON.stringify(value) as string | undefined) ?? String(value)).slice(0, 200);
  return new DomainError('SCHEDULE_INVALID', `Not a stored schedule: ${shown}`);
}
