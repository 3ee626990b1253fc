import { expect, it } from 'vitest';
import { elsewhereText } from './elsewhere';
import { rangeOf, type PresetKey } from './range';

const NOW = Date.parse('2026-11-20T12:00:07Z');
const lately = (range: PresetKey) => rangeOf({ range, from: null, to: null }, NOW);

it.each(['7d', '30d'] as const)('does not name the last 7 days as another time when the last %s were searched', (range) => {
  expect(elsewhereText('boom', lately(range), NOW)).toBe('A longer range looks further back.');
});

it('says how far back a text was looked for', () => {
  const words = 'There are none in the last 7 days either; a longer range looks further back.';
  expect([elsewhereText('boom', lately('24h'), NOW), elsewhereText('boom', { from: '2020-01-01T00:00:00Z', to: '2020-02-01T00:00:00Z' }, NOW)]).toEqual([words, words]);
});

it('knows all times when no text is looked for', () => {
  expect(elsewhereText(' ', lately('7d'), NOW)).toBe('There are none at any other time either.');
});
