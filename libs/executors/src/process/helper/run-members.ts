/**
 * Which processes belong to a run.
 *
 * A run's processes can leave everything that ties them together: `setsid` leaves session and group, a double fork leaves
 * the parent chain, `env -i` leaves the environment. They rarely leave all at once, so a process belongs to the run when
 *  - it is in the main process's group or session, or
 *  - its environment carries the run's id, or
 *  - an earlier look saw it in the run (`known`), or
 *  - its parent belongs to the run.
 * Pids are reused; therefore a member is known by pid *and* start time, nothing that started before the run can belong
 * to it, and once the main process has been reaped its number as a group counts only while no new process has that pid
 * (the kernel does not give out a pid that a group still uses, so such a process proves that the old group is gone).
 */
import { RUN_ID_VARIABLE } from './protocol.js';
import type { ProcessEntry, ProcessTable } from './process-table.js';

/** What is known about a run when its processes are looked for. */
export interface RunIdentity {
  readonly runId: string;
  readonly mainPid: number;
  /** Start time of the main process in ticks. */
  readonly startTicks: number;
  /** Members seen so far: pid → start time. */
  readonly known: ReadonlyMap<number, number>;
}

/** The living processes of a run in this table. Zombies are left out: they run nothing and cannot be killed. */
export function runMembers(table: ProcessTable, run: RunIdentity): ProcessEntry[] {
  return runEntries(table, run).filter((entry) => !isDead(entry));
}

/** All processes of a run in this table: the living and those that have ended and wait to be reaped. */
export function runEntries(table: ProcessTable, run: RunIdentity): ProcessEntry[] {
  const seed = seedTest(table, run);
  const children = childrenByParent(table);
  const members = new Map<number, ProcessEntry>();
  const queue = [...table.entries.values()].filter(seed);
  for (let entry = queue.pop(); entry !== undefined; entry = queue.pop()) {
    if (members.has(entry.pid)) continue;
    members.set(entry.pid, entry);
    queue.push(...(children.get(entry.pid) ?? []).filter((child) => child.startTicks >= run.startTicks));
  }
  return [...members.values()];
}

/** Whether a process has ended and only waits to be reaped. */
export function isDead(entry: ProcessEntry): boolean {
  return entry.state === 'Z' || entry.state === 'X';
}

function seedTest(table: ProcessTable, run: RunIdentity): (entry: ProcessEntry) => boolean {
  const leader = table.entries.get(run.mainPid);
  const groupIsOurs = leader === undefined || leader.startTicks === run.startTicks;
  return (entry) => {
    if (entry.startTicks < run.startTicks) return false;
    if (groupIsOurs && (entry.pgrp === run.mainPid || entry.session === run.mainPid)) return true;
    if (run.known.get(entry.pid) === entry.startTicks) return true;
    return !isDead(entry) && table.variable(entry.pid, RUN_ID_VARIABLE) === run.runId;
  };
}

function childrenByParent(table: ProcessTable): Map<number, ProcessEntry[]> {
  const children = new Map<number, ProcessEntry[]>();
  for (const entry of table.entries.values()) {
    const siblings = children.get(entry.ppid);
    if (siblings === undefined) children.set(entry.ppid, [entry]);
    else siblings.push(entry);
  }
  return children;
}
