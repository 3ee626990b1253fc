/** PostgreSQL refuses to run as root. As root we run it as an unprivileged user that the system already has. */
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const CANDIDATES = ['postgres', 'nobody'];
const CREATED_USER = 'takt-postgres';

/**
 * Who runs the server whose data is (or will be) in `dataDirectory`. A directory that exists keeps its owner.
 * @returns {{name: string, uid: number, gid: number} | null} null when the present user does
 */
export function postgresUser(dataDirectory) {
  const present = process.getuid?.();
  const owner = statSync(dataDirectory, { throwIfNoEntry: false });
  if (present === undefined) return null;
  if (present !== 0) {
    if (owner !== undefined && owner.uid !== present) {
      throw new Error(`${dataDirectory} belongs to another user (uid ${owner.uid}). Start as that user or as root, or choose another TAKT_HOME.`);
    }
    return null;
  }
  if (owner !== undefined && owner.uid !== 0) return { name: `uid ${owner.uid}`, uid: owner.uid, gid: owner.gid };
  const accounts = readAccounts();
  const found = CANDIDATES.map((name) => accounts.get(name)).find((account) => account !== undefined);
  return found ?? accounts.get(CREATED_USER) ?? createUser();
}

/** Whether the user may read the file: every directory above it may be passed through, too. */
export function canReach(path, user) {
  return asUser(['-r', path], user) ?? ancestors(path).every((directory) => isOpen(directory));
}

/** Whether the user may get at what is in the directory, if it knows the name. */
export function canPassThrough(directory, user) {
  return asUser(['-x', directory], user) ?? [directory, ...ancestors(directory)].every((above) => isOpen(above));
}

/** The answer of `test` run as that user; null when it cannot be asked. */
function asUser(condition, user) {
  const result = spawnSync('/usr/bin/env', ['test', ...condition], { uid: user.uid, gid: user.gid, cwd: '/', stdio: 'ignore' });
  return result.error === undefined ? result.status === 0 : null;
}

function isOpen(directory) {
  return (statSync(directory).mode & 0o001) !== 0;
}

function readAccounts() {
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  return new Map(
    lines
      .map((line) => line.split(':'))
      .filter((fields) => fields.length >= 4 && Number(fields[2]) > 0)
      .map(([name, , uid, gid]) => [name, { name, uid: Number(uid), gid: Number(gid) }]),
  );
}

function createUser() {
  execFileSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', CREATED_USER], { stdio: 'ignore' });
  const created = readAccounts().get(CREATED_USER);
  if (created === undefined) throw new Error('PostgreSQL must not run as root and no other user could be found or created. Set DATABASE_URL.');
  return created;
}

function ancestors(path) {
  const above = dirname(path);
  return above === path ? [] : [above, ...ancestors(above)];
}
