import type { ProcessSupervisor } from './process-supervisor.js';
import { RUN_ID_VARIABLE } from './helper/protocol.js';

/** What keeps a run's processes together, strongest last. */
export const ISOLATION_LEVELS = ['group', 'group+environ-scan', 'cgroup'] as const;
export type IsolationLevel = (typeof ISOLATION_LEVELS)[number];

/** What a worker can promise about the processes of its tasks. Not a sandbox at any level. */
export interface IsolationReport {
  /**
   * `group`: only processes in the task's own group are killed. `group+environ-scan`: also those that left it, found by
   * their ancestors and environment. `cgroup`: everything, the kernel keeps the list.
   */
  readonly level: IsolationLevel;
  /** Tasks run as another user than the worker, so they cannot read its memory or environment. */
  readonly separateUser: boolean;
  /** Tasks cannot gain privileges, as by a set-uid program. Only together with a user of their own. */
  readonly noNewPrivileges: boolean;
  /** Limits are applied. */
  readonly limits: boolean;
  /** Tasks can open `/dev/stdout` and `/dev/stderr`. */
  readonly devStdout: boolean;
  /** What memory figures mean: shared pages by share, in full for each process, or no figures at all. */
  readonly memoryMeasure: 'pss' | 'rss' | null;
}

/** A worker may not run tasks with less than this. */
export class IsolationTooWeak extends Error {
  constructor(reached: IsolationLevel, wanted: IsolationLevel) {
    super(`the processes of tasks can be kept together by "${reached}" only here, and TASK_MIN_ISOLATION asks for "${wanted}"`);
    this.name = 'IsolationTooWeak';
  }
}

/** @throws IsolationTooWeak when less was reached than is wanted */
export function demandIsolation(reached: IsolationLevel, wanted: IsolationLevel): void {
  if (ISOLATION_LEVELS.indexOf(reached) < ISOLATION_LEVELS.indexOf(wanted)) throw new IsolationTooWeak(reached, wanted);
}

/** Ends as soon as the daemon is in its own session. */
const LEAVE_A_DAEMON = `(setsid sh -c 'echo up; exec sleep 60 >/dev/null 2>&1' &) | read line`;

/**
 * Finds out by trying: runs a process that leaves a daemon in a session of its own behind, and looks whether it was found.
 * Takes ~0.3 s.
 */
export async function testIsolation(supervisor: ProcessSupervisor): Promise<IsolationReport> {
  const abilities = await supervisor.abilities();
  const report = await supervisor.run({
    file: '/bin/sh',
    args: ['-c', LEAVE_A_DAEMON],
    cwd: '/',
    environment: (runId) => ({ [RUN_ID_VARIABLE]: runId }),
    onOutput: () => undefined,
    signal: new AbortController().signal,
  });
  const daemonWasFound = report.leftoversKilled > 0;
  return {
    level: !daemonWasFound ? 'group' : abilities.cgroup ? 'cgroup' : 'group+environ-scan',
    separateUser: supervisor.separatesUser,
    noNewPrivileges: supervisor.separatesUser && abilities.setpriv,
    limits: abilities.prlimit,
    devStdout: abilities.fifos,
    memoryMeasure: report.memoryMeasure,
  };
}
