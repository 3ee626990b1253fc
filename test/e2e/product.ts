/**
 * The product as a newcomer starts it: `node scripts/up.mjs` with a TAKT_HOME and a port of its own, on the dist that the
 * build step made. For end-to-end tests; everything that is started here is gone after `stop()` or `remove()`.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const START_TIMEOUT_MS = 120_000;
const STOP_TIMEOUT_MS = 60_000;
const POLL_MS = 50;

/** Variables of ours (and of the test runner) that must not leak from the developer's shell into the product. */
const OURS = /^(TAKT_|TEST_|VITEST|npm_|NODE_ENV$|NODE_OPTIONS$|HOST$|PORT$|EXTRA_PORTS$|DATABASE_|REDIS_|JWT_|ADMIN_|WORKER|LOG_|FILE_ROOTS$|SCHEDULER_|RATE_LIMIT_|HTTP_EGRESS|TASK_)/;

export interface ProductOptions {
  /** Variables for the product, e.g. `REDIS_URL`. */
  readonly env?: Readonly<Record<string, string>>;
  /** TAKT_HOME of an earlier product, to start it again with its data. @default a new temporary directory */
  readonly home?: string;
  /** @default a free one */
  readonly port?: number;
  /** Arguments of `npm start --`. @default ['--no-build'] */
  readonly args?: readonly string[];
}

export interface Product {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly port: number;
  readonly home: string;
  /** From the start of the launcher to its "ready", milliseconds. */
  readonly startMs: number;
  /** Process ids of now; null where there is none. */
  pids(): ProductPids;
  /** All that the launcher printed so far, with the services' lines. */
  logs(): string;
  /** Resolves when the output matches. @throws Error with the output after the deadline (30 s by default) */
  waitForLog(pattern: RegExp, timeoutMs?: number): Promise<void>;
  /** SIGKILL to one process: `launcher`, `api`, `worker` (`worker-2` …) or `postgres`. Resolves when it is gone. */
  kill(name: string): Promise<void>;
  /** SIGTERM to the launcher; resolves to its exit code when it is gone. Keeps the data. */
  stop(): Promise<number | null>;
  /** Stops it if it runs and deletes its TAKT_HOME. */
  remove(): Promise<void>;
  /** Command lines of all processes that belong to this TAKT_HOME, the launcher included. Linux only. */
  processes(): string[];
}

export interface ProductPids {
  readonly launcher: number | null;
  readonly postgres: number | null;
  /** By name: `api`, `worker` or `worker-1`, `worker-2` … */
  readonly services: Readonly<Record<string, number>>;
}

/** The launcher's end when it does not come up. */
export interface FailedStart {
  readonly exitCode: number | null;
  readonly output: string;
}

/** Starts the product and waits until it says that it is ready. @throws Error with its output when it does not */
export async function startProduct(options: ProductOptions = {}): Promise<Product> {
  const launch = await launchProduct(options);
  const outcome = await launch.settled;
  if (outcome === 'ready') return launch.product;
  await launch.product.remove();
  throw new Error(`The product did not start (${outcome}):\n${launch.product.logs()}`);
}

/** Starts the product where it is expected to fail, and returns how. @throws Error when it comes up */
export async function startExpectingFailure(options: ProductOptions = {}): Promise<FailedStart> {
  const launch = await launchProduct(options);
  const outcome = await launch.settled;
  const exitCode = launch.child.exitCode;
  if (options.home === undefined || outcome !== 'exited') await launch.product.remove();
  if (outcome !== 'exited') throw new Error(`The start was to fail, but: ${outcome}\n${launch.product.logs()}`);
  return { exitCode, output: launch.product.logs() };
}

/** Asks `condition` until it is true. @throws Error with `what` after the deadline (30 s by default) */
export async function eventually(what: string, condition: () => boolean | Promise<boolean>, timeoutMs = 30_000): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`Not within ${String(timeoutMs / 1000)} s: ${what}`);
    await new Promise((done) => setTimeout(done, POLL_MS));
  }
}

/**
 * A TCP port of the loopback interface that nobody listens on now, from below the range that the system takes ports for
 * outgoing connections from: it stays free until the product has started.
 */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const port = 10_000 + Math.floor(Math.random() * 10_000);
    if (await canListen(port)) return port;
  }
  throw new Error('No free port between 10000 and 20000');
}

async function canListen(port: number): Promise<boolean> {
  return new Promise((done) => {
    const server = createServer();
    server.once('error', () => done(false));
    server.listen(port, '127.0.0.1', () => {
      server.close(() => done(true));
    });
  });
}

interface Launch {
  readonly child: ChildProcess;
  readonly product: Product;
  readonly settled: Promise<'ready' | 'exited' | 'too slow'>;
}

