/**
 * Cron expressions as rows of wall times, without any zone.
 *
 * The library (croner) reads the expression and judges whether a given day matches: names, `L`, `W`, `#`, and the rule that
 * two restricted day fields mean either. Its *search* for the next match is not used, because version 11.0.0 misses
 * occurrences: it looks for a day among 31 in every month, so after the 25th of February `0 0 1,31 * *` goes to "the 31st of
 * February", lands on the 2nd of March and never sees the 1st. Searching is the easy part: the days of a month fit in one
 * integer, the times of a day are three short tables, and the answer is the next set bit.
 */
import { CronDate, CronPattern } from 'croner';
import { DomainError } from '#domain/errors.js';
import { BoundedCache } from './bounded-cache.js';

/** A cron expression without a time zone: an endless row of wall times (see `wall-time.ts`). */
export interface WallPattern {
  /**
   * True when the second, minute or hour field begins with `*`: the schedule means a cadence, not times of day, and keeps
   * it through changes of the clocks (Debian's cron).
   */
  readonly keepsCadence: boolean;
  /**
   * The first matching wall time strictly after `wallMs`, whole seconds in milliseconds, or null when there is none.
   * Nothing before 1970 is found.
   */
  nextWall(wallMs: number): number | null;
}

const PATTERNS_KEPT = 2_048;
/** Months kept per pattern; a walk through coming occurrences stays within a few. */
const MONTHS_KEPT = 32;
const DAY_SECONDS = 86_400;
const FIRST_YEAR = 1970;
/**
 * How far an open-ended search goes, years. The rarest dates are bound to the 29th of February being a certain weekday:
 * 28 years apart, 40 across a century without a leap day.
 */
const SEARCH_YEARS = 41;

const patterns = new BoundedCache<string, WallPattern>(PATTERNS_KEPT);

/**
 * Every year, shared. The library gives each pattern a table of 10,000 years (80 kB); nearly all have `*` there and can
 * point to one table instead, which makes it affordable to keep thousands of patterns parsed.
 */
const EVERY_YEAR = new CronPattern('* * * * *').year;

/**
 * Returns the parsed form of a canonical expression, from a bounded cache.
 *
 * @param expression As `parseCronExpression` returned it; nothing is validated here beyond the library's own checks.
 * @throws DomainError `SCHEDULE_INVALID` when the library refuses the expression (a damaged row).
 */
export function wallPattern(expression: string): WallPattern {
  const kept = patterns.get(expression);
  if (kept !== undefined) return kept;
  const pattern = compile(expression);
  patterns.set(expression, pattern);
  return pattern;
}

function compile(expression: string): WallPattern {
  const parsed = parse(expression);
  const times = new TimesOfDay(parsed);
  const days = new MatchingDays(parsed);
  return {
    keepsCadence: beginsWithStar(expression),
    nextWall(wallMs) {
      const from = Math.max(0, Math.floor(wallMs / 1_000) + 1);
      const today = Math.floor(from / DAY_SECONDS);
      const day = days.onOrAfter(today);
      if (day === null) return null;
      const time = times.atOrAfter(day === today ? from % DAY_SECONDS : 0);
      if (time !== null) return (day * DAY_SECONDS + time) * 1_000;
      const nextDay = days.onOrAfter(day + 1);
      return nextDay === null ? null : (nextDay * DAY_SECONDS + times.first) * 1_000;
    },
  };
}

function parse(expression: string): CronPattern {
  try {
    const pattern = new CronPattern(expression, undefined, { mode: 'auto' });
    if (pattern.starYear) pattern.year = EVERY_YEAR;
    return pattern;
  } catch (cause) {
    throw new DomainError('SCHEDULE_INVALID', `Invalid cron expression ${JSON.stringify(expression)}`, [], { cause });
  }
}

