import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DomainError } from '#domain/errors.js';
import type { BoundedSchedule, Schedule } from './schedule.js';
import { decodePattern, encodePattern, scheduleFromJson, scheduleToJson } from './schedule-json.js';

fc.configureGlobal({ seed: 20270328 });

const instant = fc.date({
  min: new Date('1900-01-01T00:00:00Z'),
  max: new Date('9999-12-31T23:59:59.999Z'),
  noInvalidDate: true,
});
const timeZone = fc.constantFrom('UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires', 'Etc/GMT+5');
const schedules: fc.Arbitrary<Schedule> = fc.oneof(
  fc.record({
    kind: fc.constant('interval' as const),
    everyMs: fc.integer({ min: 1 }).map((n) => n * 1000),
    anchorAt: instant,
    timeZone,
  }),
  fc.record({
    kind: fc.constant('cron' as const),
    expression: fc.constantFrom('* * * * *', '0 9 * * 1-5', '*/10 * * * * *', '0 0 0 1W,L 1 5#2 2030-2040/2'),
    timeZone,
  }),
  fc.record({ kind: fc.constant('once' as const), at: instant, timeZone }),
);
const bounded: fc.Arbitrary<BoundedSchedule> = fc.record({
  schedule: schedules,
  startAt: fc.option(instant),
  endAt: fc.option(instant),
});

describe('stored schedules', () => {
  it('come back from JSON as they went in', () => {
    fc.assert(
      fc.property(schedules, (schedule) => {
        expect(scheduleFromJson(JSON.parse(JSON.stringify(scheduleToJson(schedule))))).toEqual(schedule);
      }),
    );
  });

  it('come back from their pattern as they went in, and equal ones have equal patterns', () => {
    fc.assert(
      fc.property(bounded, (schedule) => {
        const pattern = encodePattern(schedule);
        expect(decodePattern(pattern)).toEqual(schedule);
        expect(encodePattern(decodePattern(pattern))).toBe(pattern);
      }),
    );
  });

  it.each([
    null,
    5,
    [],
    {},
    { kind: 'interval', timeZone: 'UTC', everyMs: 0, anchorAt: '2026-01-01T00:00:00Z' },
    { kind: 'interval', timeZone: 'UTC', everyMs: 1000, anchorAt: 'soon' },
    { kind: 'once', timeZone: 'Mars', at: '2026-01-01T00:00:00Z' },
    { kind: 'cron', timeZone: 'UTC', expression: '' },
    { kind: 'weekly', timeZone: 'UTC' },
  ])('refuses the damaged row %j', (value) => {
    expect(() => scheduleFromJson(value)).toThrow(DomainError);
  });

  it.each([
    '',
    'c',
    'c|UTC||',
    'c|UTC|||',
    'x|UTC|||0',
    'i|UTC|||rs',
    'i|UTC|||0|0',
    'o|UTC|?||0',
    'o|UTC|||zzzzzzzzzzzz',
    'o|Mars|||0',
    'c|UTC|||* * * * *|1',
  ])('refuses the damaged pattern %j', (pattern) => {
    expect(() => decodePattern(pattern)).toThrow(DomainError);
  });

  it('keeps patterns short', () => {
    expect(
      encodePattern({
        schedule: { kind: 'cron', expression: '*/5 * * * *', timeZone: 'UTC' },
        startAt: null,
        endAt: null,
      }),
    ).toBe('c|UTC|||*/5 * * * *');
  });
});
