/**
 * Kills what dead helpers left behind.
 *
 * A helper kills its trees when its worker dies. When both die at once (`kill -9` of each, the kernel's OOM killer), nobody
 * is left to do it; the next helper on this machine does, before it accepts work, and so does a worker whose helper died.
 * Every task process carries the mark of the helper that started it.
 */
import { delay } from './delay.js';
import { SUPERVISOR_VARIABLE } from './protocol.js';
import { CgroupHost } from './run-cgroup.js';
import { HAS_PROCFS, readProcessTable, type ProcessEntry } from './process-table.js';
import { signalProcess } from './process-group.js';
import { isDead, runMembers } from './run-members.js';
import { isSupervisorDead } from './supervisor-mark.js';

const MAX_ROUNDS = 50;

/** Kills the processes of dead helpers and all their descendants. Resolves with how many there were. */
export async function sweepOrphans(): Promise<number> {
  if (!HAS_PROCFS) return 0;
  CgroupHost.sweep();
  const killed = new Set<number>();
  let clean = 0;
  for (let round = 0; round < MAX_ROUNDS && clean < 2; round += 1) {
    const orphans = findOrphans();
    clean = orphans.length === 0 ? clean + 1 : 0;
    // All are stopped before any is killed, so that none reacts to the death of another.
    for (const entry of orphans) signalProcess(entry, 'SIGSTOP');
    for (const entry of orphans) {
      killed.add(entry.pid);
      signalProcess(entry, 'SIGKILL');
    }
    await delay(orphans.length === 0 ? 0 : 10);
  }
  return killed.size;
}

function findOrphans(): ProcessEntry[] {
  const table = readProcessTable();
  const verdicts = new Map<string, boolean>();
  const isOrphan = (entry: ProcessEntry): boolean => {
    const mark = table.variable(entry.pid, SUPERVISOR_VARIABLE);
    if (mark === null || isDead(entry)) return false;
    const dead = verdicts.get(mark) ?? isSupervisorDead(mark);
    verdicts.set(mark, dead);
    return dead;
  };
  const roots = [...table.entries.values()].filter(isOrphan);
  const known = new Map(roots.map(({ pid, startTicks }) => [pid, startTicks]));
  const startTicks = Math.min(...known.values());
  return roots.length === 0 ? [] : runMembers(table, { runId: '', mainPid: -1, startTicks, known });
}
