import { expect, it } from 'vitest';
import { firstSteps, progressText, type Installation } from './first-steps';

const brought = { createdBy: null, lastStatus: 'success' } as const;
const own = { createdBy: '1', lastStatus: null };
const empty: Installation = { newest: [brought], mayWrite: true, access: { hasInvited: false, hasKeys: false } };
const done = (installation: Partial<Installation>) => firstSteps({ ...empty, ...installation }).map(({ isDone }) => isDone);

it('takes nothing that Takt brought along for a step', () => {
  expect(done({})).toEqual([false, false, false, false]);
  expect(progressText(firstSteps(empty))).toMatch(/^Nobody has created a job yet/);
});

it('tells a job that has been created from one that has run', () => {
  expect(done({ newest: [own, brought] })).toEqual([true, false, false, false]);
  expect(done({ newest: [own, { ...own, lastStatus: 'failed' }] })).toEqual([true, true, false, false]);
  expect(progressText(firstSteps({ ...empty, newest: [own] }))).toBe('1 of 4 are done.');
});

it('is through with the last one', () => {
  expect(done({ newest: [{ ...own, lastStatus: 'success' }], access: { hasInvited: true, hasKeys: true } })).toEqual([true, true, true, true]);
});

it('asks of others than administrators what they can see', () => {
  expect(firstSteps({ ...empty, access: null, mayWrite: false }).map(({ isAllowed }) => isAllowed)).toEqual([false, true]);
});
