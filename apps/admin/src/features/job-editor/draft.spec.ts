import { describe, expect, it } from 'vitest';
import type { TaskFunction } from '@/api/types';
import { changedInput, changesBetween, firstDraft, inputOf, withTaskFunction, type JobDraft } from './draft';
import { problemsBelow, problemsOf, problemsOfViolations, sectionOf } from './problems';

const shell: TaskFunction = {
  id: 7, name: 'shell', displayName: 'Shell', description: null, handlerPath: 'x', handlerType: 'shell', queue: 'default', defaultTimeoutSeconds: 120,
  argumentSchema: { type: 'object', required: ['command'], properties: { command: { type: 'string' } } }, isActive: true, isSystem: false, createdAt: '2026-01-01T00:00:00Z',
};
const good: JobDraft = { ...firstDraft('UTC'), name: 'Nightly', taskFunctionId: 7, taskArgs: { command: 'true' } };

describe('problemsOf', () => {
  it('finds nothing wrong with a complete draft', () => {
    expect(problemsOf(good, shell)).toEqual({});
  });

  it.each<[Partial<JobDraft>, string]>([
    [{ name: ' x ' }, 'name'],
    [{ description: 'x'.repeat(1_001) }, 'description'],
    [{ taskFunctionId: null }, 'taskFunctionId'],
    [{ taskArgs: {} }, 'taskArgs.command'],
    [{ taskArgsWrong: { '': 'This is not JSON' } }, 'taskArgs'],
    [{ taskArgsWrong: { matrix: 'This is not JSON' } }, 'taskArgs.matrix'],
    [{ taskArgs: {}, taskArgsWrong: { command: 'This is not JSON' } }, 'taskArgs.command'],
    [{ retryCount: 11 }, 'retryCount'],
    [{ retryCount: 1.5 }, 'retryCount'],
    [{ timeoutSeconds: null }, 'timeoutSeconds'],
    [{ retryJitter: 1.1 }, 'retryJitter'],
    [{ catchUpWindowSeconds: -1 }, 'catchUp.windowSeconds'],
    [{ startWall: '2027-01-02T00:00', endWall: '2027-01-01T00:00' }, 'endAt'],
    [{ schedule: { ...good.schedule, interval: { ...good.schedule.interval, weeks: -5 } } }, 'scheduleConfig.weeks'],
    [{ schedule: { ...good.schedule, interval: { ...good.schedule.interval, minutes: null } } }, 'scheduleConfig.hours'],
    [{ schedule: { ...good.schedule, mode: 'once' } }, 'scheduleConfig.at'],
    [{ schedule: { ...good.schedule, mode: 'cron', expression: '' } }, 'scheduleConfig.expression'],
  ])('%j is wrong at %s', (change, path) => {
    expect(Object.keys(problemsOf({ ...good, ...change }, shell))).toEqual([path]);
  });

  it('takes over what the API says', () => {
    const problems = problemsOfViolations([
      { loc: ['body', 'scheduleConfig', 'expression'], msg: 'minute field has 61', type: 'value_error' },
      { loc: ['body', 'retryCount'], msg: 'too much', type: 'x' },
      { loc: ['body', 'retryCount'], msg: 'Really.', type: 'x' },
    ]);
    expect(problems).toEqual({ 'scheduleConfig.expression': 'Minute field has 61.', retryCount: 'Too much. Really.' });
    expect(Object.keys(problems).map(sectionOf)).toEqual(['schedule', 'reliability']);
    expect(sectionOf('catchUp.mode')).toBe('reliability');
    expect(sectionOf('nonsense')).toBe('basics');
    expect(problemsBelow(problems, 'scheduleConfig')).toEqual({ expression: 'Minute field has 61.' });
  });
});

describe('what is sent', () => {
  it('is everything of a new job', () => {
    expect(inputOf({ ...good, startWall: '2027-01-01T09:00', schedule: { ...good.schedule, timezone: 'Europe/Berlin' } })).toMatchObject({
      name: 'Nightly', description: null, jobTypeId: 1, scheduleConfig: { minutes: 15, timezone: 'Europe/Berlin' }, startAt: '2027-01-01T08:00:00.000Z', endAt: null,
      catchUp: { mode: 'latest', windowSeconds: 3_600 }, dependsOn: [],
    });
  });

  it('is only what differs of a changed one, and the kind of a schedule with its configuration', () => {
    const before = inputOf(good);
    expect(changedInput(before, inputOf({ ...good, taskArgs: { command: 'true' } }))).toEqual({});
    expect(changedInput(before, inputOf({ ...good, name: 'Daily' }))).toEqual({ name: 'Daily' });
    const rescheduled = inputOf({ ...good, schedule: { ...good.schedule, interval: { ...good.schedule.interval, minutes: 5 } } });
    expect(changedInput(before, rescheduled)).toEqual({ jobTypeId: 1, scheduleConfig: { minutes: 5, timezone: 'UTC' } });
    expect(changesBetween(before, rescheduled)).toEqual([{ member: 'scheduleConfig', before: { minutes: 15, timezone: 'UTC' }, after: { minutes: 5, timezone: 'UTC' } }]);
  });

  it('takes the time limit of another task function, unless somebody set one', () => {
    const first = withTaskFunction(firstDraft('UTC'), shell, null);
    expect(first.timeoutSeconds).toBe(120);
    expect(withTaskFunction({ ...first, timeoutSeconds: 7 }, { ...shell, id: 8, defaultTimeoutSeconds: 60 }, shell).timeoutSeconds).toBe(7);
    expect(withTaskFunction({ ...first, taskArgsWrong: { matrix: 'not JSON' } }, { ...shell, id: 8, defaultTimeoutSeconds: 60 }, shell)).toMatchObject({ taskFunctionId: 8, timeoutSeconds: 60, taskArgsWrong: {} });
  });
});
