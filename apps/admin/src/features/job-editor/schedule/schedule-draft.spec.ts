import { describe, expect, it } from 'vitest';
import { expressionOfConfig } from './cron-config';
import { firstSchedule, scheduleDraftOf, switchMode, wireSchedule, wrongUnits } from './schedule-draft';

const draft = firstSchedule('Europe/Berlin');

describe('expressionOfConfig', () => {
  it.each([
    [{ expression: ' */5 * * * * ' }, '*/5 * * * *'],
    [{ hour: '9' }, '0 9 * * *'],
    [{ hour: 8, day_of_week: 'mon' }, '0 8 * * mon'],
    [{ month: 1 }, '0 0 1 1 *'],
    [{ day_of_week: 1 }, '0 0 * * 1'],
    [{ minute: '*/10' }, '*/10 * * * *'],
    [{ second: '30' }, '30 * * * * *'],
    [{ year: 2030 }, '0 0 0 1 1 * 2030'],
  ])('writes %j as %s', (config, expression) => {
    expect(expressionOfConfig(config)).toBe(expression);
  });
});

describe('a schedule on its way through the form', () => {
  it.each([
    [{ jobTypeId: 1, scheduleConfig: { hours: 1, minutes: 30, timezone: 'Europe/Berlin' } }, 'interval'],
    [{ jobTypeId: 2, scheduleConfig: { expression: '*/5 * * * *', timezone: 'Europe/Berlin' } }, 'cron'],
    [{ jobTypeId: 2, scheduleConfig: { expression: '30 2 * * 1,5', timezone: 'Europe/Berlin' } }, 'visual'],
    [{ jobTypeId: 3, scheduleConfig: { at: '2027-01-01T09:00:00', timezone: 'Europe/Berlin' } }, 'once'],
  ])('stays the same: %j', (wire, mode) => {
    const read = scheduleDraftOf({ ...wire, timezone: 'Europe/Berlin' });
    expect(read.mode).toBe(mode);
    expect(wireSchedule(read)).toEqual(wire);
  });

  it('shows an instant on the clocks of the zone, and a delay at the time that it leads to', () => {
    expect(scheduleDraftOf({ jobTypeId: 3, scheduleConfig: { at: '2027-01-01T00:00:00Z' }, timezone: 'Europe/Berlin' }).onceAt).toBe('2027-01-01T01:00:00');
    expect(scheduleDraftOf({ jobTypeId: 3, scheduleConfig: { delaySeconds: 60 }, timezone: 'UTC', nextRunTime: '2027-01-01T00:00:00Z' }).onceAt).toBe('2027-01-01T00:00:00');
  });

  it('is nothing while it is not complete', () => {
    expect(wireSchedule({ ...draft, interval: { ...draft.interval, minutes: null } })).toBeNull();
    expect(wireSchedule({ ...draft, mode: 'once' })).toBeNull();
    expect(wireSchedule({ ...draft, mode: 'cron', expression: ' ' })).toBeNull();
  });
});

describe('a period that was refused', () => {
  const interval = { weeks: 9_000_000, days: null, hours: null, minutes: 0, seconds: null };

  it.each([
    [{}, []],
    [{ '': 'Is too long.' }, ['weeks']],
    [{ minutes: 'Is wrong.' }, ['minutes']],
  ])('is marked where it was typed: %j', (problems, units) => {
    expect(wrongUnits(interval, problems)).toEqual(units);
  });
});

describe('switchMode', () => {
  it('writes days and a time as cron, and reads it back', () => {
    const visual = { ...draft, mode: 'visual' as const, visual: { ...draft.visual, every: 'week' as const, weekdays: [2] } };
    const cron = switchMode(visual, 'cron');
    expect(cron).toMatchObject({ ok: true, draft: { mode: 'cron', expression: '0 9 * * 2' } });
    expect(cron.ok && switchMode(cron.draft, 'visual')).toMatchObject({ ok: true, draft: { visual: { every: 'week', weekdays: [2] } } });
  });

  it('says why cron cannot be shown as days and a time', () => {
    expect(switchMode({ ...draft, mode: 'cron', expression: '*/5 * * * *' }, 'visual')).toMatchObject({ ok: false, why: expect.stringContaining('one time') as string });
  });

  it('keeps what the other modes hold', () => {
    const there = switchMode({ ...draft, mode: 'cron', expression: '5 4 * * *' }, 'interval');
    expect(there.ok && switchMode(there.draft, 'cron')).toMatchObject({ draft: { expression: '5 4 * * *' } });
  });
});
