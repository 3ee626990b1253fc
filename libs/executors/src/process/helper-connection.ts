/** One spawn helper from its start to its end, as the worker sees it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { SpawnHelperLost } from './errors.js';
import { findExecutable } from './helper/find-executable.js';
import { helperEntry } from './helper-entry.js';
import { sweepOrphans } from './helper/orphan-sweep.js';
import type {
  FromHelper,
  HelperAbilities,
  HelperConfig,
  OutputPiece,
  ProcessReport,
  StartRequest,
  ToHelper,
} from './helper/protocol.js';

const START_DEADLINE_MS = 15_000;
const SHUTDOWN_DEADLINE_MS = 8_000;
const HEAP_MIB = 64;

export interface HelperStart {
  readonly config: HelperConfig;
  /** Complete environment of the helper. */
  readonly environment: Readonly<Record<string, string>>;
  readonly openFiles: number;
}

interface PendingRun {
  readonly onOutput: (piece: OutputPiece) => void;
  readonly resolve: (report: ProcessReport) => void;
  readonly reject: (error: Error) => void;
}

export class HelperConnection {
  private readonly pending = new Map<string, PendingRun>();
  private ready: (abilities: HelperAbilities) => void = () => undefined;
  private gone = false;
  /** Resolves as soon as the helper has ended, with how many runs it took with it. */
  readonly exited: Promise<number>;
  /** Resolves when the helper has ended and nothing that it started is alive; with the reason in words. */
  readonly ended: Promise<string>;

  private constructor(private readonly child: ChildProcess) {
    const end = new Promise<string>((resolve) => {
      child.once('error', (error) => {
        resolve(error.message);
      });
      child.once('exit', (code, signal) => {
        resolve(signal === null ? `exit code ${String(code)}` : `killed by ${signal}`);
      });
    });
    this.exited = end.then(() => {
      this.gone = true;
      return this.pending.size;
    });
    this.ended = end.then(async (detail) => this.afterEnd(detail));
    child.on('message', (message) => {
      this.receive(message as FromHelper);
    });
  }

  /**
   * Starts a helper and waits until it accepts work.
   * @throws SpawnHelperLost when it does not come up within 15 s
   */
  static async start(start: HelperStart): Promise<{ connection: HelperConnection; abilities: HelperAbilities }> {
    const [program, ...args] = await helperCommand(start);
    const child = spawn(program, args, {
      cwd: '/',
      env: start.environment,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      serialization: 'advanced',
      detached: true,
    });
    const connection = new HelperConnection(child);
    const abilities = await connection.configure(start.config);
    return { connection, abilities };
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Runs one process to its end. @throws SpawnHelperLost when the helper goes away meanwhile */
  async run(request: StartRequest, onOutput: (piece: OutputPiece) => void): Promise<ProcessReport> {
    if (this.gone) throw new SpawnHelperLost('the process that supervises tasks has just died');
    return new Promise((resolve, reject) => {
      this.pending.set(request.runId, { onOutput, resolve, reject });
      this.send({ type: 'start', request });
    });
  }

  stop(runId: string, graceMs: number): void {
    if (this.pending.has(runId)) this.send({ type: 'stop', runId, graceMs });
  }

  /** Kills all runs and ends the helper. Never throws. */
  async shutdown(): Promise<void> {
    this.send({ type: 'shutdown' });
    const timer = setTimeout(() => this.child.kill('SIGKILL'), SHUTDOWN_DEADLINE_MS);
    await this.ended;
    clearTimeout(timer);
  }

  private async configure(config: HelperConfig): Promise<HelperAbilities> {
    const timer = setTimeout(() => this.child.kill('SIGKILL'), START_DEADLINE_MS);
    const ready = new Promise<HelperAbilities>((resolve) => {
      this.ready = resolve;
    });
    this.send({ type: 'configure', config });
    const failed = this.ended.then((detail): never => {
      throw new SpawnHelperLost(`the spawn helper did not start: ${detail}`);
    });
    try {
      return await Promise.race([ready, failed]);
    } finally {
      clearTimeout(timer);
      failed.catch(() => undefined);
    }
  }

  private receive(message: FromHelper): void {
    if (message.type === 'ready') {
      this.ready(message.abilities);
      return;
    }
    const run = this.pending.get(message.runId);
    if (message.type === 'output') {
      for (const piece of message.pieces) run?.onOutput(piece);
      return;
    }
    this.pending.delete(message.runId);
    run?.resolve(message.report);
  }

  /** A helper that was killed could not kill its trees; every run is told only after that has been done for it. */
  private async afterEnd(detail: string): Promise<string> {
    await sweepOrphans().catch(() => 0);
    for (const run of this.pending.values()) {
      run.reject(new SpawnHelperLost(`the process that supervises tasks died (${detail}); the task was killed`));
    }
    this.pending.clear();
    return detail;
  }

  private send(message: ToHelper): void {
    // A failed send means that the helper is gone, and then its end is what counts.
    if (this.child.connected) this.child.send(message, () => undefined);
  }
}

/** `prlimit` in front gives the helper limits that all its tasks inherit: for free, where a wrapper for each costs 1 ms. */
async function helperCommand({ environment, openFiles }: HelperStart): Promise<[string, ...string[]]> {
  const node: [string, ...string[]] = [process.execPath, `--max-old-space-size=${String(HEAP_MIB)}`, await helperEntry()];
  const prlimit = findExecutable('prlimit', environment['PATH'] ?? '');
  if (prlimit === null) return node;
  return [prlimit, '--core=0', `--nofile=${String(Math.min(openFiles, hardOpenFileLimit()))}`, '--', ...node];
}

function hardOpenFileLimit(): number {
  try {
    const [, hard] = /^Max open files\s+\S+\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'latin1')) ?? [];
    return hard === undefined ? Infinity : Number(hard);
  } catch {
    return Infinity;
  }
}
