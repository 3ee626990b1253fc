import { accessSync, constants, statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';

/** Whether this path is a file that may be executed. */
export function isExecutableFile(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/**
 * Looks a program up as a shell would: an absolute path is taken as it is, a bare name is searched in `searchPath`.
 * @param searchPath folders separated by `:`
 * @returns the absolute path, or null when there is no such program
 */
export function findExecutable(name: string, searchPath: string): string | null {
  return findExecutables(name, searchPath)[0] ?? null;
}

/** The same with all that there are, in the order of `searchPath`. */
export function findExecutables(name: string, searchPath: string): readonly string[] {
  if (isAbsolute(name)) return [name].filter(isExecutableFile);
  if (name.includes('/')) return [];
  const candidates = searchPath.split(':').filter(isAbsolute).map((folder) => join(folder, name));
  return candidates.filter(isExecutableFile);
}
