/** One process of the product: an API with the scheduler role, or a worker. Started, killed, frozen, started again. */
import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NODE_FLAGS } from '#scripts/process/node-flags.mjs';
import { isAlive, signal, stopProcess, waitUntil } from '#scripts/process/pids.mjs';
import type { PidBook } from './pid-book.js';
import type { FaultProxy } from './proxy.js';

const READY_TIMEOUT_MS = 60_000;
const DRAIN_MS = 45_000;
const KILL_TIMEOUT_MS = 5_000;

export interface ServiceOptions {
  readonly name: string;
  readonly entry: string;
  readonly productDirectory: string;
  readonly logDirectory: string;
  readonly env: Readonly<Record<string, string>>;
  readonly pids: PidBook;
  readonly postgres: FaultProxy;
  /** Null where queues live in Postgres. */
  readonly redis: FaultProxy | null;
  /** API processes: where they listen. */
  readonly port: number | null;
}

/** A line of a service's log. */
export interface LogLine {
  readonly time: string;
  readonly event: string;
  readonly pid: number;
  readonly [field: string]: unknown;
}

export class Service {
  private child: ChildProcess | null = null;
  private isReady = false;
  /** The signal is sent; it takes effect a moment later. */
  private isKilled = false;
  private extra: Readonly<Record<string, string>> = {};

  constructor(readonly options: ServiceOptions) {}

  get name(): string {
    return this.options.name;
  }

  /** Of the present process; 0 while there is none. */
  get pid(): number {
    return this.child?.pid ?? 0;
  }

  get url(): string {
    return `http://127.0.0.1:${String(this.options.port)}`;
  }

  get isUp(): boolean {
    return this.isReady && !this.isKilled && isAlive(this.pid);
  }

  /** Variables that later starts get too, e.g. a false clock. */
  with(extra: Readonly<Record<string, string>>): void {
    this.extra = extra;
  }

  /** Starts the process; resolves when it is ready. @throws Error when it is not within a minute */
  async start(): Promise<void> {
    const { entry, productDirectory, logDirectory, env, pids, name } = this.options;
    const log = openSync(join(logDirectory, `${name}.log`), 'a');
    this.isReady = false;
    this.isKilled = false;
    const child = spawn(process.execPath, [...NODE_FLAGS, join(productDirectory, 'dist', entry)], {
      cwd: productDirectory,
      env: { ...env, ...this.extra },
      detached: true,
      stdio: ['ignore', log, log, 'ipc'],
    });
    closeSync(log);
    this.child = child;
    if (child.pid !== undefined) pids.add(child.pid, entry);
    child.on('error', () => undefined);
    child.on('message', (message: unknown) => {
      if (typeof message === 'object' && message !== null && 'type' in message && message.type === 'ready' && this.child === child) this.isReady = true;
    });
    await waitUntil(() => this.isReady || child.exitCode !== null || child.signalCode !== null, READY_TIMEOUT_MS);
    if (this.child === child && !this.isUp) throw new Error(`${name} did not become ready; see its log`);
  }

  /** `kill -9` of the process itself: what it started has to notice. */
  kill(): void {
    this.isKilled = true;
    this.send('SIGKILL');
  }

  freeze(): void {
    this.send('SIGSTOP');
  }

  thaw(): void {
    this.send('SIGCONT');
  }

  /** Never to pid 0 or -1, which mean groups of processes that are not ours. */
  private send(name: NodeJS.Signals): void {
    if (this.pid > 0) signal(this.pid, name);
  }

  /** SIGTERM and the time to drain. @returns milliseconds that it took, or null when it had to be killed */
  async stop(): Promise<number | null> {
    if (this.pid <= 0) return 0;
    const startedAt = performance.now();
    const stopped = await stopProcess(this.pid, [{ name: 'SIGTERM', graceMs: DRAIN_MS }]);
    if (!stopped) this.kill();
    return stopped ? performance.now() - startedAt : null;
  }

  /** Thawed if frozen, started if dead. */
  async resurrect(): Promise<void> {
    this.thaw();
    if (this.isKilled) await waitUntil(() => !isAlive(this.pid), KILL_TIMEOUT_MS);
    if (!isAlive(this.pid)) await this.start();
  }

  logLines(): LogLine[] {
    const text = readFileSync(join(this.options.logDirectory, `${this.name}.log`), 'utf8');
    return text.split('\n').flatMap((line) => {
      if (!line.startsWith('{')) return [];
      try {
        return [JSON.parse(line) as LogLine];
      } catch {
        return []; // killed while it wrote
      }
    });
  }
}