async function launchProduct(options: ProductOptions): Promise<Launch> {
  const home = options.home ?? mkdtempSync(join(tmpdir(), 'takt-e2e-'));
  const port = options.port ?? (await freePort());
  const startedAt = performance.now();
  const child = spawn(process.execPath, ['scripts/up.mjs', ...(options.args ?? ['--no-build'])], {
    cwd: ROOT,
    detached: true,
    // The channel ends with this process: a test run that crashes leaves no product behind.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // Tests log in more often than people do; those of the limits switch them on. Those of the UI start it.
    env: { ...foreignVariables(), TAKT_HOME: home, PORT: String(port), EXTRA_PORTS: '', ADMIN_ENABLED: 'false', NO_COLOR: '1', RATE_LIMIT_ENABLED: 'false', ...options.env },
  });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text: string) => output.push(text));
  const logs = (): string => output.join('');
  const times = { startMs: 0 };
  const settled = settle(child, { logs, onReady: () => (times.startMs = performance.now() - startedAt) });
  return { child, settled, product: productOf(child, { home, port, logs, times }) };
}

async function settle(child: ChildProcess, { logs, onReady }: { logs: () => string; onReady: () => void }): Promise<'ready' | 'exited' | 'too slow'> {
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
  const isReady = (): boolean => logs().includes('Takt is ready');
  await eventually('the product is ready', () => isReady() || hasEnded(), START_TIMEOUT_MS).catch(() => undefined);
  if (isReady()) {
    onReady();
    return 'ready';
  }
  if (!hasEnded()) return 'too slow';
  await eventually('the output is complete', () => child.stdout?.readableEnded === true && child.stderr?.readableEnded === true);
  return 'exited';
}

interface ProductParts {
  readonly home: string;
  readonly port: number;
  readonly logs: () => string;
  readonly times: { readonly startMs: number };
}

function productOf(child: ChildProcess, { home, port, logs, times }: ProductParts): Product {
  const isRunning = (): boolean => child.exitCode === null && child.signalCode === null;
  const stop = async (): Promise<number | null> => {
    if (isRunning()) process.kill(child.pid ?? 0, 'SIGTERM');
    await eventually('the launcher has ended', () => !isRunning(), STOP_TIMEOUT_MS);
    return child.exitCode;
  };
  const pids = (): ProductPids => ({
    launcher: isRunning() ? (child.pid ?? null) : null,
    postgres: readPostmaster(home),
    services: readServices(home),
  });
  return {
    url: `http://127.0.0.1:${String(port)}`,
    port,
    home,
    get startMs() {
      return times.startMs;
    },
    pids,
    logs,
    waitForLog: async (pattern, timeoutMs) => {
      await eventually(`the output matches ${String(pattern)}`, () => pattern.test(logs()), timeoutMs).catch((error: unknown) => {
        throw new Error(`${String(error)}\n${logs()}`);
      });
    },
    kill: async (name) => {
      const { launcher, postgres, services } = pids();
      const pid = { ...services, launcher, postgres }[name] ?? null;
      if (pid === null) throw new Error(`There is no process ${name}`);
      process.kill(pid, 'SIGKILL');
      await eventually(`${name} (pid ${String(pid)}) is gone`, () => !isAlive(pid));
    },
    stop,
    remove: async () => {
      await stop();
      await eventually('the last process has ended', () => processesOf(home).length === 0, STOP_TIMEOUT_MS);
      rmSync(home, { recursive: true, force: true });
    },
    processes: () => processesOf(home),
  };
}

function foreignVariables(): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !OURS.test(name)));
}

function readPostmaster(home: string): number | null {
  const pid = Number(readText(join(home, 'postgres', 'postmaster.pid')).split('\n')[0]);
  return pid > 0 && isAlive(pid) ? pid : null;
}

function readServices(home: string): Record<string, number> {
  const text = readText(join(home, 'run.json'));
  const run = (text === '' ? {} : JSON.parse(text)) as { services?: { name: string; pid: number }[] };
  return Object.fromEntries((run.services ?? []).filter(({ pid }) => isAlive(pid)).map(({ name, pid }) => [name, pid]));
}

/** Services carry TAKT_HOME in their environment, the database and its guardian in their command lines. */
function processesOf(home: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => isAlive(Number(pid)))
    .map((pid) => ({ command: readText(`/proc/${pid}/cmdline`).replaceAll('\0', ' '), environment: `\0${readText(`/proc/${pid}/environ`)}` }))
    .filter(({ command, environment }) => command.includes(`${home}/`) || environment.includes(`\0TAKT_HOME=${home}\0`))
    .map(({ command }) => command);
}

function isAlive(pid: number): boolean {
  const stat = readText(`/proc/${String(pid)}/stat`);
  return stat !== '' && !/^\d+ \([^]*\) Z/.test(stat);
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
