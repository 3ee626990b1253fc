/**
 * Cron in time zones against an independent model: a daemon that looks at its clock every minute (or second), knows the time
 * only from Intl, matches fields with its own few lines, and follows the rule of Debian's cron literally. It shares no code
 * with what it judges.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextOccurrence, occurrencesBetween } from './next-occurrence.js';
import type { BoundedSchedule } from './schedule.js';

fc.configureGlobal({ seed: 20270328 });

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

// ── the model ──────────────────────────────────────────────────────────────────────────────────────────────────────────

const formatters = new Map<string, Intl.DateTimeFormat>();

function wallOf(zone: string, instant: number): number {
  let formatter = formatters.get(zone);
  if (formatter === undefined) {
    const numeric = 'numeric';
    formatter = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      hourCycle: 'h23',
      year: numeric,
      month: numeric,
      day: numeric,
      hour: numeric,
      minute: numeric,
      second: numeric,
    });
    formatters.set(zone, formatter);
  }
  const parts = formatter.format(instant).split(/\D+/).map(Number);
  return Date.UTC(parts[0] ?? 0, (parts[1] ?? 0) - 1, parts[2] ?? 0, parts[3] ?? 0, parts[4] ?? 0, parts[5] ?? 0);
}

function numbersOf(text: string, min: number, max: number): Set<number> {
  const found = new Set<number>();
  for (const item of text.split(',')) {
    const [range = '', step = '1'] = item.split('/');
    const [from = '', to = from] = range === '*' ? [String(min), String(max)] : range.split('-');
    for (let value = Number(from); value <= Number(to); value += Number(step)) found.add(value);
  }
  return found;
}

function dayOfMonthMatches(text: string, date: Date): boolean {
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth();
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const workdays = Array.from({ length: lastDay }, (_, index) => index + 1).filter(
    (day) => ![0, 6].includes(new Date(Date.UTC(year, month, day)).getUTCDay()),
  );
  return text.split(',').some((item) => {
    if (item === 'L') return date.getUTCDate() === lastDay;
    if (item === 'LW') return date.getUTCDate() === workdays.at(-1);
    if (!item.endsWith('W')) return numbersOf(item, 1, 31).has(date.getUTCDate());
    const wanted = Number(item.slice(0, -1));
    if (wanted > lastDay) return false;
    const nearest = [...workdays].sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted))[0];
    return date.getUTCDate() === nearest;
  });
}

function dayOfWeekMatches(text: string, date: Date): boolean {
  const day = date.getUTCDate();
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  return text.split(',').some((item) => {
    if (item.endsWith('L')) return Number(item[0]) === date.getUTCDay() && day + 7 > lastDay;
    if (item.includes('#')) return Number(item[0]) === date.getUTCDay() && Math.ceil(day / 7) === Number(item[2]);
    const days = numbersOf(item, 0, 6);
    return days.has(date.getUTCDay()) || (days.has(7) && date.getUTCDay() === 0);
  });
}

function dateMatches(day: string, month: string, weekday: string, date: Date): boolean {
  if (!numbersOf(month, 1, 12).has(date.getUTCMonth() + 1)) return false;
  if (day !== '*' && weekday !== '*') return dayOfMonthMatches(day, date) || dayOfWeekMatches(weekday, date);
  return dayOfMonthMatches(day, date) && dayOfWeekMatches(weekday, date);
}

/** Matcher of wall times, with the days remembered. */
function matcherOf(expression: string): { matches: (wall: number) => boolean; isCadence: boolean } {
  const fields = expression.split(' ');
  if (fields.length === 5) fields.unshift('0');
  const [second = '', minute = '', hour = '', day = '', month = '', weekday = ''] = fields;
  const [seconds, minutes, hours] = [numbersOf(second, 0, 59), numbersOf(minute, 0, 59), numbersOf(hour, 0, 23)];
  const days = new Map<number, boolean>();
  const matches = (wall: number): boolean => {
    const inDay = Math.floor(wall / 1000) - Math.floor(wall / DAY) * 86_400;
    if (!seconds.has(inDay % 60) || !minutes.has(Math.floor(inDay / 60) % 60) || !hours.has(Math.floor(inDay / 3600)))
      return false;
    const key = Math.floor(wall / DAY);
    let answer = days.get(key);
    if (answer === undefined) days.set(key, (answer = dateMatches(day, month, weekday, new Date(key * DAY))));
    return answer;
  };
  return { matches, isCadence: [second, minute, hour].some((field) => field.startsWith('*')) };
}

