import { isAbsolute } from 'node:path';
import { z } from 'zod';
import { absolutePath, argument, environment, requiredArgument } from '../parameters/parameter-types.js';

const MAX_ARGUMENTS = 1_000;

/** Parameters of the `python` task function. */
export const pythonParameters = z.object({
  /** Absolute, or relative to the working directory. */
  scriptPath: requiredArgument,
  arguments: z
    .array(argument, { error: 'expected an array of strings' })
    .max(MAX_ARGUMENTS, { error: `must not have more than ${String(MAX_ARGUMENTS)} members` })
    .default([]),
  /** Absolute path, or a name to look up in the worker's PATH. @default the executor's own, `python3` */
  pythonExecutable: requiredArgument
    .refine((text) => isAbsolute(text) || /^[A-Za-z0-9][A-Za-z0-9._+-]*$/.test(text), {
      error: 'must be an absolute path or the name of a program',
    })
    .optional(),
  /** @default the script's own folder */
  workingDirectory: absolutePath.optional(),
  environment: environment.default({}),
  /** Folder of a virtual environment; its interpreter wins over `python_executable`. */
  virtualEnv: absolutePath.optional(),
});
