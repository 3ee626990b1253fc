import { describe, expect, test } from 'vitest';
import { estimateOccurrences } from './estimate-occurrences.js';
import { occurrencesBetween } from './next-occurrence.js';
import type { BoundedSchedule, Schedule } from './schedule.js';

const FROM = new Date('2026-03-01T00:00:30Z');
const UNTIL = new Date('2026-03-02T00:00:30Z');
const bounded = (schedule: Schedule, endAt: Date | null = null): BoundedSchedule => ({ schedule, startAt: null, endAt });
const every = (everyMs: number): Schedule => ({ kind: 'interval', everyMs, anchorAt: new Date('2026-01-01T00:00:00Z'), timeZone: 'UTC' });
const cron = (expression: string): Schedule => ({ kind: 'cron', expression, timeZone: 'Europe/Berlin' });

describe('estimateOccurrences', () => {
  test.each<[string, BoundedSchedule]>([
    ['every second', bounded(every(1_000))],
    ['every 7 minutes', bounded(every(420_000))],
    ['every hour until noon', bounded(every(3_600_000), new Date('2026-03-01T12:00:00Z'))],
    ['a minute of each hour', bounded(cron('5 * * * *'))],
    ['three times a day', bounded(cron('0 6,12,18 * * *'))],
    ['never in the span', bounded(cron('0 0 1 1 *'))],
    ['once', bounded({ kind: 'once', at: new Date('2026-03-01T12:00:00Z'), timeZone: 'UTC' })],
  ])('is exact for an even pace: %s', (_title, schedule) => {
    expect(estimateOccurrences(schedule, FROM, UNTIL)).toBe(occurrencesBetween(schedule, FROM, UNTIL, 100_000).occurrences.length);
  });

  test('goes by the first ones where the pace changes', () => {
    const burst = bounded(cron('0-9 8 * * *'));
    const exact = occurrencesBetween(burst, FROM, UNTIL, 100).occurrences.length;
    expect(estimateOccurrences(burst, FROM, UNTIL)).toBeGreaterThanOrEqual(exact);
  });
});
