import { z } from 'zod';
import { absolutePath, environment, requiredArgument } from '../parameters/parameter-types.js';

/** Shells that a job may ask for. Any other program would be a way around the executor that is meant for it. */
export const ALLOWED_SHELLS = [
  '/bin/bash',
  '/usr/bin/bash',
  '/usr/local/bin/bash',
  '/bin/sh',
  '/usr/bin/sh',
  '/bin/dash',
  '/usr/bin/dash',
  '/bin/zsh',
  '/usr/bin/zsh',
  '/usr/local/bin/zsh',
  '/bin/ksh',
  '/usr/bin/ksh',
  '/bin/ash',
] as const;

/** Parameters of the `shell` task function. The command goes to the shell as it is; nothing is filtered out of it. */
export const shellParameters = z.object({
  command: requiredArgument,
  /** @default the executor's own */
  workingDirectory: absolutePath.optional(),
  environment: environment.default({}),
  /** @default /bin/bash where it exists, else /bin/sh */
  shell: z.enum(ALLOWED_SHELLS, { error: `must be one of ${ALLOWED_SHELLS.join(', ')}` }).optional(),
});