/** What the clocks of a zone show from `start` on, one reading a step. */
interface Watch {
  readonly zone: string;
  readonly start: number;
  readonly step: number;
  readonly walls: readonly number[];
  /** Readings at the beginning that only show the daemon what has been before. */
  readonly warmUp: number;
}

function watch(zone: string, from: number, to: number, step: number, warmUpMs: number): Watch {
  const start = from - warmUpMs;
  const walls: number[] = [];
  for (let instant = start; instant <= to; instant += step) walls.push(wallOf(zone, instant));
  return { zone, start, step, walls, warmUp: warmUpMs / step };
}

/** All fires in the watched span: cadences look at the clock, times of day at what it has newly passed. */
function modelFires(expression: string, { start, step, walls, warmUp }: Watch): number[] {
  const { matches, isCadence } = matcherOf(expression);
  const fires: number[] = [];
  let latest = (walls[0] ?? 0) - step;
  walls.forEach((wall, index) => {
    let fired = false;
    if (isCadence) fired = matches(wall);
    else for (let passed = latest + step; passed <= wall; passed += step) fired = matches(passed) || fired;
    latest = Math.max(latest, wall);
    if (fired && index >= warmUp) fires.push(start + index * step);
  });
  return fires;
}

/** Changes of the clocks in a year, to the hour's minute, found by looking at the offset every hour. */
function transitionsOf(zone: string, year: number): number[] {
  const found: number[] = [];
  const offset = (instant: number): number => wallOf(zone, instant) - instant;
  for (let instant = Date.UTC(year, 0, 1); instant < Date.UTC(year + 1, 0, 1); instant += HOUR) {
    if (offset(instant) !== offset(instant + HOUR)) found.push(instant + HOUR);
  }
  return found;
}

// ── what is compared ───────────────────────────────────────────────────────────────────────────────────────────────────

const ZONES: readonly (readonly [zone: string, year: number])[] = [
  ['Europe/Berlin', 2027],
  ['Europe/London', 1995],
  ['Europe/Dublin', 2031],
  ['Europe/Lisbon', 1996],
  ['Europe/Moscow', 2014],
  ['America/New_York', 2026],
  ['America/Los_Angeles', 2045],
  ['America/Santiago', 2026],
  ['America/Sao_Paulo', 2018],
  ['America/St_Johns', 2000],
  ['America/St_Johns', 1988],
  ['America/Havana', 2026],
  ['America/Boa_Vista', 2000],
  ['America/Asuncion', 2023],
  ['America/Caracas', 2007],
  ['Asia/Beirut', 2026],
  ['Asia/Tehran', 2021],
  ['Asia/Gaza', 2040],
  ['Asia/Pyongyang', 2015],
  ['Asia/Kathmandu', 1986],
  ['Africa/Cairo', 2026],
  ['Africa/Casablanca', 2026],
  ['Australia/Lord_Howe', 2027],
  ['Australia/Adelaide', 2026],
  ['Pacific/Apia', 2011],
  ['Pacific/Chatham', 2026],
  ['Pacific/Kwajalein', 1993],
  ['Antarctica/Troll', 2026],
  ['Atlantic/Azores', 1993],
  ['Asia/Tokyo', 2026],
  ['UTC', 2026],
];

const watches = ZONES.flatMap(([zone, year]) => {
  const transitions = transitionsOf(zone, year);
  const centres = transitions.length === 0 ? [Date.UTC(year, 1, 28, 12)] : transitions.slice(0, 3);
  return centres.map((centre) => watch(zone, centre - 30 * HOUR, centre + 50 * HOUR, MINUTE, 26 * HOUR));
});

