/** Turns a request into the one `spawn` call of a task process. */
import { spawn, spawnSync, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { findExecutable } from './find-executable.js';
import type { OutputPipes } from './output-pipes.js';
import { SUPERVISOR_VARIABLE, type HelperConfig, type ProcessLimits, type RunAs, type StartRequest } from './protocol.js';
import { ownMark } from './supervisor-mark.js';

/**
 * Absolute paths of the programs that the helper puts in front of a task's own; null where there is none. Never looked up
 * when a task starts: its PATH is the job's, and a `prlimit` of the job's would run without the limits.
 */
export interface Wrappers {
  readonly prlimit: string | null;
  readonly setpriv: string | null;
}

/**
 * Looks for the wrapper programs. Once, at start.
 *
 * @param searchPath folders separated by `:`, of the worker and no job
 * @param runAs user that has to be able to start them; null: the helper's own
 */
export function findWrappers(searchPath: string, runAs: RunAs | null): Wrappers {
  const user = runAs === null ? {} : { uid: runAs.uid, gid: runAs.gid };
  const find = (name: string): string | null => {
    const program = findExecutable(name, searchPath);
    if (program === null) return null;
    return spawnSync(program, ['--version'], { stdio: 'ignore', cwd: '/', ...user }).status === 0 ? program : null;
  };
  return { prlimit: find('prlimit'), setpriv: find('setpriv') };
}

/** What is executed: the task's program, behind `prlimit` and `setpriv` only when the configuration needs them. */
export function commandLine(request: StartRequest, config: HelperConfig, wrappers: Wrappers): readonly string[] {
  const limits = limitOptions(config.limits);
  const prlimit = wrappers.prlimit === null || limits.length === 0 ? [] : [wrappers.prlimit, ...limits, '--'];
  const setpriv = config.runAs === null || wrappers.setpriv === null ? [] : [wrappers.setpriv, '--no-new-privs', '--'];
  return [...prlimit, ...setpriv, request.file, ...request.args];
}

/** Starts the process in a session and group of its own. Never throws: a failure comes as the child's `error` event. */
export function launch(
  request: StartRequest,
  pipes: OutputPipes,
  { config, wrappers }: { readonly config: HelperConfig; readonly wrappers: Wrappers },
): ChildProcess | Error {
  const [file = request.file, ...args] = commandLine(request, config, wrappers);
  const options: SpawnOptions = {
    cwd: request.cwd,
    env: { ...request.env, [SUPERVISOR_VARIABLE]: ownMark() },
    stdio: ['ignore', ...pipes.targets],
    detached: true,
    ...(config.runAs === null ? {} : { uid: config.runAs.uid, gid: config.runAs.gid }),
  };
  try {
    return spawn(file, args, options);
  } catch (error) {
    return error as Error;
  }
}

function limitOptions(limits: ProcessLimits): string[] {
  const options: readonly (readonly [string, number | undefined])[] = [
    ['nproc', limits.processes],
    ['fsize', limits.fileSizeBytes],
    ['cpu', limits.cpuSeconds],
    ['as', limits.addressSpaceBytes],
  ];
  return options.flatMap(([name, value]) => (value === undefined ? [] : [`--${name}=${String(value)}`]));
}
