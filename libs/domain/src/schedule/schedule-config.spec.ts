import { describe, expect, it } from 'vitest';
import { describeSchedule } from './describe-schedule.js';
import { parseScheduleConfig } from './schedule-config.js';
import type { Schedule } from './schedule.js';

const now = new Date('2026-06-15T10:20:30.456Z');
const context = { now, defaultTimeZone: 'UTC' };

function parse(kind: Schedule['kind'], config: unknown): Schedule {
  const parsed = parseScheduleConfig(kind, config, context);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.violations));
  return parsed.schedule;
}

/** Where and of which kind the violations are. */
function complaints(kind: Schedule['kind'], config: unknown): string[] {
  const parsed = parseScheduleConfig(kind, config, context);
  return parsed.ok
    ? ['none']
    : parsed.violations.map(({ path, kind: type }) => [...path, type ?? 'value_error'].join(' '));
}

describe('interval configurations', () => {
  it.each([
    [{ hours: 0, minutes: 0, seconds: 30 }, 30_000, 'Every 30 seconds'],
    [{ hours: 0, minutes: 5, seconds: 0 }, 300_000, 'Every 5 minutes'],
    [{ hours: 2, minutes: 0, seconds: 0 }, 7_200_000, 'Every 2 hours'],
    [{ hours: 24, minutes: 0, seconds: 0 }, 86_400_000, 'Every day'],
    [{ weeks: 1, days: 1, minutes: 90 }, 696_600_000, 'Every 1 week, 1 day, 1 hour and 30 minutes'],
    [{ seconds: 1, hours: null, nonsense: true }, 1_000, 'Every second'],
  ])('%j', (config, everyMs, words) => {
    const schedule = parse('interval', config);
    expect(schedule).toEqual({
      kind: 'interval',
      everyMs,
      anchorAt: new Date('2026-06-15T10:20:30Z'),
      timeZone: 'UTC',
    });
    expect(describeSchedule(schedule)).toBe(words);
  });

  it.each([
    [{}, ['hours value_error']],
    [{ hours: 0, minutes: 0, seconds: 0 }, ['hours value_error']],
    [{ hours: 1e12 }, ['hours value_error']],
    [
      { hours: '1', minutes: 1.5, seconds: true },
      ['hours type_error.integer', 'minutes type_error.integer', 'seconds type_error.integer'],
    ],
    [{ hours: Number.NaN }, ['hours type_error.integer']],
    [{ seconds: -5 }, ['seconds value_error.number.not_ge']],
    [{ hours: 1, timezone: '+02:00' }, ['timezone value_error']],
    [null, ['type_error.dict']],
    [[1], ['type_error.dict']],
    ['hours', ['type_error.dict']],
  ])('refuses %j', (config, expected) => {
    expect(complaints('interval', config)).toEqual(expected);
  });
});

describe('cron configurations', () => {
  it.each([
    [{ hour: '0', minute: '0' }, '0 0 * * *'],
    [{ hour: '9', minute: '0' }, '0 9 * * *'],
    [{ hour: '*', minute: '30' }, '30 * * * *'],
    [{ hour: '8', minute: '0', day_of_week: 'mon' }, '0 8 * * 1'],
    [{ hour: '0', minute: '0', day: '1' }, '0 0 1 * *'],
    [{ hour: '9' }, '0 9 * * *'],
    [{ hour: 9 }, '0 9 * * *'],
    [{ second: '*/10' }, '*/10 * * * * *'],
    [{ second: 0 }, '* * * * *'],
    [{ minute: '*/5' }, '*/5 * * * *'],
    [{ day_of_week: 'mon' }, '0 0 * * 1'],
    [{ dayOfWeek: 'sat,sun' }, '0 0 * * 6,0'],
    [{ day: 15 }, '0 0 15 * *'],
    [{ month: '1' }, '0 0 1 1 *'],
    [{ year: 2030 }, '0 0 0 1 1 * 2030'],
    [{ month: '1', day_of_week: 1 }, '0 0 * 1 1'],
    [{ year: '2030', hour: '9' }, '0 0 9 * * * 2030'],
    [{ expression: '*/5 * * * *' }, '*/5 * * * *'],
    [{ expression: '@hourly', something: 1 }, '0 * * * *'],
  ])('%j is %s', (config, expression) => {
    expect(parse('cron', config)).toEqual({ kind: 'cron', expression, timeZone: 'UTC' });
  });

  it('takes the configuration’s own zone in its usual spelling', () => {
    expect(parse('cron', { expression: '*/5 * * * *', timezone: 'europe/berlin' }).timeZone).toBe('Europe/Berlin');
  });

  it.each([
    [{}, ['value_error']],
    [{ hours: 5 }, ['value_error']],
    [{ hour: '' }, ['hour value_error']],
    [{ hour: 24, minute: -1 }, ['minute value_error', 'hour value_error']],
    [{ hour: 1.5, minute: true }, ['minute type_error', 'hour type_error']],
    [{ dayOfWeek: 'funday' }, ['dayOfWeek value_error']],
    [{ week: '1', hour: '1' }, ['week value_error']],
    [{ day: '30', month: '2' }, ['day value_error']],
    [{ hour: '9', year: '2020' }, ['year value_error']],
    [{ expression: '' }, ['expression value_error']],
    [{ expression: 5 }, ['expression type_error.str']],
    [{ expression: '* * * * *', hour: 1 }, ['expression value_error']],
    [{ expression: '0 0 0 1 1 * 2020' }, ['expression value_error']],
    [{ hour: '25', timezone: 'Mars/Olympus' }, ['hour value_error', 'timezone value_error']],
    [{ hour: '1'.repeat(10_000) }, ['hour value_error']],
  ])('refuses %j', (config, expected) => {
    expect(complaints('cron', config)).toEqual(expected);
  });
});

