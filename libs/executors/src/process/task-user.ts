import type { RunAs } from './helper/protocol.js';

/** The user that nothing belongs to, where the machine has no entry for it. */
const NOBODY: RunAs = { uid: 65_534, gid: 65_534 };

/**
 * The user that task processes run as; null: the worker's own.
 *
 * @param wanted `worker` for the worker's own; `auto` for `nobody` when the worker is root, else the worker's own; or a user by
 * name, uid or `uid:gid`
 * @param worker uid of the worker; null where there are none
 * @param passwd text of `/etc/passwd`
 * @throws Error when there is no such user, or when the worker may not become another
 */
export function taskUser(wanted: string, worker: { readonly uid: number | null }, passwd: string): RunAs | null {
  if (wanted === 'worker') return null;
  if (wanted === 'auto') return worker.uid === 0 ? (find('nobody', passwd) ?? NOBODY) : null;
  const user = find(wanted, passwd);
  if (user === null) throw new Error(`TASK_USER: there is no user "${wanted}" on this machine`);
  if (user.uid === worker.uid) return null;
  if (worker.uid !== 0) throw new Error(`TASK_USER: only a worker that runs as root can run tasks as "${wanted}"`);
  return user;
}

function find(wanted: string, passwd: string): RunAs | null {
  const [id = '', group] = wanted.split(':');
  const isNumber = /^\d+$/.test(id);
  const entry = passwd
    .split('\n')
    .map((line) => line.split(':'))
    .find(([name, , uid]) => (isNumber ? uid === id : name === id));
  if (entry === undefined) return isNumber ? { uid: Number(id), gid: Number(group ?? id) } : null;
  const [, , uid, gid, , home = ''] = entry;
  return { uid: Number(uid), gid: Number(group ?? gid), ...(home === '' || home === '/nonexistent' ? {} : { home }) };
}