const cron = (expression: string, timeZone: string): BoundedSchedule => ({
  schedule: { kind: 'cron', expression, timeZone },
  startAt: null,
  endAt: null,
});

function field(min: number, max: number): fc.Arbitrary<string> {
  const value = fc.integer({ min, max });
  const range = fc.tuple(value, value).map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`);
  const step = fc.integer({ min: 2, max: Math.floor((max - min + 1) / 2) });
  const item = fc.oneof(
    value.map(String),
    range,
    fc.tuple(range, step).map(([r, s]) => `${r}/${s}`),
  );
  return fc.oneof(
    value.map(String),
    fc.constant('*'),
    step.map((s) => `*/${s}`),
    fc.array(item, { minLength: 1, maxLength: 3 }).map((items) => items.join(',')),
  );
}

const smallHours = fc.oneof(fc.constantFrom('0', '1', '2', '3', '23', '0-3', '1,2,3', '0,2,23'), field(0, 23));
const dayOfMonth = fc.oneof(
  fc.constant('*'),
  field(1, 31),
  fc.constantFrom('L', 'LW', '1W', '15W', '31W', 'L,15', '1W,15W'),
);
const weekday = fc.oneof(
  fc.constant('*'),
  field(0, 6),
  fc.constantFrom('1-5', '5-7', '0L', '5L', '1#1', '0#5', '1#1,5L', '2#2,2#4'),
);
const anyDate = fc.tuple(dayOfMonth, field(1, 12), weekday).map((fields) => fields.join(' '));
const timeInMinutes = fc.tuple(field(0, 59), smallHours).map((fields) => fields.join(' '));
const expressions = fc
  .tuple(timeInMinutes, fc.oneof({ arbitrary: fc.constant('* * *'), weight: 4 }, { arbitrary: anyDate, weight: 1 }))
  .map((parts) => parts.join(' '));

function firesBySteps(bounded: BoundedSchedule, after: number, until: number): number[] {
  const fires: number[] = [];
  for (let next = nextOccurrence(bounded, new Date(after)); next !== null && next.getTime() <= until;) {
    fires.push(next.getTime());
    next = nextOccurrence(bounded, next);
  }
  return fires;
}

describe('cron in time zones, against a daemon that watches the clock', () => {
  it(`agrees with the model around ${String(watches.length)} changes of the clocks in ${String(new Set(ZONES.map(([zone]) => zone)).size)} zones`, () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...watches.keys()),
        expressions,
        fc.integer({ min: 0, max: 80 * 60 }),
        (index, expression, minutes) => {
          const span = watches[index] as Watch;
          const bounded = cron(expression, span.zone);
          const from = span.start + span.warmUp * span.step - 1;
          const until = span.start + (span.walls.length - 1) * span.step;
          const expected = modelFires(expression, span);
          expect(firesBySteps(bounded, from, until), `${expression} in ${span.zone}`).toEqual(expected);
          const after = from + minutes * MINUTE + 1;
          const next = nextOccurrence(bounded, new Date(after));
          expect(next !== null && next.getTime() <= until ? next.getTime() : undefined).toBe(
            expected.find((fire) => fire > after),
          );
        },
      ),
      { numRuns: 2_500 },
    );
  }, 30_000);

  it('agrees with the model to the second, odd offsets included', () => {
    const spans = [
      ...(['Europe/Berlin', 'Australia/Lord_Howe', 'America/Santiago'] as const).flatMap((zone) =>
        transitionsOf(zone, 2027)
          .slice(0, 2)
          .map((at) => watch(zone, at - HOUR, at + 2 * HOUR, 1_000, 2 * HOUR)),
      ),
      watch('Africa/Monrovia', Date.UTC(1972, 0, 7), Date.UTC(1972, 0, 7, 2), 1_000, HOUR),
    ];
    const withSeconds = fc.tuple(field(0, 59), field(0, 59), smallHours).map((time) => `${time.join(' ')} * * *`);
    fc.assert(
      fc.property(fc.constantFrom(...spans.keys()), withSeconds, (index, expression) => {
        const span = spans[index] as Watch;
        const from = span.start + span.warmUp * span.step;
        const until = span.start + (span.walls.length - 1) * span.step;
        const expected = modelFires(expression, span).slice(0, 300);
        const actual = occurrencesBetween(cron(expression, span.zone), new Date(from - 1), new Date(until), 300);
        expect(actual.occurrences.map(Number), `${expression} in ${span.zone}`).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  }, 30_000);

  it('agrees with the model on which days match, over nine years', () => {
    const from = Date.UTC(2024, 0, 1);
    const days = Array.from({ length: 9 * 365 }, (_, index) => from + index * DAY);
    fc.assert(
      fc.property(anyDate, (date) => {
        const { matches } = matcherOf(`0 0 ${date}`);
        const expected: number[] = [];
        for (const day of days) if (expected.length < 40 && matches(day)) expected.push(day);
        const until = expected.length === 40 ? (expected.at(-1) ?? 0) : (days.at(-1) ?? 0);
        expect(firesBySteps(cron(`0 0 ${date}`, 'UTC'), from - 1, until), date).toEqual(expected);
      }),
      { numRuns: 400 },
    );
  }, 30_000);
});

const anySchedule = fc
  .tuple(expressions, fc.constantFrom(...new Set(ZONES.map(([zone]) => zone))))
  .map(([e, z]) => cron(e, z));
const anyInstant = fc.integer({ min: Date.UTC(1975, 0, 1), max: Date.UTC(2060, 0, 1) });

describe('every schedule', () => {
  it('moves strictly forward and answers the same question the same way', () => {
    fc.assert(
      fc.property(anySchedule, anyInstant, (bounded, after) => {
        const first = nextOccurrence(bounded, new Date(after));
        expect(nextOccurrence(bounded, new Date(after))).toEqual(first);
        if (first === null) return;
        expect(first.getTime()).toBeGreaterThan(after);
        expect(nextOccurrence(bounded, new Date(first.getTime() - 1))).toEqual(first);
        expect(nextOccurrence(bounded, first)?.getTime() ?? Infinity).toBeGreaterThan(first.getTime());
      }),
      { numRuns: 1_500 },
    );
  });

  it('lists a span exactly as its single steps do, within the bounds', () => {
    const span = fc.record({ hours: fc.integer({ min: 0, max: 96 }), limit: fc.integer({ min: 0, max: 20 }) });
    const bounds = fc.tuple(fc.integer({ min: 0, max: 48 }), fc.integer({ min: 24, max: 96 }));
    fc.assert(
      fc.property(anySchedule, anyInstant, span, bounds, (open, after, { hours, limit }, [start, end]) => {
        const startAt = new Date(after + start * HOUR);
        const endAt = new Date(after + end * HOUR);
        const bounded = { ...open, startAt, endAt };
        const until = after + hours * HOUR;
        const lower = Math.max(after, startAt.getTime() - 1);
        const expected = firesBySteps(open, lower, Math.min(until, endAt.getTime()));
        const actual = occurrencesBetween(bounded, new Date(after), new Date(until), limit);
        expect(actual.occurrences.map(Number)).toEqual(expected.slice(0, limit));
        expect(actual.truncated).toBe(expected.length > limit);
      }),
      { numRuns: 500 },
    );
  });

  it('puts intervals on the grid that naive addition finds', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 90_000 }),
        anyInstant,
        fc.integer({ min: -50, max: 400 }),
        fc.nat(999),
        (seconds, anchor, periods, ms) => {
          const everyMs = seconds * 1_000;
          const after = anchor + periods * everyMs + ms;
          let expected = anchor + everyMs;
          while (expected <= after) expected += everyMs;
          const schedule = { kind: 'interval', everyMs, anchorAt: new Date(anchor), timeZone: 'UTC' } as const;
          expect(nextOccurrence({ schedule, startAt: null, endAt: null }, new Date(after))?.getTime()).toBe(expected);
        },
      ),
      { numRuns: 500 },
    );
  });
});
