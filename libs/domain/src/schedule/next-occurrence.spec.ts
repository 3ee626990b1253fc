import { describe, expect, it } from 'vitest';
import { DomainError } from '#domain/errors.js';
import { nextOccurrence, occurrencesBetween } from './next-occurrence.js';
import { previewSchedule } from './preview.js';
import type { BoundedSchedule, Schedule } from './schedule.js';

const open = (schedule: Schedule): BoundedSchedule => ({ schedule, startAt: null, endAt: null });
const cron = (expression: string, timeZone: string): BoundedSchedule => open({ kind: 'cron', expression, timeZone });
const at = (iso: string): Date => new Date(iso);

/** Zone, expression, local day to start from (UTC instant), and what a person in the zone sees. */
const DST_TABLE: readonly (readonly [zone: string, expression: string, after: string, local: readonly string[]])[] = [
  [
    'Europe/Berlin',
    '30 2 * * *',
    '2027-03-27T12:00:00Z',
    ['2027-03-28T03:00:00+02:00 gap', '2027-03-29T02:30:00+02:00'],
  ],
  [
    'Europe/Berlin',
    '30 2 * * *',
    '2027-10-30T12:00:00Z',
    ['2027-10-31T02:30:00+02:00 fold', '2027-11-01T02:30:00+01:00'],
  ],
  [
    'Europe/Berlin',
    '0 2-3 * * *',
    '2027-03-27T12:00:00Z',
    ['2027-03-28T03:00:00+02:00 gap', '2027-03-29T02:00:00+02:00'],
  ],
  [
    'Europe/Berlin',
    '0,15,45 2 * * *',
    '2027-03-27T12:00:00Z',
    ['2027-03-28T03:00:00+02:00 gap', '2027-03-29T02:00:00+02:00'],
  ],
  ['Europe/Berlin', '0 3 * * *', '2027-10-30T12:00:00Z', ['2027-10-31T03:00:00+01:00', '2027-11-01T03:00:00+01:00']],
  ['Europe/Berlin', '0 * * * *', '2027-03-28T00:30:00Z', ['2027-03-28T03:00:00+02:00', '2027-03-28T04:00:00+02:00']],
  [
    'Europe/Berlin',
    '*/30 * * * *',
    '2027-10-31T00:15:00Z',
    [
      '2027-10-31T02:30:00+02:00 fold',
      '2027-10-31T02:00:00+01:00 fold',
      '2027-10-31T02:30:00+01:00 fold',
      '2027-10-31T03:00:00+01:00',
    ],
  ],
  ['Europe/Berlin', '*/20 2 * * *', '2027-03-27T12:00:00Z', ['2027-03-29T02:00:00+02:00']],
  [
    'America/New_York',
    '30 2 * * *',
    '2027-03-13T12:00:00Z',
    ['2027-03-14T03:00:00-04:00 gap', '2027-03-15T02:30:00-04:00'],
  ],
  [
    'America/New_York',
    '30 1 * * *',
    '2027-11-06T12:00:00Z',
    ['2027-11-07T01:30:00-04:00 fold', '2027-11-08T01:30:00-05:00'],
  ],
  [
    'Australia/Lord_Howe',
    '15 2 * * *',
    '2027-10-02T00:00:00Z',
    ['2027-10-03T02:30:00+11:00 gap', '2027-10-04T02:15:00+11:00'],
  ],
  [
    'Australia/Lord_Howe',
    '45 1 * * *',
    '2027-04-03T00:00:00Z',
    ['2027-04-04T01:45:00+11:00 fold', '2027-04-05T01:45:00+10:30'],
  ],
  [
    'America/Santiago',
    '30 0 * * *',
    '2026-09-05T12:00:00Z',
    ['2026-09-06T01:00:00-03:00 gap', '2026-09-07T00:30:00-03:00'],
  ],
  [
    'America/Santiago',
    '30 23 * * *',
    '2026-04-04T12:00:00Z',
    ['2026-04-04T23:30:00-03:00 fold', '2026-04-05T23:30:00-04:00'],
  ],
  [
    'Africa/Casablanca',
    '30 2 * * *',
    '2026-02-14T12:00:00Z',
    ['2026-02-15T02:30:00+01:00 fold', '2026-02-16T02:30:00+00:00'],
  ],
  [
    'Africa/Casablanca',
    '30 2 * * *',
    '2026-03-21T12:00:00Z',
    ['2026-03-22T03:00:00+01:00 gap', '2026-03-23T02:30:00+01:00'],
  ],
  ['Pacific/Apia', '0 9 * * *', '2011-12-29T20:00:00Z', ['2011-12-31T00:00:00+14:00 gap', '2011-12-31T09:00:00+14:00']],
  ['Pacific/Apia', '0 * * * *', '2011-12-30T09:30:00Z', ['2011-12-31T00:00:00+14:00', '2011-12-31T01:00:00+14:00']],
  ['Africa/Cairo', '0 0 * * *', '2026-04-23T12:00:00Z', ['2026-04-24T01:00:00+03:00 gap', '2026-04-25T00:00:00+03:00']],
  ['Asia/Beirut', '15 0 * * *', '2026-03-28T12:00:00Z', ['2026-03-29T01:00:00+03:00 gap', '2026-03-30T00:15:00+03:00']],
  [
    'Africa/Monrovia',
    '20 0 * * *',
    '1972-01-06T12:00:00Z',
    ['1972-01-07T00:44:30+00:00 gap', '1972-01-08T00:20:00+00:00'],
  ],
];

