/** The PATH that services inherit, and from them tasks: the one of the user's shell, also below `npm start`. */
import { delimiter, sep } from 'node:path';

const ADDED_BY_NPM = [`node_modules${sep}.bin`, 'node-gyp-bin'];

/** The variables with the directories that npm puts before PATH taken away; below anything but npm they are as they were. */
export function withoutNpmPath(env) {
  if (env.npm_lifecycle_event === undefined || env.PATH === undefined) return env;
  const kept = env.PATH.split(delimiter).filter((directory) => !ADDED_BY_NPM.some((end) => directory.endsWith(end)));
  return { ...env, PATH: kept.join(delimiter) };
}
