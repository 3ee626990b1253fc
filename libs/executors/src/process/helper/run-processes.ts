/**
 * All processes of one run: finds them and ends them.
 *
 * Authority: the kernel's process table, or the run's cgroup where there is one. Races: a process may fork between being
 * read and being killed, hence rounds; one search may miss a process whose parent died while /proc was read, hence a
 * search proves emptiness only when nothing vanished during it. Else others must agree: one more after an end that nobody
 * asked for, where this is asked for every run, and `LOOKS_AFTER_STOP` in all where a run was stopped or has to be killed. A
 * chain whose links fork and end faster than /proc is read hides from several searches in a row, but inside the run's group
 * not without a trace: each time one of its links has just ended, or the kernel still knows the group that no entry is in.
 * Such a search is *stirred* and says nothing.
 * Processes that hang in the kernel do not die; after `KILL_DEADLINE_MS` they are reported as survivors instead of holding
 * the run for ever. Where there is no /proc only the process group can be reached.
 */
import { delay } from './delay.js';
import { groupExists, signalGroup, signalProcess } from './process-group.js';
import { HAS_PROCFS, type ProcessEntry, type ProcessTable, type ProcessTableReader } from './process-table.js';
import type { RunCgroup } from './run-cgroup.js';
import { isDead, runEntries, type RunIdentity } from './run-members.js';

const KILL_DEADLINE_MS = 5_000;
const MAX_PAUSE_MS = 40;
const MAX_KNOWN = 1_000;
/** Searches that find nothing, none of them a proof, until that is believed. */
const LOOKS_AFTER_END = 2;
const LOOKS_AFTER_STOP = 6;

/** What one search found. */
export interface Search {
  readonly members: readonly ProcessEntry[];
  /** Nobody can have been missed. */
  readonly conclusive: boolean;
  /** Something of the run was there a moment ago, and may have left a child that is not among the members. */
  readonly stirred: boolean;
}

export class RunProcesses {
  private readonly known = new Map<number, number>();
  /** Pid → start time of those that cannot have forked since an earlier search: dead then, or stopped by us. */
  private readonly settled = new Map<number, number>();
  readonly identity: RunIdentity;

  constructor(
    run: { readonly runId: string; readonly mainPid: number; readonly startTicks: number },
    private readonly tables: Pick<ProcessTableReader, 'fresh'>,
    private readonly cgroup: RunCgroup | null,
  ) {
    this.identity = { ...run, known: this.known };
    this.known.set(run.mainPid, run.startTicks);
  }

  /** Takes note of processes seen in the run, so that they stay known when they cut their ties later. */
  remember(members: readonly { readonly pid: number; readonly startTicks: number }[]): void {
    // Whoever was known and is alive is among the members again, so a long list can be begun anew.
    if (this.known.size > MAX_KNOWN) this.known.clear();
    for (const { pid, startTicks } of members) this.known.set(pid, startTicks);
  }

  /** Whether none is left, for sure and at no cost. False means that one has to search. */
  isSurelyEmpty(): boolean {
    return this.cgroup !== null && !this.cgroup.isPopulated();
  }

  /** Searches for the living processes of the run. */
  async search(): Promise<Search> {
    if (!HAS_PROCFS) return { members: [], conclusive: !groupExists(this.identity.mainPid), stirred: false };
    if (this.isSurelyEmpty()) return { members: [], conclusive: true, stirred: false };
    const table = await this.tables.fresh();
    const entries = runEntries(table, this.identity);
    const found = new Map(entries.filter((entry) => !isDead(entry)).map((entry) => [entry.pid, entry]));
    for (const pid of this.cgroup?.pids() ?? []) {
      const entry = table.entries.get(pid);
      if (entry !== undefined && !isDead(entry)) found.set(pid, entry);
    }
    const members = [...found.values()];
    this.remember(members);
    // Whose a dead process was that had left the group cannot be told any more: it makes a search unsure, but does not stir it.
    const dead = this.settle([...table.entries.values()].filter((entry) => isDead(entry) && entry.startTicks >= this.identity.startTicks));
    const stirred = dead.some((entry) => entries.includes(entry)) || this.hasUnseenGroup(table);
    return { members, conclusive: this.cgroup === null && !table.vanished() && dead.length === 0 && !stirred, stirred };
  }

