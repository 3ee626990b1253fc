/** Kinds of parameters that several executors share. */
import { isAbsolute } from 'node:path';
import { z } from 'zod';

/** Longest text a single parameter may be: what Linux takes as one argument, 128 KiB. */
const MAX_ARGUMENT_BYTES = 128 * 1024 - 1;
const MAX_ENVIRONMENT_VARIABLES = 500;

/** Variables by which a program is made to load somebody else's code before its own. */
const REFUSED_VARIABLES = new Set(['LD_PRELOAD', 'LD_LIBRARY_PATH', 'LD_AUDIT', 'NODE_OPTIONS', 'BASH_ENV']);

const VARIABLE_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** A text that can be an argument of a program: no NUL, at most 128 KiB. */
export const argument = z
  .string({ error: 'expected a string' })
  .refine((text) => !text.includes('\0'), { error: 'must not contain NUL' })
  .refine((text) => Buffer.byteLength(text) <= MAX_ARGUMENT_BYTES, { error: 'must not be longer than 128 KiB' });

/** The same, not blank. A missing one is said to be required. */
export const requiredArgument = z
  .string({ error: ({ input }) => (input === undefined ? 'is required' : 'expected a string') })
  .refine((text) => text.trim() !== '', { error: 'must not be blank' })
  .pipe(argument);

/** An absolute path. */
export const absolutePath = requiredArgument.refine(isAbsolute, { error: 'must be an absolute path' });

/** Environment variables: names of letters, digits and `_`, values without NUL, nothing that injects code. */
export const environment = z
  .record(z.string(), argument, { error: 'expected an object of strings' })
  .superRefine((variables, context) => {
    const names = Object.keys(variables);
    if (names.length > MAX_ENVIRONMENT_VARIABLES) {
      context.addIssue({ code: 'custom', message: `must not have more than ${String(MAX_ENVIRONMENT_VARIABLES)} variables` });
    }
    for (const name of names) {
      const problem = problemOfName(name);
      if (problem !== null) context.addIssue({ code: 'custom', path: [name], message: problem });
    }
  });

function problemOfName(name: string): string | null {
  if (!VARIABLE_NAME.test(name)) return 'is not a variable name ([A-Za-z_][A-Za-z0-9_]*)';
  return REFUSED_VARIABLES.has(name) ? 'is not allowed: it makes programs load other code' : null;
}
