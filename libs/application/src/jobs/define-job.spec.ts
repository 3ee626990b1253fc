import { DomainError } from '#domain/errors.js';
import { newId, type JobId } from '#domain/ids.js';
import { DEFAULT_POLICIES, type ScheduledJob } from '#domain/job/scheduled-job.js';
import { aJob, everySeconds } from '#testing/factories.js';
import { describe, expect, it } from 'vitest';
import { defineNewJob, firstFireAfter, isSameJson, redefineJob, type NewJobInput } from './define-job.js';

const NOW = new Date('2027-01-01T12:00:00.500Z');
const INTERVAL = 1;
const CRON = 2;
const ONCE = 3;

const input = (overrides: Partial<NewJobInput> = {}): NewJobInput => ({
  name: 'nightly', taskFunctionId: 7, jobTypeId: INTERVAL, scheduleConfig: { minutes: 5 }, ...overrides,
});

const stored = (overrides: Partial<ScheduledJob> = {}): ScheduledJob => ({
  ...aJob({ schedule: everySeconds(300), scheduleConfig: { minutes: 5 } }),
  id: newId<JobId>(), number: 1, scheduleVersion: 1, nextFireAt: null, createdAt: NOW, updatedAt: NOW, createdBy: null, updatedBy: null,
  ...overrides,
});

/** Where an input is wrong. */
const paths = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error instanceof DomainError ? [error.code, ...error.violations.map(({ path }) => path.join('.'))] : error;
  }
};

describe('a new job', () => {
  it('has the defaults of the platform and the time limit of its function', () => {
    expect(defineNewJob(input(), 9_000, NOW)).toMatchObject({
      description: null, args: null, isEnabled: true, isPaused: false,
      bounded: { schedule: { kind: 'interval', everyMs: 300_000 }, startAt: null, endAt: null },
      policies: { ...DEFAULT_POLICIES, timeoutMs: 9_000 },
    });
  });

  it('takes each policy by itself, those of the backoff too', () => {
    const { policies } = defineNewJob(input({ policies: { retryCount: 1, backoff: { delayMs: 5 }, overlap: 'allow' } }), 1, NOW);
    expect(policies.retry).toEqual({ retryCount: 1, backoff: { ...DEFAULT_POLICIES.retry.backoff, delayMs: 5 } });
    expect(policies.overlap).toBe('allow');
  });

  it('counts an interval from the present, on whole seconds', () => {
    const definition = defineNewJob(input(), 1, NOW);
    expect(firstFireAfter(definition, NOW)).toEqual(new Date('2027-01-01T12:05:00Z'));
  });

  it('is refused with the place of what is wrong', () => {
    expect(paths(() => defineNewJob(input({ jobTypeId: 99 }), 1, NOW))).toEqual(['JOB_TYPE_UNKNOWN']);
    expect(paths(() => defineNewJob(input({ scheduleConfig: { minutes: -1 } }), 1, NOW))).toEqual(['SCHEDULE_INVALID', 'scheduleConfig.minutes']);
    const [startAt, endAt] = [new Date('2027-02-02T00:00:00Z'), new Date('2027-02-01T00:00:00Z')];
    expect(paths(() => defineNewJob(input({ startAt, endAt }), 1, NOW))).toEqual(['SCHEDULE_INVALID', 'endAt']);
    const once = input({ jobTypeId: ONCE, scheduleConfig: { at: '2027-06-01T00:00:00Z' }, endAt: new Date('2027-05-01T00:00:00Z') });
    expect(paths(() => defineNewJob(once, 1, NOW))).toEqual(['SCHEDULE_INVALID', 'scheduleConfig.at']);
  });
});

describe('a change of a job', () => {
  it('keeps every member that is left out, and null is not left out', () => {
    const job = stored({ description: 'words', args: { command: 'ls' } });
    expect(redefineJob(job, { name: 'other' }, NOW)).toMatchObject({ name: 'other', description: 'words', args: { command: 'ls' }, policies: job.policies });
    expect(redefineJob(job, { description: null, args: null }, NOW)).toMatchObject({ description: null, args: null });
  });

  it('does not move the grid when the same configuration comes in another order', () => {
    const job = stored({ scheduleConfig: { hours: 0, minutes: 5 } });
    expect(redefineJob(job, { scheduleConfig: { minutes: 5, hours: 0 } }, NOW).bounded.schedule).toBe(job.bounded.schedule);
  });

  it('reads the schedule anew when its type or configuration differs', () => {
    const changed = redefineJob(stored(), { jobTypeId: CRON, scheduleConfig: { expression: '0 4 * * *' } }, NOW);
    expect(changed.bounded.schedule).toMatchObject({ kind: 'cron', expression: '0 4 * * *', timeZone: 'UTC' });
  });

  it('lets a one-off that is over be renamed, and not be moved into the past', () => {
    const at = new Date('2026-01-01T00:00:00Z');
    const job = stored({ jobTypeId: ONCE, scheduleConfig: { at: at.toISOString() }, bounded: { schedule: { kind: 'once', at, timeZone: 'UTC' }, startAt: null, endAt: null } });
    expect(redefineJob(job, { name: 'other' }, NOW).name).toBe('other');
    expect(paths(() => redefineJob(job, { startAt: new Date('2026-06-01T00:00:00Z') }, NOW))).toEqual(['SCHEDULE_INVALID', 'scheduleConfig.at']);
  });
});

describe('what fires next', () => {
  it.each([{ isEnabled: false }, { isPaused: true }])('is nothing with $isEnabled $isPaused', (overrides) => {
    expect(firstFireAfter(aJob(overrides), NOW)).toBeNull();
  });
});

describe('the comparison of configurations', () => {
  it('sees through the order of members at every depth, and through nothing else', () => {
    expect(isSameJson({ a: 1, b: { c: 2, d: [1, 2] } }, { b: { d: [1, 2], c: 2 }, a: 1 })).toBe(true);
    expect(isSameJson({ a: [1, 2] }, { a: [2, 1] })).toBe(false);
    expect(isSameJson({ a: 1 }, { a: '1' })).toBe(false);
    expect(isSameJson({ a: null }, {})).toBe(false);
  });
});
