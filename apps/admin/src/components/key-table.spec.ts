import { describe, expect, it } from 'vitest';
import { capsOf, KEY_TABLE, keyGroups, PLACES, type KeyRow } from './key-table';

const ROWS: readonly KeyRow[] = KEY_TABLE;
const keysAt = (place: string) => ROWS.filter((row) => row.place === place).flatMap(({ keys }) => keys);

describe('the table of keys', () => {
  it('has each key once at a place', () => {
    for (const place of Object.keys(PLACES)) expect(new Set(keysAt(place)).size, place).toBe(keysAt(place).length);
  });

  it('gives no key of everywhere another meaning at a place, but for the search, which is the place’s own', () => {
    const everywhere = new Set(keysAt('everywhere'));
    const taken = Object.keys(PLACES).filter((place) => place !== 'everywhere').flatMap((place) => keysAt(place).filter((key) => everywhere.has(key)));
    expect(taken).toEqual(['/']);
  });
});

describe('the list under ?', () => {
  it('is by place, and without what somebody may not do', () => {
    const titles = (can: boolean) => keyGroups(ROWS, () => can).map(({ title }) => title);
    expect(titles(true)).toEqual(Object.values(PLACES));
    expect(titles(false)).toEqual(Object.values(PLACES).filter((title) => title !== PLACES.job));
    expect(keyGroups(ROWS, () => false)[0]?.rows.map(({ does }) => does)).not.toContain('New job');
  });

  it('shows what is printed on the keys', () => {
    expect(capsOf('mod K')).toEqual(['Ctrl/⌘', 'K']);
    expect(capsOf('g j')).toEqual(['g', 'j']);
    expect(capsOf('ArrowLeft')).toEqual(['←']);
  });
});
