import { type CronField, parseCronField } from './cron-field.js';
import { wallPattern } from './cron-pattern.js';

export type { CronField } from './cron-field.js';

/** What became of an expression. `field` is null when the expression as a whole is at fault. */
export type CronParse =
  | { readonly ok: true; readonly expression: string }
  | { readonly ok: false; readonly field: CronField | null; readonly message: string };

/** Characters that an expression may have, before and after it is made canonical. */
export const LONGEST_EXPRESSION = 255;

const MACROS: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};

const FIVE: readonly CronField[] = ['minute', 'hour', 'day', 'month', 'day_of_week'];
const FIELDS: Readonly<Record<number, readonly CronField[]>> = {
  5: FIVE,
  6: ['second', ...FIVE],
  7: ['second', ...FIVE, 'year'],
};

const PRINTABLE = /^[\x20-\x7e\t]*$/;
const BLANKS = /[ \t]+/;
/** Zones differ by at most a day, so this much before now is in no zone's future, milliseconds. */
const ZONE_SLACK_MS = 86_400_000;

/**
 * Checks a cron expression and spells it canonically: single blanks, numbers for names, macros written out. The canonical
 * form parses to itself and is what gets stored.
 *
 * Five fields; six have the seconds first; seven have the seconds first and the year last; or `@yearly`, `@annually`,
 * `@monthly`, `@weekly`, `@daily`, `@midnight`, `@hourly`. Weekdays 0 and 7 are Sunday. When day of month and day of week
 * are both restricted (anything but `*` or `?`), a day matches if either does. A date that never comes is refused.
 * Never throws; costs a few milliseconds at worst, whatever the input.
 *
 * @param notBefore When given, an expression whose last time lies before it is refused too. Leave it out for stored ones.
 * @see rulings on dialect 002, "Schedules"
 */
export function parseCronExpression(text: string, notBefore: Date | null = null): CronParse {
  if (text.length > LONGEST_EXPRESSION) {
    return refuse(null, `is longer than ${String(LONGEST_EXPRESSION)} characters`);
  }
  if (!PRINTABLE.test(text)) return refuse(null, 'contains characters that no cron expression has');
  const trimmed = text.replace(/^[ \t]+|[ \t]+$/g, '');
  if (trimmed === '') return refuse(null, 'is empty');
  if (trimmed.startsWith('@')) return parseMacro(trimmed);
  return parseFields(trimmed.split(BLANKS), notBefore);
}

/**
 * Puts canonical fields together after the checks that concern them as a whole.
 *
 * @param fields Canonical text of each of the 5, 6 or 7 fields, in the order of the expression.
 */
export function assembleCronExpression(fields: readonly string[], notBefore: Date | null): CronParse {
  const expression = fields.join(' ');
  if (expression.length > LONGEST_EXPRESSION) {
    return refuse(null, `is longer than ${String(LONGEST_EXPRESSION)} characters`);
  }
  const pattern = wallPattern(expression);
  if (pattern.nextWall(-Infinity) === null) return refuse(null, 'never fires: no such date exists');
  if (notBefore !== null && pattern.nextWall(notBefore.getTime() - ZONE_SLACK_MS) === null) {
    return refuse('year', 'never fires: all its dates are in the past');
  }
  return { ok: true, expression };
}

function parseMacro(text: string): CronParse {
  const name = text.toLowerCase();
  const expression = Object.hasOwn(MACROS, name) ? MACROS[name] : undefined;
  if (expression !== undefined) return { ok: true, expression };
  return refuse(null, `is none of the macros ${Object.keys(MACROS).join(', ')}`);
}

function parseFields(texts: readonly string[], notBefore: Date | null): CronParse {
  const names = FIELDS[texts.length];
  if (names === undefined) return refuse(null, `has ${String(texts.length)} ${texts.length === 1 ? 'field' : 'fields'} instead of 5, 6 or 7`);
  const canonical: string[] = [];
  for (const [index, name] of names.entries()) {
    const field = parseCronField(name, texts[index] ?? '');
    if (!field.ok) return refuse(name, field.message);
    canonical.push(field.canonical);
  }
  return assembleCronExpression(canonical, notBefore);
}

function refuse(field: CronField | null, what: string): CronParse {
  const subject = field === null ? 'cron expression' : `${field.replaceAll('_', ' ')} field`;
  return { ok: false, field, message: `${subject} ${what}` };
}
