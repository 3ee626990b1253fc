import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { KnownFunctions } from './known-functions.js';

let asked: string[];
let answer: () => Promise<boolean>;
let known: KnownFunctions;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
  [asked, answer] = [[], () => Promise.resolve(true)];
  known = new KnownFunctions(['shell'], {
    isServed: (queue, taskFunction) => {
      asked.push(`${queue} ${taskFunction}`);
      return answer();
    },
  });
});
afterEach(() => {
  vi.useRealTimers();
});

it('keeps what this worker has, without asking anybody', () => {
  expect(known.leaveToOthers('default', 'shell')).toBe(false);
  expect(asked).toEqual([]);
});

it('leaves what another worker has, and takes what nobody has, asking once a second for each queue and function', async () => {
  expect(await known.leaveToOthers('default', 'report')).toBe(true);
  expect(await known.leaveToOthers('default', 'report')).toBe(true);
  expect(await known.leaveToOthers('other', 'report')).toBe(true);
  expect(asked).toEqual(['default report', 'other report']);
  answer = () => Promise.resolve(false);
  expect(await known.leaveToOthers('default', 'report')).toBe(true);
  vi.advanceTimersByTime(1_001);
  expect(await known.leaveToOthers('default', 'report')).toBe(false);
});

it('leaves everything it has not while the registry does not answer: a failure would be for good', async () => {
  answer = () => Promise.reject(new Error('away'));
  expect(await known.leaveToOthers('default', 'report')).toBe(true);
});
