import { dirname, join, resolve } from 'node:path';
import type { z } from 'zod';
import { Executor, type RunContext } from '#application/running/executor.js';
import type { AttemptOutcome } from '#domain/execution/outcome.js';
import { FileRoots } from '../parameters/file-roots.js';
import { parseParameters } from '../parameters/parse-parameters.js';
import { noteUnknown, refused } from '../parameters/refusal.js';
import { SpawnHelperLost, SupervisorClosed } from '../process/errors.js';
import { isExecutableFile } from '../process/helper/find-executable.js';
import type { ProcessSupervisor } from '../process/process-supervisor.js';
import { helperLost, ProcessTaskRunner, type ProcessTask } from '../process/process-task-runner.js';
import { InterpreterFinder } from './interpreter-finder.js';
import { pythonParameters } from './python-parameters.js';

export interface PythonExecutorOptions {
  /** Folders that scripts, working directories and virtual environments must lie in. @default anywhere */
  readonly fileRoots?: readonly string[];
  /** Interpreter of jobs that name none. @default 'python3' */
  readonly pythonExecutable?: string;
}

type Parameters = z.output<typeof pythonParameters>;

/** A parameter that cannot work; the message says which and why. */
class ParameterRefused extends Error {}

/**
 * Runs Python scripts: task function `python`. Results and failures are those of the `shell` executor. Output is
 * unbuffered, so that a log can be followed while the script runs.
 */
export class PythonExecutor extends Executor {
  readonly taskFunctions = ['python'] as const;
  private readonly runner: ProcessTaskRunner;
  private readonly interpreters: InterpreterFinder;
  private readonly roots: FileRoots;

  /** @param supervisor runs the processes; whoever made it closes it. @throws when a file root does not exist */
  constructor(
    private readonly supervisor: ProcessSupervisor,
    private readonly options: PythonExecutorOptions = {},
  ) {
    super();
    this.runner = new ProcessTaskRunner(supervisor);
    this.interpreters = new InterpreterFinder(supervisor);
    this.roots = new FileRoots(options.fileRoots);
  }

  async run(context: RunContext): Promise<AttemptOutcome> {
    const parsed = parseParameters(pythonParameters, context.args);
    if (!parsed.ok) return refused(parsed.message);
    noteUnknown(context, parsed.unknown);
    try {
      return await this.runner.run(context, await this.taskOf(parsed.value));
    } catch (error) {
      if (error instanceof ParameterRefused) return refused(error.message);
      if (error instanceof SupervisorClosed) return { kind: 'cancelled', error: error.message };
      if (error instanceof SpawnHelperLost) return helperLost(context, error);
      throw error;
    }
  }

  async close(): Promise<void> {
    // The supervisor belongs to the composition root.
  }

  private async taskOf(parameters: Parameters): Promise<ProcessTask> {
    const given = parameters.workingDirectory === undefined ? null : this.folder('working_directory', parameters.workingDirectory);
    const script = this.script(resolve(given ?? '/', parameters.scriptPath), parameters.scriptPath);
    const environment = { PYTHONUNBUFFERED: '1', ...parameters.environment, ...this.venvVariables(parameters) };
    return {
      file: await this.interpreter(parameters),
      args: [script, ...parameters.arguments],
      workingDirectory: given ?? dirname(script),
      environment,
    };
  }

  private async interpreter({ virtualEnv, pythonExecutable }: Parameters): Promise<string> {
    if (virtualEnv !== undefined) {
      const python = join(this.folder('virtual_env', virtualEnv), 'bin', 'python');
      if (isExecutableFile(python)) return python;
      throw new ParameterRefused(`virtual_env "${virtualEnv}" has no bin/python`);
    }
    const wanted = pythonExecutable ?? this.options.pythonExecutable ?? 'python3';
    const found = await this.interpreters.find(wanted);
    if (found !== null) return found;
    throw new ParameterRefused(`python_executable "${wanted}" is not a working interpreter on this worker`);
  }

  /** What `activate` of a virtual environment does. The job's own PATH comes after the environment's programs. */
  private venvVariables({ virtualEnv, environment }: Parameters): Record<string, string> {
    if (virtualEnv === undefined) return {};
    const folder = this.folder('virtual_env', virtualEnv);
    const path = environment['PATH'] ?? this.supervisor.passedOn['PATH'] ?? '';
    return { VIRTUAL_ENV: folder, PATH: `${join(folder, 'bin')}:${path}` };
  }

  private folder(parameter: string, path: string): string {
    const checked = this.roots.folder(path);
    if (!checked.ok) throw new ParameterRefused(`${parameter} ${checked.problem}`);
    return checked.path;
  }

  private script(path: string, asWritten: string): string {
    const checked = this.roots.file(path);
    if (!checked.ok) throw new ParameterRefused(`script_path ${checked.problem.replace(path, asWritten)}`);
    return checked.path;
  }
}
