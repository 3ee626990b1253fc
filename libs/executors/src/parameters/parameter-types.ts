/** Kinds of parameters that several executors share. */
import { isAbsolute } from 'node:path';
import { z } from 'zod';

/** Longest text a single parameter may be: what Linux takes as one argument, 128 KiB. */
const MAX_ARGUMENT_BYTES = 128 * 1024 - 1;
const MAX_ENVIRONMENT_VARIABLES = 500;

/**
 * Variables by which a program is made to load somebody else's code before its own: all that the dynamic linker reads, and
 * a few of the C library, Node and shells. The programs that limit a task start in its environment. PYTHONPATH is not among
 * them: the examples of the API give it.
 */
const REFUSED_VARIABLES = /^(LD_.*|GCONV_PATH|GLIBC_TUNABLES|NODE_OPTIONS|BASH_ENV)$/;

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

/** Environment variables: names of letters, digits and `_`, values without NUL, nothing that injects code, PATH of absolute folders. */
export const environment = z
  .record(z.string(), argument, { error: 'expected an object of strings' })
  .superRefine((variables, context) => {
    const names = Object.keys(variables);
    if (names.length > MAX_ENVIRONMENT_VARIABLES) {
      context.addIssue({ code: 'custom', message: `must not have more than ${String(MAX_ENVIRONMENT_VARIABLES)} variables` });
    }
    for (const [name, value] of Object.entries(variables)) {
      const problem = problemOfVariable(name, value);
      if (problem !== null) context.addIssue({ code: 'custom', path: [name], message: problem });
    }
  });

function problemOfVariable(name: string, value: string): string | null {
  if (!VARIABLE_NAME.test(name)) return 'is not a variable name ([A-Za-z_][A-Za-z0-9_]*)';
  if (REFUSED_VARIABLES.test(name)) return 'is not allowed: it makes programs load other code';
  // An empty or relative member means the working directory, whose files may be somebody else's.
  return name === 'PATH' && !value.split(':').every(isAbsolute) ? 'must be absolute folders, separated by colons' : null;
}
