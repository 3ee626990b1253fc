import { isDead } from '../process/helper/run-members.js';
import { readProcess, readProcessTable } from '../process/helper/process-table.js';

/** Pids of the living processes that were started with this variable in their environment. */
export function livingProcessesWith(name: string, value: string): number[] {
  const table = readProcessTable();
  return [...table.entries.values()]
    .filter((entry) => !isDead(entry) && table.variable(entry.pid, name) === value)
    .map(({ pid }) => pid);
}

/** Whether this process exists and is no zombie. */
export function isAlive(pid: number): boolean {
  const entry = readProcess(pid);
  return entry !== null && !isDead(entry);
}
