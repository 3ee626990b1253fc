/**
 * Runs task processes on behalf of the executors.
 *
 * The supervisor owns a few spawn helpers (see `helper/main.ts` for why), the first one started when the first task needs it,
 * a further one when those that there are have several tasks each: a helper does one thing at a time, and starting a process
 * keeps it from everything else for a millisecond or two. A helper that dies takes its runs with it: they end with
 * SpawnHelperLost, after their processes have been killed, and the next run starts a new helper.
 */
import { randomUUID } from 'node:crypto';
import { SupervisorClosed } from './errors.js';
import type { HelperAbilities, OutputPiece, ProcessReport } from './helper/protocol.js';
import type { HelperConnection, HelperStart } from './helper-connection.js';
import { SpawnHelper } from './spawn-helper.js';
import { DEFAULTS, type ProcessSupervisorOptions } from './supervisor-options.js';
import { passedOnEnvironment } from './task-environment.js';

/** Runs that one helper gets before a further helper is started. */
const RUNS_BEFORE_NEXT = 3;

/** One process to run. */
export interface ProcessRequest {
  /** Absolute path of the executable. */
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** What the environment holds besides what is passed on from the worker; it wins over that. */
  readonly environment: (runId: string) => Readonly<Record<string, string>>;
  readonly onOutput: (piece: OutputPiece) => void;
  /** Aborting it stops the process and all it started. */
  readonly signal: AbortSignal;
  /** Asked when the signal aborts: whether SIGKILL follows SIGTERM without grace. @default no */
  readonly stopsAtOnce?: () => boolean;
}

export class ProcessSupervisor {
  private readonly options: Required<Omit<ProcessSupervisorOptions, 'runAs' | 'onEvent'>>;
  /** What tasks see of the worker's environment. */
  readonly passedOn: Readonly<Record<string, string>>;
  private readonly helpers: SpawnHelper[] = [];
  private closed = false;

  constructor(private readonly given: ProcessSupervisorOptions) {
    this.options = { ...DEFAULTS, ...given };
    this.passedOn = passedOnEnvironment(given.workerEnvironment, given.runAs ?? null);
  }

  /**
   * Runs one process and all it starts to the end. When it resolves, nothing of it is alive.
   * @throws SpawnHelperLost when the helper died or could not be started; another attempt may do
   * @throws SupervisorClosed after {@link close}
   * @throws the signal's reason when it was aborted before the process started
   */
  async run(request: ProcessRequest): Promise<ProcessReport> {
    const helper = this.helperForRun();
    helper.enter();
    try {
      const { connection } = await helper.connected();
      request.signal.throwIfAborted();
      return await this.runOn(connection, request);
    } finally {
      helper.leave();
    }
  }

  private async runOn(connection: HelperConnection, request: ProcessRequest): Promise<ProcessReport> {
    const runId = randomUUID();
    const stop = (): void => {
      connection.stop(runId, request.stopsAtOnce?.() === true ? 0 : this.options.graceMs);
    };
    request.signal.addEventListener('abort', stop, { once: true });
    try {
      const { file, args, cwd } = request;
      const env = { ...this.passedOn, ...request.environment(runId) };
      const { outputLimitBytes } = this.options;
      const report = await connection.run({ runId, file, args, cwd, env, outputLimitBytes }, request.onOutput);
      if (this.closed && report.signal !== null) throw new SupervisorClosed();
      return report;
    } catch (error) {
      throw this.closed ? new SupervisorClosed() : error;
    } finally {
      request.signal.removeEventListener('abort', stop);
    }
  }

  /** Starts a helper if there is none, and tells what it can do on this machine. */
  async abilities(): Promise<HelperAbilities> {
    if (this.closed) throw new SupervisorClosed();
    return (await (this.helpers[0] ?? this.helperForRun()).connected()).abilities;
  }

  /** Whether tasks run as a user of their own. */
  get separatesUser(): boolean {
    return this.given.runAs !== undefined;
  }

  /** Kills all that runs and ends the helpers. May be called twice. */
  async close(): Promise<void> {
    this.closed = true;
    await Promise.all(this.helpers.map(async (helper) => helper.close()));
  }

  /** The helper with the least to do; a further one where all have their hands full. */
  private helperForRun(): SpawnHelper {
    if (this.closed) throw new SupervisorClosed();
    const [first] = this.helpers.toSorted((one, other) => one.load - other.load);
    if (first !== undefined && (first.load < RUNS_BEFORE_NEXT || this.helpers.length >= this.options.helpers)) return first;
    const helper = new SpawnHelper(this.helperStart(), this.given.onEvent ?? ((): void => undefined));
    this.helpers.push(helper);
    return helper;
  }

  private helperStart(): HelperStart {
    const { umask, limits, leftoverGraceMs, drainMs, cgroup, openFiles } = this.options;
    const environment = passedOnEnvironment(this.given.workerEnvironment);
    const searchPath = environment['PATH'] ?? '';
    const config = { umask, limits, leftoverGraceMs, drainMs, cgroup, searchPath, runAs: this.given.runAs ?? null };
    return { config, openFiles, environment };
  }
}
