import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { environment, requiredArgument } from './parameter-types.js';
import { parseParameters } from './parse-parameters.js';

const SCHEMA = z.object({ scriptPath: requiredArgument, workingDirectory: z.string().optional(), environment: environment.default({}) });

describe('parseParameters', () => {
  it('takes either spelling and null for absent, and tells which names mean nothing', () => {
    expect(parseParameters(SCHEMA, { script_path: '/a', workingDirectory: '/b', environment: null, extra_one: 1 })).toEqual({
      ok: true,
      value: { scriptPath: '/a', workingDirectory: '/b', environment: {} },
      unknown: ['extra_one'],
    });
  });

  it('names all that is wrong, as the caller wrote it', () => {
    const parsed = parseParameters(SCHEMA, { workingDirectory: 5, environment: { 'a b': '1', NODE_OPTIONS: '-r x' } });
    expect(parsed.ok ? '' : parsed.message.split('; ').map((part) => part.replace('invalid parameters: ', ''))).toEqual([
      'script_path: is required',
      expect.stringContaining('workingDirectory: '),
      'environment.a b: is not a variable name ([A-Za-z_][A-Za-z0-9_]*)',
      'environment.NODE_OPTIONS: is not allowed: it makes programs load other code',
    ]);
  });

  it.each(['', ' ', 'a\0b', 'x'.repeat(140_000)])('refuses %j as an argument', (scriptPath) => {
    expect(parseParameters(SCHEMA, { scriptPath }).ok).toBe(false);
  });

  it('allows the variables that the examples of the API use', () => {
    const variables = { PATH: '/usr/bin:/bin', HOME: '/root', PYTHONPATH: '/scripts/lib', _x9: '' };
    expect(parseParameters(SCHEMA, { script_path: 'x', environment: variables })).toMatchObject({ ok: true, value: { environment: variables } });
  });

  it('does not take __proto__ for anything', () => {
    const args = JSON.parse('{"script_path":"/a","__proto__":{"workingDirectory":"/evil"}}') as Record<string, never>;
    const parsed = parseParameters(SCHEMA, args);
    expect(parsed.ok && parsed.value.workingDirectory).toBe(undefined);
    expect(({} as Record<string, unknown>)['workingDirectory']).toBeUndefined();
  });
});
