/** What worker and spawn helper say to each other over their IPC channel (`serialization: 'advanced'`). */

/** Name of the variable that marks every process of one run. Its value is new for every attempt. */
export const RUN_ID_VARIABLE = 'TAKT_RUN_ID';
/** Name of the variable that names the helper that started a process, see supervisor-mark.ts. */
export const SUPERVISOR_VARIABLE = 'TAKT_SUPERVISOR';

/** User and group that task processes run as. Only a helper that runs as root can apply it. */
export interface RunAs {
  readonly uid: number;
  readonly gid: number;
  /** `HOME` of the task. @default '/' */
  readonly home?: string;
}

/** Limits of each task process (not of the whole tree), applied by `prlimit`. Absent members stay unlimited. */
export interface ProcessLimits {
  /** Processes of the task's user. The kernel does not apply it to root. */
  readonly processes?: number;
  /** Largest file a task may write, bytes. */
  readonly fileSizeBytes?: number;
  /** CPU time, seconds; the kernel kills a process that uses more. */
  readonly cpuSeconds?: number;
  /** Address space, bytes. Too small a value keeps Node and the JVM from starting at all. */
  readonly addressSpaceBytes?: number;
}

/** Sent once, first. All durations in milliseconds. */
export interface HelperConfig {
  readonly umask: number;
  readonly limits: ProcessLimits;
  readonly runAs: RunAs | null;
  /** Where the programs in front of a task are looked for: the worker's own PATH, folders separated by `:`. */
  readonly searchPath: string;
  /** How long processes that outlive their run's main process may finish by themselves (a `tee` that still writes). */
  readonly leftoverGraceMs: number;
  /** How long the output pipes may stay open when no process of the run is left. */
  readonly drainMs: number;
  /** `auto` gives each run a cgroup v2 of its own where the helper may create one. */
  readonly cgroup: 'auto' | 'off';
}

/** One process to start. `env` is complete: nothing is added but the supervisor's mark. */
export interface StartRequest {
  readonly runId: string;
  /** Absolute path of the executable. */
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Output kept in all, bytes, stdout and stderr together. */
  readonly outputLimitBytes: number;
}

export type ToHelper =
  | { readonly type: 'configure'; readonly config: HelperConfig }
  | { readonly type: 'start'; readonly request: StartRequest }
  /** SIGTERM now, SIGKILL after `graceMs`. Repeated requests can only shorten the grace. */
  | { readonly type: 'stop'; readonly runId: string; readonly graceMs: number }
  /** Kill everything and exit. */
  | { readonly type: 'shutdown' };

export type FromHelper =
  | { readonly type: 'ready'; readonly abilities: HelperAbilities }
  | { readonly type: 'output'; readonly runId: string; readonly pieces: readonly OutputPiece[] }
  | { readonly type: 'ended'; readonly runId: string; readonly report: ProcessReport };

/** Whole characters of one stream; `system` is said by the helper itself. */
export interface OutputPiece {
  readonly stream: 'stdout' | 'stderr' | 'system';
  readonly text: string;
}

/** What the helper found on its machine. */
export interface HelperAbilities {
  readonly pid: number;
  /** /proc is there: trees can be walked and `TAKT_RUN_ID` searched. */
  readonly procfs: boolean;
  readonly prlimit: boolean;
  readonly setpriv: boolean;
  readonly cgroup: boolean;
  /** Named pipes carry the output; otherwise socket pairs, on which a task cannot open `/dev/stdout`. */
  readonly fifos: boolean;
}

/** How the main process of a run ended and what its tree used. */
export interface ProcessReport {
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** Set when there never was a process: the system's error code and text. */
  readonly spawnError: { readonly code: string; readonly message: string } | null;
  /** Bytes written by the task, and bytes of them handed over. Equal unless truncated. */
  readonly totalOutputBytes: number;
  readonly keptOutputBytes: number;
  /** Highest and mean sample of the tree's memory, bytes; null when it was too short-lived to be seen. */
  readonly peakMemoryBytes: number | null;
  readonly averageMemoryBytes: number | null;
  /** `pss` counts shared pages by share, `rss` in full for each process. */
  readonly memoryMeasure: 'pss' | 'rss' | null;
  /** Processes that outlived the main process and were killed. */
  readonly leftoversKilled: number;
  /** Processes that even SIGKILL did not end in time (they hang in the kernel). Normally empty. */
  readonly survivors: readonly number[];
}
