import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cronOfVisual, FIRST_VISUAL, visualOfCron, type VisualSchedule } from './visual-cron';

const visual = (change: Partial<VisualSchedule>): VisualSchedule => ({ ...FIRST_VISUAL, ...change });
const read = (expression: string) => {
  const parsed = visualOfCron(expression);
  return parsed.ok ? parsed.visual : parsed.why;
};

describe('cronOfVisual', () => {
  it.each([
    [visual({ hour: 2, minute: 30 }), '30 2 * * *'],
    [visual({ every: 'week', weekdays: [5, 1] }), '0 9 * * 1,5'],
    [visual({ every: 'month', days: [15, 1], hasLastDay: true }), '0 9 1,15,L * *'],
    [visual({ every: 'month', days: [], hasLastDay: true }), '0 9 L * *'],
  ])('writes %j as %s', (given, expression) => {
    expect(cronOfVisual(given)).toBe(expression);
  });

  it('writes nothing when no day is chosen', () => {
    expect(cronOfVisual(visual({ every: 'week', weekdays: [] }))).toBeNull();
    expect(cronOfVisual(visual({ every: 'month', days: [] }))).toBeNull();
  });
});

describe('visualOfCron', () => {
  it.each([
    ['30 2 * * *', visual({ hour: 2, minute: 30 })],
    ['0 30 2 * * ?', visual({ hour: 2, minute: 30 })],
    ['0 30 2 * * * *', visual({ hour: 2, minute: 30 })],
    ['@daily', visual({ hour: 0 })],
    ['0 9 * * MON-FRI', visual({ every: 'week', weekdays: [1, 2, 3, 4, 5] })],
    ['0 9 * * 7,3', visual({ every: 'week', weekdays: [0, 3] })],
    ['0 9 1,15,L * *', visual({ every: 'month', days: [1, 15], hasLastDay: true })],
    [' 0  9 L * * ', visual({ every: 'month', days: [], hasLastDay: true })],
  ])('reads %s', (expression, expected) => {
    expect(read(expression)).toEqual(expected);
  });

  it.each([
    ['*/5 * * * *', /one time of the day/],
    ['0 9,17 * * *', /one time of the day/],
    ['0 9 1 1 *', /certain months/],
    ['0 9 13 * 5', /days of the month and days of the week/],
    ['0 9 * * 5L', /weekdays are not a plain list/],
    ['0 9 15W * *', /days of the month are not a plain list/],
    ['0 9 */2 * *', /days of the month are not a plain list/],
    ['30 0 9 * * *', /seconds or a year/],
    ['0 0 9 * * * 2030', /seconds or a year/],
    ['0 9 * *', /not complete/],
    ['', /not complete/],
    ['61 9 * * *', /one time of the day/],
  ])('refuses %s', (expression, why) => {
    expect(read(expression)).toMatch(why);
  });

  it('reads back whatever was written', () => {
    const days = (min: number, max: number) => fc.uniqueArray(fc.integer({ min, max }), { minLength: 1 }).map((list) => list.sort((a, b) => a - b));
    const time = { hour: fc.integer({ min: 0, max: 23 }), minute: fc.integer({ min: 0, max: 59 }) };
    const any = fc.oneof(
      fc.record(time).map((given) => visual(given)),
      fc.record({ ...time, weekdays: days(0, 6) }).map((given) => visual({ ...given, every: 'week' })),
      fc.record({ ...time, days: days(1, 31), hasLastDay: fc.boolean() }).map((given) => visual({ ...given, every: 'month' })),
    );
    fc.assert(fc.property(any, (given) => {
      expect(read(cronOfVisual(given) ?? '')).toEqual(given);
    }));
  });
});
