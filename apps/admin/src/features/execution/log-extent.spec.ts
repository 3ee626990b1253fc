import { expect, it } from 'vitest';
import { extentText, isWhole, searchedText } from './log-extent';

const whole = { lines: 12, totalLines: null, hasEarlier: false, hasLater: false };
const plain = (text: string | null) => text?.replaceAll('\u202f', ' ');

it('says how much of the output is here', () => {
  expect([extentText(whole), extentText({ ...whole, lines: 1 })]).toEqual(['12 lines', '1 line']);
  expect(plain(extentText({ lines: 20_000, totalLines: 310_000, hasEarlier: false, hasLater: true }))).toBe('first 20 000 of 310 000 lines');
  expect(plain(extentText({ lines: 1_000, totalLines: null, hasEarlier: true, hasLater: false }))).toBe('last 1 000 lines');
  expect(extentText({ lines: 900, totalLines: 800, hasEarlier: true, hasLater: false })).toBe('last 900 lines');
});

it('says what a search has not looked at', () => {
  expect([isWhole(whole), searchedText(whole)]).toEqual([true, null]);
  expect(plain(searchedText({ lines: 20_000, totalLines: 310_000, hasEarlier: false, hasLater: true }))).toBe('Searched the first 20 000 of 310 000 lines.');
});
