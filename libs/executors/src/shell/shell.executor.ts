import { tmpdir } from 'node:os';
import { Executor, type RunContext } from '#application/running/executor.js';
import type { AttemptOutcome } from '#domain/execution/outcome.js';
import { FileRoots } from '../parameters/file-roots.js';
import { parseParameters } from '../parameters/parse-parameters.js';
import { noteUnknown, refused } from '../parameters/refusal.js';
import { isExecutableFile } from '../process/helper/find-executable.js';
import type { ProcessSupervisor } from '../process/process-supervisor.js';
import { ProcessTaskRunner } from '../process/process-task-runner.js';
import { shellParameters } from './shell-parameters.js';

const DEFAULT_SHELLS = ['/bin/bash', '/bin/sh'] as const;

export interface ShellExecutorOptions {
  /** Where commands run that do not say where. @default the system's folder for temporary files */
  readonly workingDirectory?: string;
}

/**
 * Runs shell commands: task function `shell`. An exit code other than 0 is a failure. The result is
 * `{ exitCode, output, truncated }`, where `output` is the end of stdout, at most 4 KiB.
 */
export class ShellExecutor extends Executor {
  readonly taskFunctions = ['shell'] as const;
  private readonly runner: ProcessTaskRunner;
  private readonly anyFolder = new FileRoots();

  /** @param supervisor runs the processes; whoever made it closes it */
  constructor(
    supervisor: ProcessSupervisor,
    private readonly options: ShellExecutorOptions = {},
  ) {
    super();
    this.runner = new ProcessTaskRunner(supervisor);
  }

  async run(context: RunContext): Promise<AttemptOutcome> {
    const parsed = parseParameters(shellParameters, context.args);
    if (!parsed.ok) return refused(parsed.message);
    noteUnknown(context, parsed.unknown);
    const { command, environment } = parsed.value;
    const folder = this.anyFolder.folder(parsed.value.workingDirectory ?? this.options.workingDirectory ?? tmpdir());
    if (!folder.ok) return refused(`working_directory ${folder.problem}`);
    const shell = parsed.value.shell ?? DEFAULT_SHELLS.find(isExecutableFile) ?? '/bin/sh';
    if (!isExecutableFile(shell)) return refused(`shell "${shell}" is not installed on this worker`);
    const args = ['-c', '--', command];
    return this.runner.run(context, { file: shell, args, workingDirectory: folder.path, environment });
  }

  async close(): Promise<void> {
    // The supervisor belongs to the composition root.
  }
}
