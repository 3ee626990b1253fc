import { encodePattern } from '#domain/schedule/schedule-json.js';
import { occurrencesBetween } from '#domain/schedule/next-occurrence.js';
import type { BoundedSchedule } from '#domain/schedule/schedule.js';
import { everySeconds, unbounded } from '#testing/factories.js';
import { describe, expect, it } from 'vitest';
import { scheduleRepeatStrategy } from './repeat-strategy.js';

const FROM = new Date('2027-03-27T22:00:00Z');

const SCHEDULES: Record<string, BoundedSchedule> = {
  'an interval': unbounded(everySeconds(7, new Date('2026-01-01T00:00:03Z'))),
  'a cron in a zone with summer time': unbounded({ kind: 'cron', expression: '30 2 * * *', timeZone: 'Europe/Berlin' }),
  'a cron with seconds': unbounded({ kind: 'cron', expression: '*/20 * * * * *', timeZone: 'Asia/Kolkata' }),
  'a span': { schedule: everySeconds(3_600), startAt: new Date('2027-03-28T00:30:00Z'), endAt: new Date('2027-03-28T03:00:00Z') },
};

describe('the ticks of', () => {
  it.each(Object.entries(SCHEDULES))('%s are the occurrences of the ledger', (_words, bounded) => {
    const ticks: number[] = [];
    for (let at = scheduleRepeatStrategy(FROM.getTime(), { pattern: encodePattern(bounded) }); at !== undefined && ticks.length < 20; ) {
      ticks.push(at);
      at = scheduleRepeatStrategy(at, { pattern: encodePattern(bounded) });
    }
    const { occurrences } = occurrencesBetween(bounded, FROM, new Date('2027-05-01T00:00:00Z'), 20);
    expect(ticks).toEqual(occurrences.map((at) => at.getTime()));
  });

  it('a schedule end with it', () => {
    const pattern = encodePattern(unbounded({ kind: 'once', at: FROM, timeZone: 'UTC' }));
    expect(scheduleRepeatStrategy(FROM.getTime() - 1, { pattern })).toBe(FROM.getTime());
    expect(scheduleRepeatStrategy(FROM.getTime(), { pattern })).toBeUndefined();
    expect(scheduleRepeatStrategy(FROM.getTime(), {})).toBeUndefined();
  });
});