describe('cron through changes of the clocks', () => {
  it.each(DST_TABLE)('%s: %s after %s', (zone, expression, after, local) => {
    const preview = previewSchedule(cron(expression, zone), at(after), local.length);
    expect(preview.map((entry) => entry.local + (entry.dst === null ? '' : ` ${entry.dst}`))).toEqual(local);
  });

  it('does not fire a time of day again from inside the second pass of a fold', () => {
    const second = nextOccurrence(cron('30 2 * * *', 'Europe/Berlin'), at('2027-10-31T01:10:00Z'));
    expect(second).toEqual(at('2027-11-01T01:30:00Z'));
  });
});

describe('cron in UTC', () => {
  it.each([
    ['0 0 1,31 * *', '2024-02-25T00:00:00Z', '2024-03-01T00:00:00Z'],
    ['0 0 29 2 *', '2096-03-01T00:00:00Z', '2104-02-29T00:00:00Z'],
    ['0 0 13 * 5', '2026-11-01T00:00:00Z', '2026-11-06T00:00:00Z'],
    ['0 0 L * *', '2028-02-10T00:00:00Z', '2028-02-29T00:00:00Z'],
    ['0 0 LW * *', '2026-05-10T00:00:00Z', '2026-05-29T00:00:00Z'],
    ['0 0 1W * *', '2026-07-30T00:00:00Z', '2026-08-03T00:00:00Z'],
    ['0 0 * * 5#3', '2026-11-01T00:00:00Z', '2026-11-20T00:00:00Z'],
    ['30 59 23 31 12 * 2030', '2026-01-01T00:00:00Z', '2030-12-31T23:59:30Z'],
    ['* * * * * *', '2026-01-01T00:00:00.999Z', '2026-01-01T00:00:01Z'],
    ['0 9 * * *', '2026-01-01T09:00:00Z', '2026-01-02T09:00:00Z'],
    ['0 9 * * *', '2026-01-01T08:59:59.999Z', '2026-01-01T09:00:00Z'],
  ])('%s after %s', (expression, after, expected) => {
    expect(nextOccurrence(cron(expression, 'UTC'), at(after))).toEqual(at(expected));
  });

  it('ends with its last year', () => {
    expect(nextOccurrence(cron('0 0 0 1 1 * 2030', 'Asia/Tokyo'), at('2030-01-01T00:00:00Z'))).toBeNull();
  });
});

describe('intervals and one-offs', () => {
  const everyHour = open({
    kind: 'interval',
    everyMs: 3_600_000,
    anchorAt: at('2026-01-01T00:00:00Z'),
    timeZone: 'UTC',
  });
  const once = open({ kind: 'once', at: at('2026-01-01T00:00:00Z'), timeZone: 'UTC' });

  it('never counts the anchor of a grid', () => {
    expect(nextOccurrence(everyHour, at('2020-01-01T00:00:00Z'))).toEqual(at('2026-01-01T01:00:00Z'));
    expect(nextOccurrence(everyHour, at('2026-01-01T01:00:00Z'))).toEqual(at('2026-01-01T02:00:00Z'));
  });

  it('fires a one-off once', () => {
    expect(nextOccurrence(once, at('2025-12-31T23:59:59.999Z'))).toEqual(at('2026-01-01T00:00:00Z'));
    expect(nextOccurrence(once, at('2026-01-01T00:00:00Z'))).toBeNull();
  });

  it('includes both bounds', () => {
    const bounded = { ...everyHour, startAt: at('2026-01-01T05:00:00Z'), endAt: at('2026-01-01T07:00:00Z') };
    const all = occurrencesBetween(bounded, at('2026-01-01T00:00:00Z'), at('2027-01-01T00:00:00Z'), 10);
    expect(all.occurrences.map((date) => date.getUTCHours())).toEqual([5, 6, 7]);
    expect(all.truncated).toBe(false);
  });

  it('says when a list is cut', () => {
    const cut = occurrencesBetween(everyHour, at('2026-01-01T00:00:00Z'), at('2026-01-01T03:00:00Z'), 2);
    expect([cut.occurrences.length, cut.truncated]).toEqual([2, true]);
    const exact = occurrencesBetween(everyHour, at('2026-01-01T00:00:00Z'), at('2026-01-01T02:00:00Z'), 2);
    expect([exact.occurrences.length, exact.truncated]).toEqual([2, false]);
  });

  it('refuses what never passed validation', () => {
    expect(() => nextOccurrence(cron('0 0 * * *', 'Mars/Olympus'), new Date())).toThrow(DomainError);
    expect(() => nextOccurrence(cron('nonsense', 'UTC'), new Date())).toThrow(DomainError);
    expect(() => nextOccurrence(once, new Date(Number.NaN))).toThrow(RangeError);
  });
});
