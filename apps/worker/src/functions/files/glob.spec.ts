import { describe, expect, test } from 'vitest';
import { compileGlob } from './glob.js';
import { expandBraces } from './glob-braces.js';

describe('compileGlob', () => {
  test.each<[string, string[], string[]]>([
    ['*.log', ['a.log', 'deep/er/b.log'], ['a.log.gz', 'log', '.hidden.log', '.git/a.log', 'a.LOG']],
    ['*', ['a', 'a/b.txt'], ['.a', '.a/b', 'a/.b']],
    ['/*.log', ['a.log'], ['sub/a.log']],
    ['logs/*.log', ['logs/a.log'], ['a.log', 'logs/sub/a.log', 'other/logs/a.log']],
    ['**/logs/*.log', ['logs/a.log', 'x/y/logs/a.log'], ['logs/x/a.log', '.x/logs/a.log']],
    ['logs/**', ['logs/a', 'logs/a/b'], ['a', 'logs/.a/b']],
    ['a/**/b/**/c', ['a/b/c', 'a/x/b/y/z/c', 'a/b/b/c'], ['a/c', 'a/b', 'b/c']],
    ['app-?.txt', ['app-1.txt', 'app-ä.txt', 'app-😀.txt'], ['app-.txt', 'app-10.txt']],
    ['[a-c]*.t[xm][tp]', ['b1.txt', 'c.tmp'], ['d.txt', 'b1.tat']],
    ['[!0-9]*', ['a1'], ['1a', '.a']],
    ['[]]x', [']x'], ['[x']],
    ['*.{log,tmp}', ['a.log', 'b.tmp'], ['a.txt']],
    ['{a,b{c,d}}', ['a', 'bc', 'bd'], ['b', 'c']],
    ['{a}', ['{a}'], ['a']],
    ['a\\*b', ['a*b'], ['axb']],
    ['\\{a,b\\}', ['{a,b}'], ['a']],
    ['.env', ['.env', 'x/.env'], ['env']],
    ['.*', ['.a'], ['a']],
    ['**', ['a', 'a/b'], ['.a']],
    ['a**b', ['ab', 'axxb'], ['a/b']],
  ])('%s', (pattern, matching, others) => {
    const matches = compileGlob(pattern);
    expect(matching.filter((path) => !matches(path))).toEqual([]);
    expect(others.filter((path) => matches(path))).toEqual([]);
  });

  test.each(['', '/', 'a//b', '../*', 'a/../b', './a', 'a/', '[a', 'x'.repeat(257), '{a,b}'.repeat(9)])('refuses %j', (pattern) => {
    expect(() => compileGlob(pattern)).toThrow(/pattern/);
  });

  test('answers at once whatever the pattern and the name', () => {
    const evil = [`${'*a'.repeat(127)}b`, `${'**/'.repeat(80)}x`, '{a*,*a}'.repeat(7), '[a-z]*'.repeat(40)];
    const names = ['a'.repeat(255), 'a/'.repeat(1_500) + 'y', 'a'.repeat(1_000_000)];
    const startedAt = performance.now();
    for (const pattern of evil.slice(0, 2)) for (const name of names) compileGlob(pattern)(name);
    for (const pattern of evil) for (const name of names.slice(0, 2)) compileGlob(pattern)(name);
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });
});

test('expandBraces writes braces out', () => {
  expect(expandBraces('x{a,b{c,d}}y')).toEqual(['xay', 'xbcy', 'xbdy']);
  expect(expandBraces('{,a}b')).toEqual(['b', 'ab']);
  expect(expandBraces('a{b')).toEqual(['a{b']);
});
