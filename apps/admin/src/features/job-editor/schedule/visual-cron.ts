/** Between what people point at (every Tuesday at nine) and the cron expression that is stored. Pure, and lossless where it answers. */

export interface VisualSchedule {
  readonly every: 'day' | 'week' | 'month';
  /** 0–23. */
  readonly hour: number;
  /** 0–59. */
  readonly minute: number;
  /** Of `week`: 0 is Sunday, as in cron. Ascending. */
  readonly weekdays: readonly number[];
  /** Of `month`: 1–31, ascending. */
  readonly days: readonly number[];
  /** Of `month`: the last day as well, whichever it is. */
  readonly hasLastDay: boolean;
}

export const FIRST_VISUAL: VisualSchedule = { every: 'day', hour: 9, minute: 0, weekdays: [1], days: [1], hasLastDay: false };

/** Five fields. Without a weekday or a day chosen there is none: null. */
export function cronOfVisual({ every, hour, minute, weekdays, days, hasLastDay }: VisualSchedule): string | null {
  const time = `${String(minute)} ${String(hour)}`;
  if (every === 'day') return `${time} * * *`;
  if (every === 'week') return weekdays.length === 0 ? null : `${time} * * ${ascending(weekdays).join(',')}`;
  const parts = [...ascending(days).map(String), ...(hasLastDay ? ['L'] : [])];
  return parts.length === 0 ? null : `${time} ${parts.join(',')} * *`;
}

export type VisualParse = { readonly ok: true; readonly visual: VisualSchedule } | { readonly ok: false; readonly why: string };

/** Reads an expression that one time of day on certain days can stand for; otherwise says what is in the way. */
export function visualOfCron(expression: string): VisualParse {
  const fields = fiveFields(expression.trim().toLowerCase());
  if (fields === null) return no('It has seconds or a year, or it is not complete.');
  const [minuteText, hourText, dayText, monthText, weekdayText] = fields;
  const minute = single(minuteText, 59);
  const hour = single(hourText, 23);
  if (minute === null || hour === null) return no('It does not fire at one time of the day.');
  if (!isAny(monthText)) return no('It is limited to certain months.');
  const base = { ...FIRST_VISUAL, minute, hour };
  if (isAny(dayText) && isAny(weekdayText)) return { ok: true, visual: { ...base, every: 'day' } };
  if (isAny(dayText)) {
    const weekdays = numbers(weekdayText, 0, 7, WEEKDAY_NAMES);
    if (weekdays === null) return no('Its weekdays are not a plain list.');
    return { ok: true, visual: { ...base, every: 'week', weekdays: ascending(weekdays.map((day) => day % 7)) } };
  }
  if (!isAny(weekdayText)) return no('It names days of the month and days of the week.');
  const items = dayText.split(',');
  const plain = items.filter((item) => item !== 'l');
  const days = plain.length === 0 ? [] : numbers(plain.join(','), 1, 31, []);
  if (days === null) return no('Its days of the month are not a plain list.');
  return { ok: true, visual: { ...base, every: 'month', days: ascending(days), hasLastDay: plain.length < items.length } };
}

const WEEKDAY_NAMES = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const MACROS: Readonly<Record<string, string>> = {
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
};

type FiveFields = [minute: string, hour: string, day: string, month: string, weekday: string];

/** Six fields with the seconds at 0, and seven with any year on top, mean the same as five. */
function fiveFields(text: string): FiveFields | null {
  const fields = (Object.hasOwn(MACROS, text) ? (MACROS[text] ?? text) : text).split(/\s+/);
  if (fields.length === 7 && isAny(fields[6] ?? '')) fields.pop();
  if (fields.length === 6 && single(fields[0] ?? '', 59) === 0) fields.shift();
  return fields.length === 5 ? (fields as FiveFields) : null;
}

function isAny(field: string): boolean {
  return field === '*' || field === '?';
}

function single(field: string, max: number): number | null {
  return /^\d{1,2}$/.test(field) && Number(field) <= max ? Number(field) : null;
}

/** `1,3-5` and names; null for anything with more in it. */
function numbers(field: string, min: number, max: number, names: readonly string[]): number[] | null {
  const found: number[] = [];
  for (const item of field.split(',')) {
    const ends = item.split('-').map((end) => (names.includes(end) ? names.indexOf(end) : single(end, max)));
    const [first, last = first] = ends;
    if (ends.length > 2 || first === null || first === undefined || last === null || last === undefined || first < min || last < first) return null;
    for (let value = first; value <= last; value += 1) found.push(value);
  }
  return found;
}

function ascending(values: readonly number[]): number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}

function no(why: string): VisualParse {
  return { ok: false, why };
}
