/** Everything that was started, by process id, in a file too: a guardian ends it all when the harness itself is killed. */
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandLine, isAlive, signal } from '#scripts/process/pids.mjs';
import { startGuardian } from '#scripts/process/guardian.mjs';

const KILL_LISTED = `
for pid in $(cat "$1/pids"); do kill -CONT "$pid"; kill -KILL "$pid"; done
sleep 1
rm -rf "$1"`;

export class PidBook {
  private readonly entries = new Map<number, string>();
  private readonly guardian: { readonly release: () => void };

  constructor(private readonly directory: string) {
    writeFileSync(join(directory, 'pids'), '');
    this.guardian = startGuardian(KILL_LISTED, [directory]);
  }

  /** @param word part of its command line, by which it is known not to be somebody else by now */
  add(pid: number, word: string): void {
    this.entries.set(pid, word);
    appendFileSync(join(this.directory, 'pids'), `${String(pid)}\n`);
  }

  /** Kills what is still alive. @returns how many that were */
  killAll(): number {
    let killed = 0;
    for (const [pid, word] of this.entries) {
      if (!isAlive(pid) || !commandLine(pid).includes(word)) continue;
      signal(pid, 'SIGCONT');
      signal(pid, 'SIGKILL');
      killed += 1;
    }
    return killed;
  }

  close(): void {
    this.guardian.release();
  }
}
