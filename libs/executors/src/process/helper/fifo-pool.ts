/**
 * Named pipes for the output of tasks.
 *
 * Node gives a child socket pairs for `stdio: 'pipe'`, and a socket cannot be opened by path: `echo oops > /dev/stderr`,
 * everyday shell, fails with "No such device or address". So tasks get real pipes. Node cannot make anonymous ones;
 * `mkfifo` makes named ones in a private folder, sixteen at a time, and each is used again for the next run. A pipe that
 * somebody may still hold open is never used again. Without `mkfifo` everything works but `/dev/stdout`.
 */
import { spawnSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isSupervisorDead, ownMark } from './supervisor-mark.js';

const BATCH = 16;
const PREFIX = 'takt-pipes-';

/** One pipe with both ends open. Whoever takes it closes `writeFd` after the task has inherited it. */
export interface OpenFifo {
  readonly path: string;
  readonly readFd: number;
  readonly writeFd: number;
}

export class FifoPool {
  private readonly free: string[] = [];
  private made = 0;

  private constructor(private readonly folder: string) {}

  /** Makes the first pipes, or returns null where the system has no `mkfifo`. */
  static create(): FifoPool | null {
    try {
      removeForgotten();
      const pool = new FifoPool(mkdtempSync(join(tmpdir(), `${PREFIX}${ownMark()}-`)));
      if (pool.grow()) return pool;
      pool.remove();
    } catch {
      // No folder for temporary files, or none that we may write to.
    }
    return null;
  }

  /** Opens a pipe, or returns null when none can be had (the caller falls back to a socket pair). */
  take(): OpenFifo | null {
    if (this.free.length === 0 && !this.grow()) return null;
    const path = this.free.pop();
    if (path === undefined) return null;
    let readFd: number | null = null;
    try {
      readFd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
      return { path, readFd, writeFd: openSync(path, constants.O_WRONLY) };
    } catch {
      if (readFd !== null) closeSync(readFd);
      return null;
    }
  }

  /** Takes a pipe back. Only one whose reader saw its end: then no writer is left. */
  giveBack(path: string): void {
    this.free.push(path);
  }

  /** Forgets a pipe that an unknown process may still write to. */
  discard(path: string): void {
    rmSync(path, { force: true });
  }

  /** Removes the folder. */
  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private grow(): boolean {
    const paths = Array.from({ length: BATCH }, (_, index) => join(this.folder, String(this.made + index)));
    this.made += BATCH;
    const { status } = spawnSync('mkfifo', ['-m', '600', '--', ...paths], { stdio: 'ignore' });
    if (status === 0) this.free.push(...paths);
    return status === 0;
  }
}

/** Removes the folders of helpers that were killed. */
function removeForgotten(): void {
  for (const name of readdirSync(tmpdir())) {
    const mark = name.startsWith(PREFIX) ? name.slice(PREFIX.length).replace(/-[^-]*$/, '') : '';
    if (isSupervisorDead(mark)) rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}
