/**
 * All processes of one run: finds them and ends them.
 *
 * Authority: the kernel's process table, or the run's cgroup where there is one. Races: a process may fork between being
 * read and being killed, hence rounds; one search may miss a process whose parent died while /proc was read, hence a
 * search proves emptiness only when nothing vanished during it, or when a second one agrees. Processes that hang in the
 * kernel do not die; after `KILL_DEADLINE_MS` they are reported as survivors instead of holding the run for ever.
 * Where there is no /proc only the process group can be reached.
 */
import { delay } from './delay.js';
import { groupExists, signalGroup, signalProcess } from './process-group.js';
import { HAS_PROCFS, type ProcessEntry, type ProcessTableReader } from './process-table.js';
import type { RunCgroup } from './run-cgroup.js';
import { isDead, runMembers, type RunIdentity } from './run-members.js';

const KILL_DEADLINE_MS = 5_000;
const MAX_PAUSE_MS = 40;
const MAX_KNOWN = 1_000;

export class RunProcesses {
  private readonly known = new Map<number, number>();
  readonly identity: RunIdentity;

  constructor(
    run: { readonly runId: string; readonly mainPid: number; readonly startTicks: number },
    private readonly tables: ProcessTableReader,
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
  async search(): Promise<{ members: ProcessEntry[]; conclusive: boolean }> {
    if (!HAS_PROCFS) return { members: [], conclusive: !groupExists(this.identity.mainPid) };
    if (this.isSurelyEmpty()) return { members: [], conclusive: true };
    const table = await this.tables.fresh();
    const found = new Map(runMembers(table, this.identity).map((entry) => [entry.pid, entry]));
    for (const pid of this.cgroup?.pids() ?? []) {
      const entry = table.entries.get(pid);
      if (entry !== undefined && !isDead(entry)) found.set(pid, entry);
    }
    const members = [...found.values()];
    this.remember(members);
    return { members, conclusive: this.cgroup === null && !table.vanished() };
  }

  /** Whether none is left: proven, or seen twice. */
  async isGone(): Promise<boolean> {
    const first = await this.search();
    if (first.members.length > 0 || first.conclusive) return first.members.length === 0;
    const second = await this.search();
    return second.members.length === 0 && (second.conclusive || this.isScanEnough());
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
      const { members, conclusive } = await this.search();
      empty = members.length === 0 ? empty + 1 : 0;
      if (empty > 0 && (conclusive || (empty >= 2 && this.isScanEnough()))) break;
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
  }

  /** Two searches that find nothing prove something only where there is a /proc and no cgroup that knows better. */
  private isScanEnough(): boolean {
    return HAS_PROCFS && this.cgroup === null;
  }

  /** Gives back what the run held on this machine. */
  release(): void {
    this.cgroup?.remove();
  }
}
