import { describe, expect, it } from 'vitest';
import type { SchedulePreview } from '@/api/contract';
import { MANY_JOBS, scheduleWarnings } from './schedule-warnings';

const START = Date.parse('2027-01-01T00:00:00Z');
const preview = (seconds: readonly number[], more: Partial<SchedulePreview> = {}): SchedulePreview => ({
  valid: true,
  description: '',
  timezone: 'Europe/Berlin',
  nextRuns: seconds.map((second) => ({ utc: new Date(START + second * 1_000).toISOString(), local: '', dst: null })),
  errors: [],
  ...more,
});

describe('a schedule that can be saved', () => {
  it('has nothing against it', () => {
    expect(scheduleWarnings(preview([0, 60, 120]), 60)).toEqual([]);
    expect(scheduleWarnings(preview([0]), 600)).toEqual([]);
    expect(scheduleWarnings(preview([0, 3_600], { busiestMinute: { at: '2027-01-01T00:00:00Z', otherJobs: MANY_JOBS - 1 } }), null)).toEqual([]);
  });

  it('fires more often than once a minute, be it at times only', () => {
    expect(scheduleWarnings(preview([0, 3_600, 3_630]), null)).toEqual(['It fires more often than once a minute: runs are 30 s apart.']);
  });

  it('fires again before a slow run has ended', () => {
    expect(scheduleWarnings(preview([0, 300, 600]), 301)).toEqual([
      'Runs are 5 m 00 s apart, but 5 % of them take longer than 5 m 01 s: the next one is due before such a run ends.',
    ]);
  });

  it('fires when many others do, in the time of its zone', () => {
    const crowded = preview([0, 86_400], { busiestMinute: { at: '2027-01-01T23:00:00Z', otherJobs: 37 } });
    expect(scheduleWarnings(crowded, null)).toEqual(['37 other jobs are due in the same minute, at 00:00: another one would spread the load.']);
  });
});
