import fc from 'fast-check';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { readTimestamp } from './timestamps.js';

const driver = pg.types.getTypeParser(pg.types.builtins.TIMESTAMPTZ, 'text') as (text: string) => unknown;

describe('an instant from Postgres', () => {
  it.each([
    ['2026-11-20 18:37:10+00', '2026-11-20T18:37:10.000Z'],
    ['2026-11-20 18:37:10.1+00', '2026-11-20T18:37:10.100Z'],
    ['2026-11-20 18:37:10.123456+00', '2026-11-20T18:37:10.123Z'],
    ['2024-02-29 00:00:00.000999+00', '2024-02-29T00:00:00.000Z'],
    ['2026-11-20 18:37:10.5+05:30', '2026-11-20T13:07:10.500Z'],
    ['2026-11-20 18:37:10-03', '2026-11-20T21:37:10.000Z'],
    ['10000-01-01 00:00:00+00', '+010000-01-01T00:00:00.000Z'],
    ['0044-03-15 12:00:00+00', '0044-03-15T12:00:00.000Z'],
    ['0044-03-15 12:00:00+00 BC', '-000043-03-15T12:00:00.000Z'],
  ])('%s is %s', (text, instant) => {
    expect((readTimestamp(text) as Date).toISOString()).toBe(instant);
  });

  it('may be infinite', () => {
    expect(readTimestamp('infinity')).toBe(Infinity);
    expect(readTimestamp('-infinity')).toBe(-Infinity);
  });

  it('is what the driver reads', () => {
    const years = { min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true };
    fc.assert(
      fc.property(fc.date(years), fc.integer({ min: 0, max: 6 }), (at, digits) => {
        const fraction = digits === 0 ? '' : `.${`${String(at.getUTCMilliseconds()).padStart(3, '0')}999`.slice(0, digits)}`;
        const text = `${at.toISOString().slice(0, 19).replace('T', ' ')}${fraction}+00`;
        expect(readTimestamp(text)).toEqual(driver(text));
      }),
    );
  });
});
