import { describe, expect, it } from 'vitest';
import { DomainError } from '#domain/errors.js';
import { BoundedCache } from './bounded-cache.js';
import { assertTimeZone, isTimeZone, offsetMs } from './time-zone.js';

describe('time zone names', () => {
  it.each([
    ['UTC', 'UTC'],
    ['utc', 'UTC'],
    ['europe/berlin', 'Europe/Berlin'],
    ['Asia/Kolkata', 'Asia/Kolkata'],
    ['US/Eastern', 'US/Eastern'],
    ['Etc/GMT+5', 'Etc/GMT+5'],
    ['America/Argentina/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
  ])('takes %s as %s', (text, name) => {
    expect(assertTimeZone(text)).toBe(name);
  });

  it.each([
    '',
    ' ',
    '+02:00',
    '-0530',
    'UTC+2',
    'Mars/Olympus',
    'Europe/Berlin ',
    'Europe/Berlin\u0000',
    '../etc',
    'A'.repeat(5_000),
  ])('refuses %j', (text) => {
    expect(isTimeZone(text)).toBe(false);
    expect(() => assertTimeZone(text)).toThrow(DomainError);
  });
});

describe('offsets', () => {
  it.each([
    ['UTC', '2027-07-01T00:00:00Z', 0],
    ['Europe/Berlin', '2027-03-28T00:59:59.999Z', 60],
    ['Europe/Berlin', '2027-03-28T01:00:00Z', 120],
    ['America/St_Johns', '2000-04-02T03:30:59Z', -210],
    ['America/St_Johns', '2000-04-02T03:31:00Z', -150],
    ['Africa/Monrovia', '1972-01-07T00:44:29Z', -44.5],
    ['Africa/Monrovia', '1972-01-07T00:44:30Z', 0],
    ['Pacific/Apia', '2011-12-30T10:00:00Z', 840],
    ['Asia/Kathmandu', '2100-01-01T00:00:00Z', 345],
  ])('%s at %s', (zone, instant, minutes) => {
    expect(offsetMs(zone, new Date(instant)) / 60_000).toBe(minutes);
  });

  it('finds what Intl says, in every zone, across the years', () => {
    for (const [index, zone] of Intl.supportedValuesOf('timeZone').entries()) {
      const format = new Intl.DateTimeFormat('en-CA', {
        timeZone: zone,
        hourCycle: 'h23',
        year: 'numeric',
        month: '2-digit',
        day: '2-digit',
        hour: '2-digit',
        minute: '2-digit',
        second: '2-digit',
      });
      for (let step = 0; step < 3; step += 1) {
        const year = 1971 + ((index * 7 + step * 5) % 128);
        const instant = new Date(Date.UTC(year, (index + step) % 12, 1 + ((step * 11) % 31), step, 29, 31));
        const expected = Date.parse(`${format.format(instant).replace(', ', 'T')}Z`) - instant.getTime();
        expect(offsetMs(zone, instant), `${zone} ${instant.toISOString()}`).toBe(expected);
      }
    }
  });
});

describe('BoundedCache', () => {
  it('stays within its capacity and keeps what is used', () => {
    const cache = new BoundedCache<number, number>(10);
    for (let key = 0; key < 100; key += 1) {
      cache.set(key, key);
      cache.get(0);
    }
    expect(cache.size).toBeLessThanOrEqual(10);
    expect(cache.get(0)).toBe(0);
    expect(cache.get(50)).toBeUndefined();
  });
});