describe('one-off configurations', () => {
  it.each([
    [{ at: '2027-03-28T02:30:00Z' }, '2027-03-28T02:30:00.000Z'],
    [{ at: '2027-03-28T02:30+02:00' }, '2027-03-28T00:30:00.000Z'],
    [{ at: '2027-03-28 02:30:00.1239-0330' }, '2027-03-28T06:00:00.123Z'],
    [{ at: '2027-07-01T12:00:00', timezone: 'Europe/Berlin' }, '2027-07-01T10:00:00.000Z'],
    [{ at: '2027-03-28T02:30:00', timezone: 'Europe/Berlin' }, '2027-03-28T01:00:00.000Z'],
    [{ at: '2027-10-31T02:30:00', timezone: 'Europe/Berlin' }, '2027-10-31T00:30:00.000Z'],
    [{ delaySeconds: 90 }, '2026-06-15T10:22:00.456Z'],
  ])('%j', (config, expected) => {
    const schedule = parse('once', config);
    expect(schedule.kind === 'once' && schedule.at.toISOString()).toBe(expected);
  });

  it.each([
    [{}, ['at value_error.missing']],
    [{ at: '2026-06-15T10:20:30Z' }, ['at value_error']],
    [{ at: '2100-01-01T00:00:00Z' }, ['at value_error']],
    [{ at: '2027-02-30T00:00:00Z' }, ['at value_error.datetime']],
    [{ at: '2027-02-03' }, ['at value_error.datetime']],
    [{ at: '2027-02-03T24:00:00Z' }, ['at value_error.datetime']],
    [{ at: '2027-02-03T10:00:00+19:00' }, ['at value_error.datetime']],
    [{ at: 1_800_000_000 }, ['at value_error.datetime']],
    [{ delaySeconds: 0 }, ['delaySeconds value_error.number.not_ge']],
    [{ delay_seconds: 1e12 }, ['delay_seconds value_error.number.not_le']],
    [{ delaySeconds: '5' }, ['delaySeconds type_error.integer']],
    [{ delaySeconds: 5, at: '2027-01-01T00:00:00Z' }, ['at value_error']],
    [{ at: '2027-01-01T00:00:00', timezone: 'Nowhere' }, ['timezone value_error']],
  ])('refuses %j', (config, expected) => {
    expect(complaints('once', config)).toEqual(expected);
  });
});

describe('describeSchedule', () => {
  it('puts cron and one-offs in words', () => {
    expect(describeSchedule({ kind: 'cron', expression: '0 9 * * 1', timeZone: 'UTC' })).toBe(
      'At 09:00, only on Monday',
    );
    const at = new Date('2027-03-28T01:00:00Z');
    expect(describeSchedule({ kind: 'once', at, timeZone: 'Europe/Berlin' })).toBe('Once on 2027-03-28 at 03:00');
    const withSeconds = new Date(at.getTime() + 7_000);
    expect(describeSchedule({ kind: 'once', at: withSeconds, timeZone: 'UTC' })).toBe('Once on 2027-03-28 at 01:00:07');
  });

  it.each([
    ['0 0 13 * 5', 'At 00:00, on day 13 of the month, or on Friday'],
    ['0 0 13 2 1-5', 'At 00:00, on day 13 of the month, or Monday through Friday, only in February'],
    ['30 0 0 13 * 5', 'At 00:00:30, on day 13 of the month, or on Friday'],
    ['0 0 0 13 * 5#2 2030', 'At 00:00, on day 13 of the month, or on the second Friday of the month, only in 2030'],
    ['0 0 1,15 * 1,3', 'At 00:00, on day 1 and 15 of the month, or on Monday and Wednesday'],
    ['0 0 ? * 5', 'At 00:00, only on Friday'],
    ['0 0 13 * *', 'At 00:00, on day 13 of the month'],
  ])('says of %s that either day will do', (expression, words) => {
    expect(describeSchedule({ kind: 'cron', expression, timeZone: 'UTC' })).toBe(words);
  });
});
