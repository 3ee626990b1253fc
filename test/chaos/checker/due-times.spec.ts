import { describe, expect, it } from 'vitest';
import { dueOverVersions, dueTimes } from './due-times.js';
import type { Schedule, Version } from './evidence.js';

const T0 = Date.parse('2026-11-20T12:00:00Z');

function version(schedule: Schedule, overrides: Partial<Version> = {}): Version {
  return { jobId: 'job', version: 1, validFrom: T0, schedule, startAt: null, endAt: null, isActive: true, ...overrides };
}

const cron = (expression: string, timeZone = 'UTC'): Schedule => ({ kind: 'cron', expression, timeZone });
const every = (everyMs: number, anchorMs = T0): Schedule => ({ kind: 'interval', everyMs, anchorAt: new Date(anchorMs).toISOString(), timeZone: 'UTC' });
const seconds = (due: readonly number[]): number[] => due.map((at) => (at - T0) / 1_000);

describe('due times of the checker', () => {
  it('puts intervals on the grid of their anchor, which is no occurrence itself', () => {
    expect(seconds(dueTimes(version(every(2_000, T0 - 3_000)), { after: T0, until: T0 + 6_000 }))).toEqual([1, 3, 5]);
    expect(seconds(dueTimes(version(every(2_000)), { after: T0 - 1, until: T0 + 4_000 }))).toEqual([2, 4]);
  });

  it('reads lists, ranges and steps of a cron expression with seconds', () => {
    expect(seconds(dueTimes(version(cron('1-9/4,30 * * * * *')), { after: T0, until: T0 + 60_000 }))).toEqual([1, 5, 9, 30]);
  });

  it('takes an expression of five fields as of second 0', () => {
    expect(seconds(dueTimes(version(cron('*/2 * * * *')), { after: T0, until: T0 + 240_000 }))).toEqual([120, 240]);
  });

  it('asks the wall clock of the zone', () => {
    expect(seconds(dueTimes(version(cron('0 0 13 * * *', 'Europe/Berlin')), { after: T0 - 1, until: T0 + 10_000 }))).toEqual([0]);
    expect(dueTimes(version(cron('0 0 13 * * *')), { after: T0 - 1, until: T0 + 10_000 })).toEqual([]);
  });

  it('takes two restricted day fields as either; Friday the 20th is a Friday', () => {
    const on = (expression: string): number => dueTimes(version(cron(expression)), { after: T0 - 1, until: T0 }).length;
    expect([on('0 0 12 1 * 5'), on('0 0 12 20 * 0'), on('0 0 12 1 * 0'), on('0 0 12 * * FRI'), on('0 0 12 * NOV 7')]).toEqual([1, 1, 0, 1, 0]);
  });

  it('lets each version speak from its own instant to the next one, and none while it is switched off', () => {
    const versions = [
      version(every(2_000)),
      version(every(2_000), { version: 2, validFrom: T0 + 4_000, isActive: false }),
      version(every(1_000), { version: 3, validFrom: T0 + 8_000 }),
    ];
    expect(seconds(dueOverVersions(versions, T0 + 10_000))).toEqual([2, 4, 9, 10]);
  });

  it('keeps to the start and the end of a job, both inclusive', () => {
    const bounded = version(every(1_000), { startAt: T0 + 2_000, endAt: T0 + 4_000 });
    expect(seconds(dueTimes(bounded, { after: T0, until: T0 + 9_000 }))).toEqual([2, 3, 4]);
  });
});
