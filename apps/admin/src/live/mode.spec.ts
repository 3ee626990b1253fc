import { expect, it } from 'vitest';
import { isLiveMode, pollIntervalMs } from './mode';

it.each([
  ['live', false, null],
  ['live', true, 5_000],
  ['15', false, 15_000],
  ['60', true, 60_000],
  ['off', true, null],
] as const)('in mode %s with a broken stream %s the timer runs every %s ms', (mode, isBroken, expected) => {
  expect(pollIntervalMs(mode, isBroken)).toBe(expected);
});

it('knows its modes', () => {
  expect(['live', '5', 'off', '7', '', null].map(isLiveMode)).toEqual([true, true, true, false, false, false]);
});