  /** Takes note that these fork no more. @returns those that are new */
  private settle(entries: readonly ProcessEntry[]): readonly ProcessEntry[] {
    const fresh = entries.filter(({ pid, startTicks }) => this.settled.get(pid) !== startTicks);
    for (const { pid, startTicks } of fresh) this.settled.set(pid, startTicks);
    return fresh;
  }

  /** Whether the kernel knows the run's group although the table has nobody in it, nor a new process with its number. */
  private hasUnseenGroup({ entries }: ProcessTable): boolean {
    const { mainPid } = this.identity;
    if (entries.has(mainPid)) return false;
    for (const { pgrp } of entries.values()) if (pgrp === mainPid) return false;
    return groupExists(mainPid);
  }

  /** Whether none is left: proven, or seen often enough. */
  async isGone({ wasStopped }: { readonly wasStopped: boolean }): Promise<boolean> {
    const looks = wasStopped ? LOOKS_AFTER_STOP : LOOKS_AFTER_END;
    for (let look = 1; look <= looks; look += 1) {
      const { members, stirred, conclusive } = await this.search();
      if (members.length > 0 || stirred) return false;
      if (conclusive) return true;
    }
    return this.isScanEnough();
  }

  /** Sends SIGTERM to all, and SIGCONT after it, because a stopped process does not see its SIGTERM. */
  async terminate(mainIsRunning: boolean): Promise<void> {
    if (mainIsRunning) signalGroup(this.identity.mainPid, 'SIGTERM');
    const { members } = await this.search();
    const outside = members.filter(({ pgrp }) => !mainIsRunning || pgrp !== this.identity.mainPid);
    for (const entry of outside) signalProcess(entry, 'SIGTERM');
    for (const entry of members) signalProcess(entry, 'SIGCONT');
  }

  /**
   * Kills all, round after round, until none is left.
   * @returns how many were killed, and the pids that did not die in time
   */
  async kill(mainIsRunning: () => boolean): Promise<{ killed: number; survivors: number[] }> {
    const killed = new Set<number>();
    const deadline = performance.now() + KILL_DEADLINE_MS;
    for (let round = 1, empty = 0; ; round += 1) {
      const { members, conclusive, stirred } = await this.search();
      empty = members.length === 0 && !stirred ? empty + 1 : 0;
      if (empty > 0 && (conclusive || (empty >= LOOKS_AFTER_STOP && this.isScanEnough()))) break;
      if (performance.now() > deadline) return { killed: killed.size, survivors: members.map(({ pid }) => pid) };
      this.cgroup?.kill();
      this.killRound(members, mainIsRunning());
      for (const { pid } of members) killed.add(pid);
      await delay(Math.min(round * 2, MAX_PAUSE_MS));
    }
    return { killed: killed.size, survivors: [] };
  }

  /**
   * Stops all before it kills any: a shell whose child is killed first would go on to its next command, and a process
   * that is not stopped could fork while the others are being killed.
   */
  private killRound(members: readonly ProcessEntry[], mainIsRunning: boolean): void {
    for (const signal of ['SIGSTOP', 'SIGKILL'] as const) {
      if (!HAS_PROCFS || mainIsRunning) signalGroup(this.identity.mainPid, signal);
      for (const entry of members) signalProcess(entry, signal);
    }
    this.settle(members);
  }

  /** Searches that find nothing say something only where there is a /proc and no cgroup that knows better. */
  private isScanEnough(): boolean {
    return HAS_PROCFS && this.cgroup === null;
  }

  /** Gives back what the run held on this machine. */
  release(): void {
    this.cgroup?.remove();
  }
}
