import { describe, expect, it } from 'vitest';
import { meaningOf, type Stroke } from './keystrokes';

const KNOWN = ['?', 'j', 'J', 'g j', 'g e'];

/** What strokes mean, a tenth of a second apart unless said otherwise. */
function meanings(keys: readonly string[], apartMs = 100, known = KNOWN): (string | null)[] {
  let first: Stroke | null = null;
  return keys.map((key, index) => {
    const meaning = meaningOf(known, { key, at: index * apartMs }, first);
    first = meaning.first;
    return meaning.keys;
  });
}

describe('meaningOf', () => {
  it('knows keys by themselves and two after another', () => {
    expect(meanings(['j', 'g', 'e', 'g', 'j'])).toEqual(['j', null, 'g e', null, 'g j']);
  });

  it('does not count Shift, which real keyboards press before ? and J', () => {
    expect(meanings(['Shift', '?', 'Shift', 'J'])).toEqual([null, '?', null, 'J']);
    expect(meanings(['g', 'Shift', 'e'])).toEqual([null, null, 'g e']);
  });

  it('forgets the first of two after a while', () => {
    expect(meanings(['g', 'j'], 1_300)).toEqual([null, 'j']);
  });

  it('takes a key for itself after one that begins nothing', () => {
    expect(meanings(['x', 'j'])).toEqual([null, 'j']);
    expect(meanings(['g', '?'])).toEqual([null, '?']);
  });
});
