/** Signals to processes, where "it is gone already" is a normal answer. */
import { readProcess, type ProcessEntry } from './process-table.js';
import { isDead } from './run-members.js';

/** Signals a whole process group. Safe only while its leader is not reaped: afterwards the number may be someone else's. */
export function signalGroup(leaderPid: number, signal: NodeJS.Signals): void {
  send(-leaderPid, signal);
}

/** Signals exactly this process: not at all when its pid now belongs to another one. */
export function signalProcess(entry: ProcessEntry, signal: NodeJS.Signals): void {
  const now = readProcess(entry.pid);
  if (now === null || now.startTicks !== entry.startTicks || isDead(now)) return;
  send(entry.pid, signal);
}

/** Whether a process group has members; true also when they belong to another user. */
export function groupExists(leaderPid: number): boolean {
  try {
    process.kill(-leaderPid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function send(target: number, signal: NodeJS.Signals): void {
  try {
    process.kill(target, signal);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ESRCH' && code !== 'EPERM') throw error;
  }
}
