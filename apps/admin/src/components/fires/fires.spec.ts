import { describe, expect, it } from 'vitest';
import type { Job } from '@/api/types';
import { dstNote, firesOfJob, localText, meanGapSeconds, previewDistance, type Fire } from './fires';

const fire = (utc: string, local: string, dst: Fire['dst'] = null): Fire => ({ utc, local, dst });
const job = (change: Partial<Job>) => ({ jobTypeId: 1, scheduleConfig: { hours: 1 }, timezone: 'Europe/Berlin', nextRunTime: '2027-01-01T00:20:00Z', endAt: null, ...change }) as Job;
const preview = (...nextRuns: Fire[]) => ({ valid: true, description: '', timezone: 'Europe/Berlin', nextRuns, errors: [] });

describe('fire times', () => {
  it('are read as weekday, time and offset', () => {
    expect(localText('2027-03-28T03:00:00+02:00')).toEqual({ date: 'Sun 2027-03-28', time: '03:00:00', offset: '+02:00' });
    expect(localText('2027-01-01T00:00:00.250-03:30')).toEqual({ date: 'Fri 2027-01-01', time: '00:00:00', offset: '-03:30' });
  });

  it('of a period begin with the next run of the job, and end with its window', () => {
    const shown = preview(fire('2027-01-01T01:00:00Z', ''), fire('2027-01-01T02:00:00Z', ''));
    expect(firesOfJob(job({}), shown).map(({ local }) => local)).toEqual(['2027-01-01T01:20:00+01:00', '2027-01-01T02:20:00+01:00']);
    expect(firesOfJob(job({ endAt: '2027-01-01T01:00:00Z' }), shown)).toHaveLength(1);
    expect(firesOfJob(job({ nextRunTime: null }), shown)).toEqual([]);
  });

  it('of a period are marked where the clocks show their time twice', () => {
    const shown = preview(fire('2027-01-01T01:00:00Z', ''), fire('2027-01-01T02:00:00Z', ''), fire('2027-01-01T03:00:00Z', ''));
    const fires = firesOfJob(job({ nextRunTime: '2027-10-31T00:30:00Z' }), shown);
    expect(fires.map(({ dst }) => dst)).toEqual(['fold', 'fold', null]);
    expect(dstNote(fires[0] as Fire, fires, 'Europe/Berlin')).toBe('The clocks show 02:30 twice: it runs both times.');
  });

  it('of cron are the API’s own', () => {
    const runs = [fire('2027-03-28T01:00:00Z', '2027-03-28T03:00:00+02:00', 'gap')];
    expect(firesOfJob(job({ jobTypeId: 2, scheduleConfig: { expression: '30 2 * * *' }, nextRunTime: null }), preview(...runs))).toEqual(runs);
    expect(dstNote(runs[0] as Fire, runs, 'Europe/Berlin')).toBe('The clocks jump over its time: it runs at 03:00.');
  });

  it('tell what happens to a time that comes twice', () => {
    const once = fire('2027-10-31T00:30:00Z', '2027-10-31T02:30:00+02:00', 'fold');
    const nextDay = fire('2027-11-01T01:30:00Z', '2027-11-01T02:30:00+01:00');
    expect(dstNote(once, [once, nextDay], 'Europe/Berlin')).toBe('The clocks show 02:30 twice: it runs once, the first time.');
    expect(dstNote(fire('2027-10-30T00:30:00Z', '2027-10-30T02:30:00+02:00'), [], 'Europe/Berlin')).toBeNull();
  });

  it('do not tell how often it runs where their list ends before one can know', () => {
    const [first, second] = [fire('2027-10-31T00:30:00Z', '2027-10-31T02:30:00+02:00', 'fold'), fire('2027-10-31T01:30:00Z', '2027-10-31T02:30:00+01:00', 'fold')];
    const later = [fire('2027-10-31T00:35:00Z', '2027-10-31T02:35:00+02:00', 'fold'), fire('2027-10-31T00:40:00Z', '2027-10-31T02:40:00+02:00', 'fold')];
    expect(dstNote(first, [first, ...later], 'Europe/Berlin')).toBe('The clocks show 02:30 twice.');
    expect(dstNote(second, [second], 'Europe/Berlin')).toBe('The clocks show 02:30 twice.');
    expect([first, second].map((one) => dstNote(one, [first, second], 'Europe/Berlin'))).toEqual(Array(2).fill('The clocks show 02:30 twice: it runs both times.'));
  });

  it('of a schedule that is not saved are never late', () => {
    expect([previewDistance(60_000, 0), previewDistance(60_000, 60_000), previewDistance(60_000, 69_000)]).toEqual(['in 1 m 00 s', 'now', 'now']);
  });

  it('have a mean distance', () => {
    expect(meanGapSeconds([fire('2027-01-01T00:00:00Z', ''), fire('2027-01-01T00:10:00Z', ''), fire('2027-01-01T00:40:00Z', '')])).toBe(1_200);
    expect(meanGapSeconds([fire('2027-01-01T00:00:00Z', '')])).toBeNull();
  });
});
