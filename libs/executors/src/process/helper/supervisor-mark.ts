/**
 * The mark that tells which helper started something: `<pid namespace>.<pid>.<start time in ticks>`, unique until the
 * machine restarts. It is in the environment of every task process and in the names of the helper's folders.
 */
import { isDead } from './run-members.js';
import { pidNamespace, readProcess } from './process-table.js';

let own: string | null = null;

/** Mark of this process. */
export function ownMark(): string {
  own ??= `${pidNamespace() ?? '0'}.${String(process.pid)}.${String(readProcess(process.pid)?.startTicks ?? 0)}`;
  return own;
}

/**
 * Whether the helper with this mark is gone. Of a helper in another pid namespace nothing is known here (its number is
 * another process's), and a text that is no mark names nobody: neither is dead.
 */
export function isSupervisorDead(mark: string): boolean {
  const [, namespace, pid, startTicks] = /^(\d+)\.(\d+)\.(\d+)$/.exec(mark) ?? [];
  if (namespace === undefined || namespace !== pidNamespace()) return false;
  const entry = readProcess(Number(pid));
  return entry === null || isDead(entry) || entry.startTicks !== Number(startTicks);
}
