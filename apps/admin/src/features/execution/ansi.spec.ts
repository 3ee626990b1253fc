import { expect, it } from 'vitest';
import { piecesOf, plainText } from './ansi';

const brief = (line: string, needle = '') => piecesOf(line, needle).map(({ text, colour, isBold, isMatch }) => [text, colour, isBold, isMatch]);

it('reads colours', () => {
  expect(brief('\u001b[32mstep 1\u001b[0m of \u001b[1;91m60\u001b[0m')).toEqual([
    ['step 1', 'green', false, false],
    [' of ', null, false, false],
    ['60', 'bright-red', true, false],
  ]);
});

it('leaves out everything else that escapes do', () => {
  const line = '\u001b]8;;https://example.org\u0007link\u001b]8;;\u0007 \u001b[2K\u001b[1A\u001b[38;5;200mpink\u001b[0m\u0000 end\u001b';
  expect(plainText(line)).toBe('link pink end');
  expect(brief(line).map(([text]) => text).join('')).toBe('link pink end');
  expect(brief(line).every(([, colour]) => colour === null)).toBe(true);
});

it('leaves markup as it is: it becomes text', () => {
  expect(brief('<b>&amp;</b>')).toEqual([['<b>&amp;</b>', null, false, false]]);
});

it('marks what is searched for, across colours', () => {
  expect(brief('an Er\u001b[31mror, error\u001b[0m', 'error')).toEqual([
    ['an ', null, false, false],
    ['Er', null, false, true],
    ['ror', 'red', false, true],
    [', ', 'red', false, false],
    ['error', 'red', false, true],
  ]);
});
