/**
 * When a schedule is due, worked out a second time and in another way than the product does it: every second of the span is
 * asked whether the wall clock of the zone shows a time that the expression names. Slow, simple, and independent; for the
 * minutes that a run lasts. (The product's rule for times of day in a daylight-saving gap is not modelled: runs are short.)
 */
import type { Schedule, Version } from './evidence.js';

interface Span {
  /** Exclusive, epoch milliseconds. */
  readonly after: number;
  /** Inclusive. */
  readonly until: number;
}

/** Due instants of a version in a span, ascending. */
export function dueTimes(version: Version, span: Span): number[] {
  if (!version.isActive) return [];
  const after = Math.max(span.after, (version.startAt ?? -Infinity) - 0.001);
  const until = Math.min(span.until, version.endAt ?? Infinity);
  switch (version.schedule.kind) {
    case 'interval':
      return onGrid(version.schedule, { after, until });
    case 'once': {
      const at = Date.parse(version.schedule.at ?? '');
      return at > after && at <= until ? [at] : [];
    }
    case 'cron':
      return matchingSeconds(version.schedule, { after, until });
  }
}

/** All due instants of a job over its versions; the last one reaches to `takenAt`. */
export function dueOverVersions(versions: readonly Version[], takenAt: number): number[] {
  const ordered = [...versions].sort((one, other) => one.version - other.version);
  return ordered.flatMap((version, index) =>
    dueTimes(version, { after: version.validFrom, until: ordered[index + 1]?.validFrom ?? takenAt }),
  );
}

function onGrid({ everyMs = 0, anchorAt = '' }: Schedule, { after, until }: Span): number[] {
  const due: number[] = [];
  const anchor = Date.parse(anchorAt);
  for (let at = anchor + everyMs; at <= until; at += everyMs) if (at > after) due.push(at);
  return due;
}

function matchingSeconds({ expression = '', timeZone }: Schedule, { after, until }: Span): number[] {
  const matches = compile(expression);
  const wall = wallClock(timeZone);
  const due: number[] = [];
  for (let at = Math.floor(after / 1_000) * 1_000; at <= until; at += 1_000) {
    if (at > after && matches(wall(at))) due.push(at);
  }
  return due;
}

/** Second, minute, hour, day, month, weekday (Sunday is 0), year. */
type Wall = readonly [number, number, number, number, number, number, number];

function wallClock(timeZone: string): (at: number) => Wall {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
  });
  return (at) => {
    const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? Number.NaN;
    const weekday = new Date(Date.UTC(part('year'), part('month') - 1, part('day'))).getUTCDay();
    return [part('second'), part('minute'), part('hour'), part('day'), part('month'), weekday, part('year')];
  };
}

const RANGES = [[0, 59], [0, 59], [0, 23], [1, 31], [1, 12], [0, 7], [1970, 9999]] as const;
const NAMES = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

function compile(expression: string): (wall: Wall) => boolean {
  const given = expression.trim().split(/\s+/);
  const fields = given.length === 5 ? ['0', ...given, '*'] : given.length === 6 ? [...given, '*'] : given;
  const sets = RANGES.map(([low, high], index) => parseField(fields[index] ?? '*', low, high));
  const isOpen = (index: number): boolean => (fields[index] ?? '*').startsWith('*');
  return (wall) => {
    const hit = (index: number): boolean => sets[index]?.has(wall[index] ?? -1) === true;
    if (![0, 1, 2, 4, 6].every(hit)) return false;
    // Two restricted day fields mean either.
    return isOpen(3) || isOpen(5) ? hit(3) && hit(5) : hit(3) || hit(5);
  };
}

function parseField(text: string, low: number, high: number): Set<number> {
  const values = new Set<number>();
  for (const part of text.split(',')) {
    const [range = '*', step = '1'] = part.split('/');
    const [from, to] = bounds(range, { low, high, hasStep: part.includes('/') });
    for (let value = from; value <= to; value += Number(step)) values.add(high === 7 && value === 7 ? 0 : value);
  }
  return values;
}

function bounds(range: string, { low, high, hasStep }: { low: number; high: number; hasStep: boolean }): [number, number] {
  if (range === '*' || range === '?') return [low, high === 7 ? 6 : high];
  const [from = '', to] = range.split('-');
  const first = numberOf(from, high);
  if (to !== undefined) return [first, numberOf(to, high)];
  return [first, hasStep ? high : first];
}

function numberOf(text: string, high: number): number {
  const upper = text.toUpperCase();
  if (high === 12 && NAMES.includes(upper)) return NAMES.indexOf(upper) + 1;
  if (high === 7 && DAYS.includes(upper)) return DAYS.indexOf(upper);
  return Number(text);
}
