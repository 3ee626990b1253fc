import type { Violation } from '#domain/errors.js';
import { type Checked, type ConfigInput, memberOf, timeZoneOf, valid, violated, violation } from './config-input.js';
import { assembleCronExpression, type CronParse, parseCronExpression } from './cron-expression.js';
import { type CronField, minimumOf, parseCronField } from './cron-field.js';
import type { CronSchedule } from './schedule.js';

/** Fields from finest to coarsest. The two kinds of day are equally fine: neither says anything about the other. */
const FINENESS: Readonly<Record<CronField, number>> = {
  second: 0,
  minute: 1,
  hour: 2,
  day: 3,
  day_of_week: 3,
  month: 4,
  year: 5,
};
const FIELDS = Object.keys(FINENESS) as readonly CronField[];

const SPELLINGS: Readonly<Record<CronField, readonly string[]>> = {
  second: ['second'],
  minute: ['minute'],
  hour: ['hour'],
  day: ['day'],
  month: ['month'],
  day_of_week: ['day_of_week', 'dayOfWeek'],
  year: ['year'],
};

/** Understood elsewhere but not here; ignoring it would fire at times that nobody asked for. */
const UNSUPPORTED = 'week';

interface GivenField {
  readonly name: string;
  readonly canonical: string;
}
type GivenFields = Partial<Record<CronField, GivenField>>;

/**
 * Reads the native API's cron configuration: `{second, minute, hour, day, month, day_of_week, year, timezone}` with texts
 * or integers, or `{expression, timezone}`.
 *
 * A field left out is `*` when it is coarser than the finest one given and its minimum when it is finer: `{"hour": "9"}`
 * fires once a day, `{"month": 1}` on the 1st of January at midnight. Of `day` and `day_of_week` the one left out is `*`
 * when the other is given. Unknown members are ignored, but something must be known.
 *
 * @param notBefore An instant; schedules whose last time lies before it are refused.
 * @returns All violations with the member's name as it was spelled in the input.
 * @see rulings on dialect 001, "Job types"
 */
export function parseCronConfig(input: ConfigInput, defaultTimeZone: string, notBefore: Date): Checked<CronSchedule> {
  const timeZone = timeZoneOf(input, defaultTimeZone);
  const expression = cronExpressionOf(input, notBefore);
  if (timeZone.ok && expression.ok) {
    return valid({ kind: 'cron', expression: expression.value, timeZone: timeZone.value });
  }
  const violations = [expression, timeZone].flatMap((checked) => (checked.ok ? [] : checked.violations));
  return { ok: false, violations };
}

function cronExpressionOf(input: ConfigInput, notBefore: Date): Checked<string> {
  const expression = memberOf(input, ['expression']);
  const given = givenFields(input);
  if (expression === null) return given.ok ? fromFields(given.value, notBefore) : given;
  if (!given.ok || Object.keys(given.value).length > 0) {
    return violated('expression', 'cannot be combined with single fields: give one or the other');
  }
  if (typeof expression.value !== 'string') return violated('expression', 'str type expected', 'type_error.str');
  return fromParse(parseCronExpression(expression.value, notBefore), 'expression');
}

function givenFields(input: ConfigInput): Checked<GivenFields> {
  const given: GivenFields = {};
  const violations: Violation[] = [];
  if (memberOf(input, [UNSUPPORTED]) !== null) {
    violations.push(violation(UNSUPPORTED, 'weeks of the year are not supported: use day or day_of_week'));
  }
  for (const field of FIELDS) {
    const member = memberOf(input, SPELLINGS[field]);
    if (member === null) continue;
    const text = fieldText(member.value);
    const parsed = text === null ? null : parseCronField(field, text);
    if (parsed === null) violations.push(violation(member.name, 'str or int type expected', 'type_error'));
    else if (!parsed.ok) violations.push(violation(member.name, `${member.name} field ${parsed.message}`));
    else given[field] = { name: member.name, canonical: parsed.canonical };
  }
  return violations.length > 0 ? { ok: false, violations } : valid(given);
}

/** Blanks around a text are forgiven; a number must be whole. Null for anything else. */
function fieldText(value: unknown): string | null {
  if (typeof value === 'string') return value.length > 255 ? value : value.trim();
  return Number.isSafeInteger(value) ? String(value) : null;
}

function fromFields(given: GivenFields, notBefore: Date): Checked<string> {
  const finest = FIELDS.find((field) => given[field] !== undefined);
  if (finest === undefined) {
    return violated(null, `needs at least one of ${FIELDS.join(', ')} or an expression`);
  }
  const text = (field: CronField): string => given[field]?.canonical ?? defaultFor(field, finest);
  const second = text('second');
  const year = text('year');
  const fields = (['minute', 'hour', 'day', 'month', 'day_of_week'] as const).map(text);
  if (second !== '0' || year !== '*') fields.unshift(second);
  if (year !== '*') fields.push(year);
  const parse = assembleCronExpression(fields, notBefore);
  const blamed = parse.ok || parse.field === null ? null : given[parse.field];
  return fromParse(parse, blamed?.name ?? given[finest]?.name ?? finest);
}

/** `finest` is the finest field that was given. A weekday left out never narrows anything. */
function defaultFor(field: CronField, finest: CronField): string {
  const isFiner = FINENESS[field] < FINENESS[finest];
  return isFiner && field !== 'day_of_week' ? minimumOf(field) : '*';
}

function fromParse(parse: CronParse, member: string): Checked<string> {
  return parse.ok ? valid(parse.expression) : violated(member, parse.message);
}