/** The time fields are the first two of five or the first three of six and seven. */
function beginsWithStar(expression: string): boolean {
  const fields = expression.split(' ');
  return fields.slice(0, fields.length === 5 ? 2 : 3).some((field) => field.startsWith('*'));
}

/** The times at which a pattern fires on each of its days, as seconds after midnight. */
class TimesOfDay {
  readonly first: number;

  constructor(private readonly pattern: CronPattern) {
    this.first = this.atOrAfter(0) ?? 0;
  }

  atOrAfter(secondOfDay: number): number | null {
    const fromHour = Math.floor(secondOfDay / 3_600);
    const fromMinute = Math.floor(secondOfDay / 60) % 60;
    const { second: seconds, minute: minutes, hour: hours } = this.pattern;
    const sameHour = hours[fromHour] === 1;
    if (sameHour && minutes[fromMinute] === 1) {
      const second = seconds.indexOf(1, secondOfDay % 60);
      if (second >= 0) return fromHour * 3_600 + fromMinute * 60 + second;
    }
    if (sameHour) {
      const minute = minutes.indexOf(1, fromMinute + 1);
      if (minute >= 0) return fromHour * 3_600 + minute * 60 + seconds.indexOf(1);
    }
    const hour = hours.indexOf(1, fromHour + 1);
    return hour < 0 ? null : hour * 3_600 + minutes.indexOf(1) * 60 + seconds.indexOf(1);
  }
}

/** The days on which a pattern fires. Days are numbered from the 1st of January 1970, months likewise. */
class MatchingDays {
  private readonly months = new BoundedCache<number, number>(MONTHS_KEPT);
  private readonly judge: CronPattern;
  /** The last year that the pattern names; null when it names none. */
  private readonly lastYear: number | null;

  constructor(pattern: CronPattern) {
    this.judge = Object.assign(Object.create(CronPattern.prototype) as CronPattern, pattern, EVERY_TIME);
    this.lastYear = pattern.starYear ? null : pattern.year.lastIndexOf(1);
  }

  onOrAfter(dayNumber: number): number | null {
    const date = new Date(dayNumber * DAY_SECONDS * 1_000);
    const firstYear = date.getUTCFullYear();
    const firstMonth = (firstYear - FIRST_YEAR) * 12 + date.getUTCMonth();
    const lastMonth = ((this.lastYear ?? firstYear + SEARCH_YEARS) - FIRST_YEAR) * 12 + 11;
    let passed = date.getUTCDate() - 1;
    for (let month = firstMonth; month <= lastMonth; month += 1, passed = 0) {
      const year = FIRST_YEAR + Math.floor(month / 12);
      if (this.judge.month[month % 12] !== 1 || this.judge.year[year] !== 1) continue;
      const left = this.daysOf(month) & (-1 << passed);
      if (left === 0) continue;
      const dayOfMonth = 32 - Math.clz32(left & -left);
      return Date.UTC(year, month % 12, dayOfMonth) / 1_000 / DAY_SECONDS;
    }
    return null;
  }

  /** The matching days of a month: bit 0 is the 1st. */
  private daysOf(month: number): number {
    const known = this.months.get(month);
    if (known !== undefined) return known;
    let days = 0;
    const firstMs = Date.UTC(FIRST_YEAR, month, 1);
    const length = new Date(Date.UTC(FIRST_YEAR, month + 1, 0)).getUTCDate();
    for (let index = 0; index < length; index += 1) {
      const date = new CronDate(new Date(firstMs + index * DAY_SECONDS * 1_000), 0);
      if (date.match(this.judge, DAY_RULE)) days |= 1 << index;
    }
    this.months.set(month, days);
    return days;
  }
}

/** Time tables that let midnight through, so that only the date of a pattern is judged. */
const { second, minute, hour } = new CronPattern('* * * * * *');
const EVERY_TIME = { second, minute, hour };

/** Two restricted day fields mean either. */
const DAY_RULE = { domAndDow: false, legacyMode: true };
