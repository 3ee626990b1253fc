/**
 * One task process and everything it starts, from `spawn` to the report that nothing of it is left.
 *
 *   start ──► running ──exit──► leftovers may finish (leftoverGraceMs) ──► kill what is left ──► drain ──► report
 *                └──stop──► SIGTERM to the tree ──exit or grace over──────────┘
 *
 * The run acts on `exit` of the main process, never on `close` of its pipes: a process that got away may hold them open
 * for ever. Only when the tree is gone the pipes are given `drainMs` to run empty, and are then closed.
 */
import type { ChildProcess } from 'node:child_process';
import { delay } from './delay.js';
import { launch, type Wrappers } from './launch.js';
import { measureProcess, MemorySamples, type MemorySampler } from './memory-sampler.js';
import { OutputBuffer } from './output-buffer.js';
import { OutputPipes } from './output-pipes.js';
import { OutputSender } from './output-sender.js';
import type { FifoPool } from './fifo-pool.js';
import { readProcess, type ProcessTableReader } from './process-table.js';
import type { FromHelper, HelperConfig, ProcessReport, StartRequest } from './protocol.js';
import type { CgroupHost } from './run-cgroup.js';
import { RunProcesses } from './run-processes.js';

/** Longest pause between two looks at a tree that was asked to stop. */
const STOP_POLL_MS = 100;
/** How long the exit of a killed main process may take to be reported. */
const EXIT_AFTER_KILL_MS = 1_000;

/** What all runs of a helper share. */
export interface RunSurroundings {
  readonly config: HelperConfig;
  readonly wrappers: Wrappers;
  readonly tables: ProcessTableReader;
  readonly sampler: MemorySampler;
  readonly fifos: FifoPool | null;
  readonly cgroups: CgroupHost | null;
  readonly send: (message: FromHelper, sent?: () => void) => void;
}

interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly error: NodeJS.ErrnoException | null;
}

export class TaskRun {
  private exit: Exit | null = null;
  private stopDeadline: number | null = null;
  /** Wakes whoever waits for an exit or a stop request. */
  private poke: () => void = () => undefined;

  constructor(
    private readonly request: StartRequest,
    private readonly around: RunSurroundings,
  ) {}

  /** Asks it to stop: SIGTERM now, SIGKILL when `graceMs` is over. A later call can only shorten the grace. */
  stop(graceMs: number): void {
    this.stopDeadline = Math.min(this.stopDeadline ?? Infinity, performance.now() + graceMs);
    this.poke();
  }

  /** Starts the process and sees the run to its end. Resolves after the report was sent. */
  async run(): Promise<void> {
    const { config, send } = this.around;
    const buffer = new OutputBuffer(this.request.outputLimitBytes);
    const sender = new OutputSender(this.request.runId, buffer, send);
    const pipes = new OutputPipes(this.around.fifos, (stream, chunk) => {
      buffer.push(stream, chunk);
      sender.wake();
    });
    const tree = this.launch(pipes);
    const ending = tree === null ? await this.untilExit() : await this.supervise(tree);
    await pipes.drain(config.drainMs);
    const { totalBytes, keptBytes } = await sender.finish();
    const counts = { totalOutputBytes: totalBytes, keptOutputBytes: keptBytes };
    send({ type: 'ended', runId: this.request.runId, report: { ...this.exitReport(), ...NO_MEMORY, ...ending, ...counts } });
  }

  private launch(pipes: OutputPipes): RunProcesses | null {
    const { cgroups, tables } = this.around;
    const spawn = (): ChildProcess | Error => launch(this.request, pipes, this.around);
    const { result: child, cgroup } =
      cgroups === null ? { result: spawn(), cgroup: null } : cgroups.spawnInside(this.request.runId, spawn);
    if (child instanceof Error) {
      pipes.attach({ stdout: null, stderr: null });
      this.ended({ code: null, signal: null, error: child });
      cgroup?.remove();
      return null;
    }
    child.once('error', (error) => {
      this.ended({ code: null, signal: null, error });
    });
    child.once('exit', (code, signal) => {
      this.ended({ code, signal, error: null });
    });
    pipes.attach(child);
    if (child.pid === undefined) {
      cgroup?.remove();
      return null;
    }
    // Not reaped before this turn of the loop is over, so the entry is there even when it has ended already.
    const startTicks = readProcess(child.pid)?.startTicks ?? 0;
    return new RunProcesses({ runId: this.request.runId, mainPid: child.pid, startTicks }, tables, cgroup);
  }

