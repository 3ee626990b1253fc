/** Reads /proc: which processes there are, whose children they are and which run they belong to. Linux only. */
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** One process as /proc shows it. `pid` and `startTicks` together never name two processes. */
export interface ProcessEntry {
  readonly pid: number;
  readonly ppid: number;
  readonly pgrp: number;
  readonly session: number;
  /** One letter; `Z` is a zombie, which runs nothing any more. */
  readonly state: string;
  /** Start time in clock ticks since boot. */
  readonly startTicks: number;
}

/** All processes at one moment. Environments are read when asked for, and only once. */
export interface ProcessTable {
  readonly entries: ReadonlyMap<number, ProcessEntry>;
  /** Value of an environment variable that the process was started with, or null. */
  readonly variable: (pid: number, name: string) => string | null;
  /** Whether some process went away while the table was read: then it may have left a child the table does not show. */
  readonly vanished: () => boolean;
}

/** Whether this system has a /proc as on Linux. */
export const HAS_PROCFS = existsSync('/proc/self/stat');

/** Parses one line of `/proc/<pid>/stat`, or null when it is not one. The name in brackets may hold anything. */
export function parseStat(pid: number, text: string): ProcessEntry | null {
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [state, ppid, pgrp, session] = fields;
  const startTicks = Number(fields[19]);
  if (state === undefined || session === undefined || !Number.isFinite(startTicks)) return null;
  return { pid, state, ppid: Number(ppid), pgrp: Number(pgrp), session: Number(session), startTicks };
}

/** Reads one process, or null when it is gone. */
export function readProcess(pid: number): ProcessEntry | null {
  const text = readText(`/proc/${String(pid)}/stat`);
  return text === null ? null : parseStat(pid, text);
}

/** Value of a variable in the text of `/proc/<pid>/environ`, or null. */
export function variableIn(environ: string, name: string): string | null {
  const mark = `${name}=`;
  const at = environ.startsWith(mark) ? 0 : environ.indexOf(`\0${mark}`) + 1;
  if (at === 0 && !environ.startsWith(mark)) return null;
  const from = at + mark.length;
  const end = environ.indexOf('\0', from);
  return environ.slice(from, end === -1 ? undefined : end);
}

/**
 * Reads the whole table: ~40 µs a process. The newest come first, because they are the ones that may fork and be gone before
 * their turn, and leave a child that is not among the names.
 */
export function readProcessTable(): ProcessTable {
  const entries = new Map<number, ProcessEntry>();
  const environments = new Map<number, string>();
  let vanished = false;
  for (const name of readdirSync('/proc').reverse()) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    const entry = readProcess(pid);
    if (entry === null) vanished = true;
    else entries.set(pid, entry);
  }
  const environment = (pid: number): string => {
    const known = environments.get(pid);
    if (known !== undefined) return known;
    const text = readText(`/proc/${String(pid)}/environ`);
    if (!text && hasEnded(readProcess(pid))) vanished = true;
    environments.set(pid, text ?? '');
    return text ?? '';
  };
  return { entries, variable: (pid, name) => variableIn(environment(pid), name), vanished: () => vanished };
}

/** One that ended since its entry was read has no environment any more, reaped or not. */
function hasEnded(entry: ProcessEntry | null): boolean {
  return entry === null || entry.state === 'Z' || entry.state === 'X';
}

/** Number of the pid namespace this process lives in, or null where there are none. */
export function pidNamespace(): string | null {
  try {
    return /\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? null;
  } catch {
    return null;
  }
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return null;
  }
}

/**
 * Hands out tables, one reading for all who ask before it begins, as a group commit does for writes: a hundred runs that
 * end together cost one scan.
 */
export class ProcessTableReader {
  private next: Promise<ProcessTable> | null = null;

  /** A table read after this call was made. */
  async fresh(): Promise<ProcessTable> {
    this.next ??= new Promise((resolve) => {
      setImmediate(() => {
        this.next = null;
        resolve(readProcessTable());
      });
    });
    return this.next;
  }
}
