import { describe, expect, it } from 'vitest';
import type { TimelineExecution } from '@/api/contract';
import { markHref, markText, rowText } from './words';

const run: TimelineExecution = {
  id: 'r1', number: 7, status: 'failed', trigger: 'scheduler',
  scheduledFor: '2026-11-20T12:00:00.000Z', startedAt: '2026-11-20T12:00:00.000Z', finishedAt: '2026-11-20T12:00:03.200Z',
};
const later: TimelineExecution = { ...run, id: 'r2', status: 'success', scheduledFor: '2026-11-20T12:00:10.000Z', startedAt: '2026-11-20T12:00:10.000Z', finishedAt: null };
const place = { x: 0, width: 3 };
const one = { kind: 'runs', ...place, runs: [run], status: 'failed' } as const;
const two = { kind: 'runs', ...place, runs: [run, later], status: 'failed' } as const;
const due = { kind: 'fires', ...place, at: ['2026-11-20T13:00:00.000Z', '2026-11-20T13:00:10.000Z'] } as const;

describe('in words', () => {
  it('a row is its counts and what is next', () => {
    expect(rowText({ name: 'backup', executions: [run, run, later], projected: ['2026-11-20T13:00:00.000Z'] }, 'Europe/Berlin')).toBe(
      'backup: 2 failed, 1 succeeded; 1 to come, next at 14:00:00 Europe/Berlin.',
    );
    expect(rowText({ name: 'backup', executions: [], projected: [] }, 'UTC')).toBe('backup: no runs; nothing to come.');
  });

  it('a mark is its status, its time and how long it took', () => {
    expect(markText(one, 'UTC', 0)).toEqual({ title: 'Failed · #7', when: '2026-11-20 12:00:00 UTC', more: '3.2 s' });
    expect(markText(one, 'Asia/Tokyo', 0).when).toBe('2026-11-20 21:00:00 Asia/Tokyo');
    expect(markText(two, 'UTC', 0)).toEqual({ title: '2 runs', when: '2026-11-20 12:00:00 to 12:00:10 UTC', more: '1 failed, 1 succeeded' });
    expect(markText(due, 'UTC', 0)).toEqual({ title: '2 times due', when: '2026-11-20 13:00:00 to 13:00:10 UTC', more: null });
  });

  it('a run that goes on has taken until now', () => {
    const running = { ...one, runs: [{ ...run, status: 'running' as const, finishedAt: null }] };
    expect(markText(running, 'UTC', Date.parse('2026-11-20T12:02:05Z')).more).toBe('2 m 05 s');
  });
});

describe('a mark leads', () => {
  it('to its run, to all of its runs, to the job', () => {
    expect(markHref(one, 'j')).toBe('/executions/r1');
    expect(markHref(two, 'j')).toBe('/executions?job_id=j&from=2026-11-20T11%3A59%3A59.000Z&to=2026-11-20T12%3A00%3A11.000Z');
    expect(markHref(due, 'j')).toBe('/jobs/j');
  });
});
