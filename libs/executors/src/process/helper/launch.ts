/** Turns a request into the one `spawn` call of a task process. */
import { spawn, spawnSync, type ChildProcess, type SpawnOptions } from 'node:child_process';
import type { OutputPipes } from './output-pipes.js';
import { SUPERVISOR_VARIABLE, type HelperConfig, type ProcessLimits, type StartRequest } from './protocol.js';
import { ownMark } from './supervisor-mark.js';

/** Programs of this machine that the helper puts in front of a task's own. */
export interface Wrappers {
  readonly prlimit: boolean;
  readonly setpriv: boolean;
}

/** Looks for the wrapper programs on PATH. Once, at start. */
export function findWrappers(): Wrappers {
  const works = (program: string): boolean => spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0;
  return { prlimit: works('prlimit'), setpriv: works('setpriv') };
}

/** What is executed: the task's program, behind `prlimit` and `setpriv` only when the configuration needs them. */
export function commandLine(request: StartRequest, config: HelperConfig, wrappers: Wrappers): readonly string[] {
  const limits = wrappers.prlimit ? limitOptions(config.limits) : [];
  const prlimit = limits.length === 0 ? [] : ['prlimit', ...limits, '--'];
  const setpriv = config.runAs !== null && wrappers.setpriv ? ['setpriv', '--no-new-privs', '--'] : [];
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
