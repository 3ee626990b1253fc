import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCronExpression } from './cron-expression.js';

fc.configureGlobal({ seed: 20270328 });

describe('parseCronExpression', () => {
  it.each([
    ['*/5 * * * *', '*/5 * * * *'],
    ['  0\t9  * * MON ', '0 9 * * 1'],
    ['0 9 * jan-mar,DEC mon-fri', '0 9 * 1-3,12 1-5'],
    ['0 0 * * 7', '0 0 * * 0'],
    ['0 0 * * fri-sun', '0 0 * * 5-7'],
    ['0 0 * * sun-tue', '0 0 * * 0-2'],
    ['5/15 * * * *', '5-59/15 * * * *'],
    ['*/1 05 ? * ?', '* 5 * * *'],
    ['0 0 0 L 2 *', '0 0 0 L 2 *'],
    ['0 0 lw,1 * *', null],
    ['0 0 LW * *', '0 0 LW * *'],
    ['0 0 1w,15W,L * *', '0 0 1W,15W,L * *'],
    ['0 0 * * fri#2,7L', '0 0 * * 5#2,0L'],
    ['0 0 0 1 1 * 2030-2040/2', '0 0 0 1 1 * 2030-2040/2'],
    ['0 0 0 1 1 * */5', '0 0 0 1 1 * 1970-2099/5'],
    ['@yearly', '0 0 1 1 *'],
    ['@Annually', '0 0 1 1 *'],
    ['@monthly', '0 0 1 * *'],
    ['@weekly', '0 0 * * 0'],
    ['@daily', '0 0 * * *'],
    ['@midnight', '0 0 * * *'],
    ['@hourly', '0 * * * *'],
  ])('reads %j as %j', (text, canonical) => {
    const parsed = parseCronExpression(text);
    expect(parsed.ok ? parsed.expression : null).toBe(canonical);
    if (parsed.ok) expect(parseCronExpression(parsed.expression)).toEqual(parsed);
  });

  it.each([
    ['', null],
    ['   ', null],
    ['* * * *', null],
    ['* * * * * * * *', null],
    ['\n* * * * *', null],
    ['* * * * *\u0000', null],
    ['*\u00a0* * * *', null],
    ['@reboot', null],
    ['@every 5m', null],
    ['@constructor', null],
    [`${'1,'.repeat(130)}1 * * * *`, null],
    ['60 * * * *', 'minute'],
    ['* 24 * * *', 'hour'],
    ['* * 0 * *', 'day'],
    ['* * 32 * *', 'day'],
    ['* * * 13 *', 'month'],
    ['* * * * 8', 'day_of_week'],
    ['60 * * * * *', 'second'],
    ['* * * * * * 1969', 'year'],
    ['* * * * * * 9999', 'year'],
    ['H * * * *', 'minute'],
    ['H/5 * * * *', 'minute'],
    ['*/0 * * * *', 'minute'],
    ['*/61 * * * *', 'minute'],
    ['5-1 * * * *', 'minute'],
    ['1, * * * *', 'minute'],
    ['-5 * * * *', 'minute'],
    ['1.5 * * * *', 'minute'],
    ['? * * * *', 'minute'],
    ['L * * * *', 'minute'],
    ['0 0 * * fri-mon', 'day_of_week'],
    ['0 0 * * mon#6', 'day_of_week'],
    ['0 0 * * mon#0', 'day_of_week'],
    ['0 0 * * L', 'day_of_week'],
    ['0 0 * * monday', 'day_of_week'],
    ['0 0 L-3 * *', 'day'],
    ['0 0 W * *', 'day'],
    ['0 0 0W * *', 'day'],
    ['0 0 * foo *', 'month'],
    ['0 0 30 2 *', null],
    ['0 0 31 2,4,6,9,11 *', null],
    ['0 0 31W 4 *', null],
    ['0 0 0 29 2 * 2097-2103', 'year'],
    ['0 0 0 29 2 * 2097-2099', null],
    ['1/ * * * *', 'minute'],
    ['1//2 * * * *', 'minute'],
    ['1-2-3 * * * *', 'minute'],
  ])('refuses %j at %j', (text, field) => {
    const parsed = parseCronExpression(text);
    expect(parsed).toMatchObject({ ok: false, field });
  });

  it.each([
    ['*', 'cron expression has 1 field instead of 5, 6 or 7'],
    ['* * *', 'cron expression has 3 fields instead of 5, 6 or 7'],
  ])('counts the fields of %j', (text, message) => {
    expect(parseCronExpression(text)).toMatchObject({ ok: false, message });
  });

  it('refuses years that are over only when asked', () => {
    expect(parseCronExpression('0 0 0 1 1 * 2020').ok).toBe(true);
    const parsed = parseCronExpression('0 0 0 1 1 * 2020', new Date('2026-01-01T00:00:00Z'));
    expect(parsed).toEqual({
      ok: false,
      field: 'year',
      message: 'year field never fires: all its dates are in the past',
    });
  });

  it('never throws and stays cheap, whatever it is given', () => {
    const piece = fc.constantFrom(
      '*',
      '*/2',
      '0',
      '31',
      '31W',
      '29',
      '2',
      'L',
      'LW',
      '5#5',
      '1L',
      '1-5',
      'mon',
      '?',
      ',',
      '/',
      '-',
      '#',
      '@',
      'H',
      '\u0000',
      '5/7',
      '2096',
      '1-31/30',
    );
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.array(piece, { minLength: 4, maxLength: 8 }).map((pieces) => pieces.join(' ')),
      fc.array(piece, { maxLength: 120 }).map((pieces) => pieces.join('')),
      fc
        .array(
          fc.array(piece, { minLength: 1, maxLength: 12 }).map((items) => items.join(',')),
          { minLength: 5, maxLength: 7 },
        )
        .map((f) => f.join(' ')),
      fc.constant('*/'.repeat(5_000)),
    );
    parseCronExpression('0 0 31W 2 *');
    const times: number[] = [];
    fc.assert(
      fc.property(hostile, (text) => {
        const begun = performance.now();
        const parsed = parseCronExpression(text);
        times.push(performance.now() - begun);
        if (parsed.ok) expect(parseCronExpression(parsed.expression)).toEqual(parsed);
      }),
      { numRuns: 5_000 },
    );
    // One pause of the machine must not fail the suite; a costly input costs its time every time.
    const costly = times.sort((a, b) => b - a).slice(3);
    expect(costly[0]).toBeLessThan(20);
  });
});
