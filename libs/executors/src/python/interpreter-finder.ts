import type { ProcessSupervisor } from '../process/process-supervisor.js';
import { findExecutable, findExecutables } from '../process/helper/find-executable.js';

/** A shim that has to install or import something first may be slow; an interpreter answers in 20 ms. */
const PROBE_DEADLINE_MS = 15_000;

const PROBE = 'import sys; sys.stdout.write(sys.executable)';

/**
 * Finds the real interpreter behind a configured one. Names like `python3` are often shims (pyenv, asdf) that look around
 * for 70 ms before they start the interpreter; so each is asked once for `sys.executable`, and the answer is kept. It is
 * asked as the user of tasks: the first of that name in the worker's PATH may be one that only the worker can start.
 */
export class InterpreterFinder {
  private readonly found = new Map<string, Promise<string | null>>();

  constructor(private readonly supervisor: ProcessSupervisor) {}

  /**
   * Path of the interpreter that `executable` (absolute, or a name in PATH) starts, or null when there is none. Only
   * finds are kept: an interpreter that is installed later is found then.
   */
  async find(executable: string): Promise<string | null> {
    const known = this.found.get(executable);
    if (known !== undefined) return known;
    const search = this.probe(executable);
    this.found.set(executable, search);
    const forget = (): void => void this.found.delete(executable);
    search.then((path) => {
      if (path === null) forget();
    }, forget);
    return search;
  }

  private async probe(executable: string): Promise<string | null> {
    for (const file of findExecutables(executable, this.supervisor.passedOn['PATH'] ?? '')) {
      const path = await this.ask(file);
      if (path !== null) return path;
    }
    return null;
  }

  private async ask(file: string): Promise<string | null> {
    const output: string[] = [];
    const report = await this.supervisor.run({
      file,
      args: ['-I', '-S', '-c', PROBE],
      cwd: '/',
      environment: () => ({}),
      onOutput: ({ stream, text }) => {
        if (stream === 'stdout') output.push(text);
      },
      signal: AbortSignal.timeout(PROBE_DEADLINE_MS),
    });
    const path = output.join('').trim();
    return report.exitCode === 0 ? findExecutable(path === '' ? file : path, '') : null;
  }
}