  private async supervise(tree: RunProcesses): Promise<Partial<ProcessReport>> {
    const samples = new MemorySamples(measureProcess(tree.identity.mainPid));
    const sampled = { identity: tree.identity, samples, remember: tree.remember.bind(tree) };
    this.around.sampler.watch(sampled);
    await this.untilExitOrStop();
    const stopped = this.exit === null;
    const gone = stopped ? await this.terminate(tree) : await this.letLeftoversFinish(tree);
    const { killed, survivors } = gone ? NONE_KILLED : await tree.kill(() => this.exit === null);
    if (this.exit === null) await Promise.race([this.untilExit(), delay(EXIT_AFTER_KILL_MS)]);
    this.around.sampler.unwatch(sampled);
    tree.release();
    return { ...samples.summary(), leftoversKilled: stopped ? 0 : killed, survivors };
  }

  /** SIGTERM, then waits until the tree is gone or the grace is over. @returns whether it is gone */
  private async terminate(tree: RunProcesses): Promise<boolean> {
    await tree.terminate(this.exit === null);
    for (let pauseMs = 10; this.graceLeftMs() > 0; pauseMs = Math.min(pauseMs * 2, STOP_POLL_MS)) {
      if (this.exit !== null && (await tree.isGone({ wasStopped: true }))) return true;
      await this.pause(Math.min(pauseMs, this.graceLeftMs()));
    }
    return false;
  }

  /** The end of a pipeline such as `exec > >(tee log)` still writes when the shell has exited: it gets a moment. @returns whether all are gone */
  private async letLeftoversFinish(tree: RunProcesses): Promise<boolean> {
    const until = performance.now() + this.around.config.leftoverGraceMs;
    for (let pauseMs = 5; performance.now() < until && this.stopDeadline === null; pauseMs *= 2) {
      if (await tree.isGone({ wasStopped: false })) return true;
      await this.pause(Math.min(pauseMs, Math.max(1, until - performance.now())));
    }
    return false;
  }

  private graceLeftMs(): number {
    return (this.stopDeadline ?? 0) - performance.now();
  }

  private ended(exit: Exit): void {
    this.exit ??= exit;
    this.poke();
  }

  private async untilExitOrStop(): Promise<void> {
    while (this.exit === null && this.stopDeadline === null) await this.poked();
  }

  private async untilExit(): Promise<Record<string, never>> {
    while (this.exit === null) await this.poked();
    return {};
  }

  /** Waits for `ms`, or until an exit or a stop request comes. */
  private async pause(ms: number): Promise<void> {
    await Promise.race([this.poked(), delay(ms)]);
  }

  private async poked(): Promise<void> {
    return new Promise((resolve) => {
      const others = this.poke;
      this.poke = () => {
        this.poke = () => undefined;
        others();
        resolve();
      };
    });
  }

  private exitReport(): Pick<ProcessReport, 'exitCode' | 'signal' | 'spawnError'> {
    const { code = null, signal = null, error = null } = this.exit ?? {};
    const spawnError = error === null ? null : { code: error.code ?? 'UNKNOWN', message: error.message };
    return { exitCode: code, signal, spawnError };
  }
}

const NONE_KILLED = { killed: 0, survivors: [] } as const;

const NO_MEMORY = {
  peakMemoryBytes: null,
  averageMemoryBytes: null,
  memoryMeasure: null,
  leftoversKilled: 0,
  survivors: [],
} as const satisfies Partial<ProcessReport>;
