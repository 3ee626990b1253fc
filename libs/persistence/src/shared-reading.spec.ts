import { describe, expect, it } from 'vitest';
import { SharedReading } from './shared-reading.js';

describe('a shared reading', () => {
  it('answers all who ask together with one statement that has each key once', async () => {
    const statements: (readonly string[])[] = [];
    const reading = new SharedReading<string, string>((keys) => {
      statements.push(keys);
      return Promise.resolve(new Map([['a', 'of a']]));
    });
    expect(await Promise.all(['a', 'b', 'a'].map((key) => reading.find(key)))).toEqual(['of a', null, 'of a']);
    expect(statements).toEqual([['a', 'b']]);
  });

  it('never answers with what was read before the question', async () => {
    let stored = 'old';
    const release: (() => void)[] = [];
    const reading = new SharedReading<string, string>(async (keys) => {
      const found = new Map(keys.map((key) => [key, stored]));
      await new Promise<void>((done) => release.push(done));
      return found;
    });
    const first = reading.find('a');
    await expect.poll(() => release.length).toBe(1);
    stored = 'new';
    const second = reading.find('a');
    release[0]?.();
    expect(await first).toBe('old');
    await expect.poll(() => release.length).toBe(2);
    release[1]?.();
    expect(await second).toBe('new');
  });
});
