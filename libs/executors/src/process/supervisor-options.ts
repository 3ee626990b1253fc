import { availableParallelism } from 'node:os';
import type { ProcessLimits, RunAs } from './helper/protocol.js';

/** What happened to the spawn helper; for the log. */
export type SupervisorEvent =
  | { readonly event: 'spawn_helper.started'; readonly pid: number }
  | { readonly event: 'spawn_helper.lost'; readonly pid: number; readonly runs: number; readonly detail: string };

/** Settings of a ProcessSupervisor. Durations in milliseconds. */
export interface ProcessSupervisorOptions {
  /** The worker's environment. Tasks get PATH, HOME, LANG, LC_*, TZ, TMPDIR, USER, LOGNAME and SHELL of it, nothing else. */
  readonly workerEnvironment: Readonly<Record<string, string | undefined>>;
  /** Between SIGTERM and SIGKILL. @default 5000 */
  readonly graceMs?: number;
  /** Output kept of one run, bytes, stdout and stderr together. @default 1048576 */
  readonly outputLimitBytes?: number;
  /**
   * File mode mask of tasks. 022 as cron has it: jobs write reports and web pages for others to read, and 077 breaks
   * them in ways that are hard to see. Set 0o077 where tasks of several owners share a machine.
   * @default 0o022
   */
  readonly umask?: number;
  /** Limits of each task process, where `prlimit` is installed. Core dumps are always off. @default none */
  readonly limits?: ProcessLimits;
  /** Most open files of each task process; never more than the worker's own hard limit. @default 4096 */
  readonly openFiles?: number;
  /** User and group of tasks; only when the worker runs as root. @default the worker's own */
  readonly runAs?: RunAs;
  /** Whether each run gets a cgroup v2 of its own where one can be made. @default 'auto' */
  readonly cgroup?: 'auto' | 'off';
  /** Most spawn helpers at a time; each needs some 45 MiB. @default the number of cores, at most 4 */
  readonly helpers?: number;
  /** How long processes may outlive their main process before they are killed. @default 200 */
  readonly leftoverGraceMs?: number;
  /** How long output pipes may stay open when nothing of the run is left. @default 2000 */
  readonly drainMs?: number;
  /** Told when a helper starts or is lost. @default nobody is told */
  readonly onEvent?: (event: SupervisorEvent) => void;
}

export const DEFAULTS = {
  graceMs: 5_000,
  outputLimitBytes: 1024 * 1024,
  umask: 0o022,
  limits: {},
  openFiles: 4_096,
  cgroup: 'auto',
  helpers: Math.min(availableParallelism(), 4),
  leftoverGraceMs: 200,
  drainMs: 2_000,
} as const;
