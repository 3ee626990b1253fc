/**
 * A cgroup v2 for each run, where this process may make one. Nothing leaves a cgroup by forking, by a new session or by
 * an empty environment, and `cgroup.kill` ends all of it at once: with it, "nothing outlives its run" is the kernel's word
 * and not the result of a search.
 *
 * The helper steps into the run's cgroup, spawns (synchronously; the child inherits the place) and steps back, which
 * needs no wrapper process and leaves no moment in which the task is outside. A cgroup that the helper itself is in is
 * never killed, should stepping back have failed.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isSupervisorDead, ownMark } from './supervisor-mark.js';

const PREFIX = 'takt-';

export class CgroupHost {
  private constructor(
    private readonly home: string,
    private readonly base: string,
  ) {}

  /** Makes the helper's own folder of cgroups, or returns null where that is not allowed. */
  static open(): CgroupHost | null {
    const home = ownCgroup();
    if (home === null) return null;
    const base = join(home, `${PREFIX}${ownMark()}`);
    try {
      mkdirSync(base);
      const host = new CgroupHost(home, base);
      if (host.works()) return host;
      host.close();
    } catch {
      // Not delegated to us; the search through /proc has to do.
    }
    return null;
  }

  /** Kills what helpers of this machine left in their cgroups when they died, and removes those. */
  static sweep(): void {
    const home = ownCgroup();
    if (home === null) return;
    for (const name of childrenOf(home)) {
      if (!name.startsWith(PREFIX) || !isSupervisorDead(name.slice(PREFIX.length))) continue;
      const base = join(home, name);
      write(join(base, 'cgroup.kill'), '1');
      remove(base);
    }
  }

  /** Runs `spawn` inside a new cgroup and returns its result with the cgroup, which is null when none could be made. */
  spawnInside<Result>(runId: string, spawn: () => Result): { result: Result; cgroup: RunCgroup | null } {
    const folder = join(this.base, runId);
    try {
      mkdirSync(folder);
    } catch {
      return { result: spawn(), cgroup: null };
    }
    const inside = write(join(folder, 'cgroup.procs'), String(process.pid));
    try {
      const result = spawn();
      return { result, cgroup: inside ? new RunCgroup(folder) : null };
    } finally {
      if (inside) write(join(this.home, 'cgroup.procs'), String(process.pid));
      else remove(folder);
    }
  }

  /** Removes the helper's folder. */
  close(): void {
    remove(this.base);
  }

  private works(): boolean {
    if (!existsSync(join(this.base, 'cgroup.kill'))) return false;
    const { cgroup } = this.spawnInside('probe', () => undefined);
    const back = !readPids(this.base).includes(process.pid) && cgroup?.isPopulated() === false;
    cgroup?.remove();
    return back;
  }
}

/** The cgroup of one run. */
export class RunCgroup {
  constructor(private readonly folder: string) {}

  /** Whether any process is in it, also further down. */
  isPopulated(): boolean {
    return /^populated 1$/m.test(read(join(this.folder, 'cgroup.events')));
  }

  /** All processes in it, also further down. */
  pids(): number[] {
    return readPidsBelow(this.folder);
  }

  /** Kills all of it. */
  kill(): void {
    if (this.pids().includes(process.pid)) return;
    write(join(this.folder, 'cgroup.kill'), '1');
  }

  /** Removes it once it is empty; what is still busy is left to the next helper's sweep. */
  remove(): void {
    remove(this.folder);
  }
}

function ownCgroup(): string | null {
  const path = /^0::(.*)$/m.exec(read('/proc/self/cgroup'))?.[1];
  const mount = read('/proc/self/mountinfo')
    .split('\n')
    .find((line) => line.includes(' - cgroup2 '))
    ?.split(' ');
  const [root, point] = [mount?.[3], mount?.[4]];
  if (path === undefined || root === undefined || point === undefined || path.includes('..')) return null;
  return join(point, root === '/' || !path.startsWith(root) ? path : path.slice(root.length));
}

function readPids(folder: string): number[] {
  return read(join(folder, 'cgroup.procs')).split('\n').filter(Boolean).map(Number);
}

function readPidsBelow(folder: string): number[] {
  return [...readPids(folder), ...childrenOf(folder).flatMap((child) => readPidsBelow(join(folder, child)))];
}

function childrenOf(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);
  } catch {
    return [];
  }
}

function remove(folder: string): void {
  for (const child of childrenOf(folder)) remove(join(folder, child));
  try {
    rmdirSync(folder);
  } catch {
    // Busy for a moment after a kill; swept later.
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}

function write(path: string, text: string): boolean {
  try {
    writeFileSync(path, text);
    return true;
  } catch {
    return false;
  }
}
