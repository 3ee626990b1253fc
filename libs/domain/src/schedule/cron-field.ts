/**
 * One field of a cron expression: what may stand in it, and its canonical spelling. Strict on purpose, and in front of the
 * library: libraries guess (an empty string as every minute, `H` as a random number), and what they accept changes.
 *
 * Grammar of an item (items are separated by commas, letters in any case):
 * a star with or without a step, `a`, `a-b`, `a-b/n`, `a/n` (from a to the field's end); in days of the month also `L`, `nW`
 * and, alone, `LW`; in days of the week also `aL` (the last one of the month) and `a#n` (the n-th one).
 */

/** Names of the fields, those of the native API's schedule objects. */
export type CronField = 'second' | 'minute' | 'hour' | 'day' | 'month' | 'day_of_week' | 'year';

export type CronFieldParse =
  { readonly ok: true; readonly canonical: string } | { readonly ok: false; readonly message: string };

interface FieldSpec {
  readonly min: number;
  readonly max: number;
  /** Greatest value that stands for something of its own: 6 for weekdays, where 7 is 0 again. */
  readonly last: number;
  readonly names: readonly string[];
  /** Value of the first name. */
  readonly firstName: number;
}

/** The latest year that a schedule may name. */
export const LATEST_YEAR = 2099;

const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const numbers = (min: number, max: number): FieldSpec => ({ min, max, last: max, names: [], firstName: 0 });

const SPECS: Record<CronField, FieldSpec> = {
  second: numbers(0, 59),
  minute: numbers(0, 59),
  hour: numbers(0, 23),
  day: numbers(1, 31),
  month: { ...numbers(1, 12), names: MONTHS, firstName: 1 },
  day_of_week: { min: 0, max: 7, last: 6, names: WEEKDAYS, firstName: 0 },
  year: numbers(1970, LATEST_YEAR),
};

const RANGE = /^([a-z0-9]+)(?:-([a-z0-9]+))?(?:\/([0-9]{1,4}))?$/;
const STAR = /^\*(?:\/([0-9]{1,4}))?$/;
const NEAREST_WEEKDAY = /^([0-9]{1,2})w$/;
const LAST_OR_NTH = /^([a-z0-9]+?)(?:l|#([0-9]))$/;
const VALUE = /^[0-9]{1,4}$/;

/** A refusal on its way from an item to the field's result; never leaves this file. */
class Refusal extends Error {}

/**
 * Checks one field and spells it canonically: names and weekday 7 become numbers, `?` becomes `*`, open steps get an end.
 *
 * @param text The field without blanks around it.
 */
export function parseCronField(field: CronField, text: string): CronFieldParse {
  try {
    return { ok: true, canonical: canonicalField(field, text.toLowerCase()) };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, message: error.message };
    throw error;
  }
}

/** The smallest value of a field, as text. */
export function minimumOf(field: CronField): string {
  return String(SPECS[field].min);
}

function canonicalField(field: CronField, text: string): string {
  if (text === '') throw new Refusal('is empty');
  if (text === '?' && isDayField(field)) return '*';
  if (text === 'lw' && field === 'day') return 'LW';
  const items = text.split(',').map((item) => canonicalItem(field, item));
  return items.includes('*') ? '*' : items.join(',');
}

function isDayField(field: CronField): boolean {
  return field === 'day' || field === 'day_of_week';
}

function canonicalItem(field: CronField, item: string): string {
  if (item === '') throw new Refusal('has an empty item in its list');
  const star = STAR.exec(item);
  if (star !== null) return canonicalStar(field, star[1]);
  if (field === 'day') {
    if (item === 'l') return 'L';
    const nearest = NEAREST_WEEKDAY.exec(item);
    if (nearest !== null) return `${String(valueOf(field, nearest[1] ?? ''))}W`;
  }
  if (field === 'day_of_week') {
    const special = LAST_OR_NTH.exec(item);
    if (special !== null) return canonicalSpecialWeekday(special[1] ?? '', special[2]);
  }
  const range = RANGE.exec(item);
  if (range === null) throw new Refusal(hintFor(item));
  return canonicalRange(field, item, range[1] ?? '', range[2], range[3]);
}

/** Steps over all years count from 1970, so that they do not depend on how a library numbers years. */
function canonicalStar(field: CronField, step: string | undefined): string {
  const every = stepOf(field, step);
  if (every === 1) return '*';
  return field === 'year' ? `${rangeText(SPECS.year.min, LATEST_YEAR)}/${String(every)}` : `*/${String(every)}`;
}

function canonicalSpecialWeekday(weekday: string, nth: string | undefined): string {
  const day = String(valueOf('day_of_week', weekday) % 7);
  if (nth === undefined) return `${day}L`;
  if (nth < '1' || nth > '5') throw new Refusal(`has #${nth}, but a weekday comes at most 5 times a month`);
  return `${day}#${nth}`;
}

function canonicalRange(
  field: CronField,
  item: string,
  fromText: string,
  toText: string | undefined,
  stepText: string | undefined,
): string {
  const spec = SPECS[field];
  const from = valueOf(field, fromText);
  const every = stepOf(field, stepText);
  if (toText === undefined) {
    const first = field === 'day_of_week' ? from % 7 : from;
    return stepText === undefined ? String(first) : withStep(rangeText(first, spec.last), every);
  }
  const to = endOfRange(field, from, toText);
  if (to < from) throw new Refusal(`has the inverted range ${quoted(item)}`);
  if (from === 7 && field === 'day_of_week') return '0';
  return withStep(rangeText(from, to), every);
}

/** `sun` ends a range as 7, so that `fri-sun` is a weekend and not an inverted range. */
function endOfRange(field: CronField, from: number, text: string): number {
  const to = valueOf(field, text);
  return field === 'day_of_week' && text === 'sun' && from > 0 ? 7 : to;
}

function rangeText(from: number, to: number): string {
  return from === to ? String(from) : `${String(from)}-${String(to)}`;
}

function withStep(range: string, every: number): string {
  return every === 1 || !range.includes('-') ? range : `${range}/${String(every)}`;
}

function valueOf(field: CronField, text: string): number {
  const { min, max, names, firstName } = SPECS[field];
  const named = names.indexOf(text);
  if (named >= 0) return named + firstName;
  if (!VALUE.test(text)) throw new Refusal(hintFor(text));
  const value = Number(text);
  if (value < min || value > max) throw new Refusal(`has ${text}, which is out of ${String(min)}-${String(max)}`);
  return value;
}

function stepOf(field: CronField, text: string | undefined): number {
  if (text === undefined) return 1;
  const { min, last } = SPECS[field];
  const step = Number(text);
  const size = last - min + 1;
  if (step < 1 || step > size) throw new Refusal(`has the step ${text}, which is out of 1-${String(size)}`);
  return step;
}

function hintFor(item: string): string {
  if (item.startsWith('h')) return 'has H (a hashed value), which is not supported: name the value';
  return `has ${quoted(item)}, which is not understood here`;
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 24 ? `${text.slice(0, 24)}…` : text);
}
