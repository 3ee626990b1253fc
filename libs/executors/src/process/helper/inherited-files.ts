/**
 * Files that whoever started the worker had open without saying that they end there (a lock, a terminal's log): they go
 * down through worker and helper into every task. Node marks its own as close-on-exec, and of inherited ones the first few;
 * it stops looking at the first gap.
 */
import { closeSync, readdirSync, readFileSync } from 'node:fs';

const CLOSE_ON_EXEC = 0o2_000_000;
const FIRST_AFTER_STDIO = 3;

/** Closes what this process inherited and would hand on, stdin, stdout and stderr apart. Does nothing where there is no /proc. */
export function closeInheritedFiles(): void {
  for (const fd of openFiles()) {
    if (fd >= FIRST_AFTER_STDIO && isHandedOn(fd)) closeSync(fd);
  }
}

function openFiles(): number[] {
  try {
    return readdirSync('/proc/self/fd').map(Number);
  } catch {
    return [];
  }
}

/** The one that listed the folder is gone by now, and so are its flags. */
function isHandedOn(fd: number): boolean {
  try {
    const [, flags] = /^flags:\s+([0-7]+)/m.exec(readFileSync(`/proc/self/fdinfo/${String(fd)}`, 'latin1')) ?? [];
    return flags !== undefined && (Number.parseInt(flags, 8) & CLOSE_ON_EXEC) === 0;
  } catch {
    return false;
  }
}
