import { expect, it } from 'vitest';
import { counted, rowsText, runRefusal } from './words';

it('counts one and many', () => {
  expect([0, 1, 2, 1284].map((count) => counted(count, 'job'))).toEqual(['0 jobs', '1 job', '2 jobs', '1\u202f284 jobs']);
  expect(counted(2, 'entry', 'entries')).toBe('2 entries');
});

it('says which rows a page has', () => {
  expect(rowsText({ first: 1, last: 1, total: 1 }, 'job')).toBe('1 of 1 job');
  expect(rowsText({ first: 21, last: 40, total: 57 }, 'job')).toBe('21–40 of 57 jobs');
  expect(rowsText({ first: 41, last: 41, total: 41 }, 'job')).toBe('41 of 41 jobs');
});

it('says why a disabled job cannot be run, as the API would refuse it', () => {
  expect(runRefusal({ isEnabled: false })).toMatch(/disabled/);
  expect(runRefusal({ isEnabled: true })).toBeNull();
});
