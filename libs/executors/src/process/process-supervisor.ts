/**
 * Runs task processes on behalf of the executors.
 *
 * The supervisor owns one spawn helper (see `helper/main.ts` for why there is one), started when the first task needs it.
 * A helper that dies takes its runs with it: they end with SpawnHelperLost, after their processes have been killed, and
 * the next run starts a new helper, later and later if helpers keep dying (100 ms, 200 ms … 5 s).
 */
import { randomUUID } from 'node:crypto';
import { SpawnHelperLost, SupervisorClosed } from './errors.js';
import { delay } from './helper/delay.js';
import type { HelperAbilities, OutputPiece, ProcessReport } from './helper/protocol.js';
import { HelperConnection } from './helper-connection.js';
import { DEFAULTS, type ProcessSupervisorOptions } from './supervisor-options.js';
import { passedOnEnvironment } from './task-environment.js';

const FIRST_BACKOFF_MS = 100;
const MAX_BACKOFF_MS = 5_000;
/** A helper that lived this long was healthy: its end starts a new count. */
const HEALTHY_AFTER_MS = 10_000;

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

interface Helper {
  readonly connection: HelperConnection;
  readonly abilities: HelperAbilities;
}

export class ProcessSupervisor {
  private readonly options: Required<Omit<ProcessSupervisorOptions, 'runAs' | 'onEvent'>>;
  /** What tasks see of the worker's environment. */
  readonly passedOn: Readonly<Record<string, string>>;
  private helper: Promise<Helper> | null = null;
  private failures = 0;
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
    const { connection } = await this.connected();
    request.signal.throwIfAborted();
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

  /** Starts the helper if there is none, and tells what it can do on this machine. */
  async abilities(): Promise<HelperAbilities> {
    return (await this.connected()).abilities;
  }

  /** Whether tasks run as a user of their own. */
  get separatesUser(): boolean {
    return this.given.runAs !== undefined;
  }

  /** Kills all that runs and ends the helper. May be called twice. */
  async close(): Promise<void> {
    this.closed = true;
    const helper = await this.helper?.catch(() => null);
    await helper?.connection.shutdown();
  }

  private async connected(): Promise<Helper> {
    if (this.closed) throw new SupervisorClosed();
    this.helper ??= this.start();
    return this.helper;
  }

  private async start(): Promise<Helper> {
    try {
      await delay(this.backoffMs());
      const helper = await HelperConnection.start(this.helperStart());
      this.given.onEvent?.({ event: 'spawn_helper.started', pid: helper.connection.pid });
      void this.watch(helper.connection);
      return helper;
    } catch (error) {
      this.helper = null;
      this.failures += 1;
      if (error instanceof SpawnHelperLost) throw error;
      throw new SpawnHelperLost(`the spawn helper did not start: ${String(error)}`, { cause: error });
    }
  }

  private async watch(connection: HelperConnection): Promise<void> {
    const since = performance.now();
    const runs = await connection.exited;
    // From here on new runs ask for a new helper, while the old one's trees are still being killed.
    this.helper = null;
    this.failures = performance.now() - since > HEALTHY_AFTER_MS ? 1 : this.failures + 1;
    const detail = await connection.ended;
    if (!this.closed) this.given.onEvent?.({ event: 'spawn_helper.lost', pid: connection.pid, runs, detail });
  }

  private backoffMs(): number {
    return this.failures === 0 ? 0 : Math.min(FIRST_BACKOFF_MS * 2 ** (this.failures - 1), MAX_BACKOFF_MS);
  }

  private helperStart(): Parameters<typeof HelperConnection.start>[0] {
    const { umask, limits, leftoverGraceMs, drainMs, cgroup, openFiles } = this.options;
    const config = { umask, limits, leftoverGraceMs, drainMs, cgroup, runAs: this.given.runAs ?? null };
    return { config, openFiles, environment: passedOnEnvironment(this.given.workerEnvironment) };
  }
}
