/** The place of the measurements: a durable Postgres, a Redis, and processes of the product and of raw BullMQ. */
import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { startGuardian, STOP_POSTGRES } from '../../../scripts/process/guardian.mjs';
import { NODE_FLAGS } from '../../../scripts/process/node-flags.mjs';
import { randomPortRange, firstFreePort } from '../../../scripts/process/ports.mjs';
import { makeTraversable, startPostgres } from '../../../scripts/stores/postgres.mjs';
import { findRedisServer } from '../../../scripts/stores/redis-binary.mjs';
import { run } from '../../../scripts/process/run.mjs';
import { redisCommand, startRedis } from '../../../scripts/stores/redis.mjs';
import { cpuMsOf } from './cpu.mjs';
import { printStatements, STATEMENT_SETTINGS } from './statements.mjs';

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
const READY_MS = 60_000;
/** Labels of the product's processes. */
const OURS = new Set(['api', 'worker']);

/** Should this process be killed: its stores and their data go too; the processes end with their channel. */
const CLEAN_UP = `${STOP_POSTGRES}
kill "$3"
sleep 2
rm -rf "$2"`;
const JWT_SECRET = 'a secret of the benchmark that is long enough';

/** Durable, as in production: only the size of the memory is chosen. */
const POSTGRES_SETTINGS = { max_connections: '300', shared_buffers: '512MB', max_wal_size: '4GB', checkpoint_timeout: '15min' };

export class Lab {
  /** Processes that are running, by label. */
  processes = new Map();
  #databases = 0;

  static async open() {
    const lab = new Lab();
    lab.directory = mkdtempSync(join(tmpdir(), 'takt-bench-'));
    makeTraversable(lab.directory);
    const found = await findRedisServer({ cacheDirectory: join(ROOT, '.cache', 'redis'), download: true });
    if (found.binary === null) throw new Error(`The benchmark needs Redis: ${found.reason}`);
    lab.redis = await startRedis(found);
    lab.redisVersion = /v=(\S+)/.exec(await versionOf(found))?.[1];
    lab.postgres = await startPostgres({
      root: ROOT,
      dataDirectory: join(lab.directory, 'postgres'),
      password: randomBytes(12).toString('hex'),
      logFile: join(lab.directory, 'postgres.log'),
      ports: randomPortRange(),
      settings: { ...POSTGRES_SETTINGS, ...STATEMENT_SETTINGS },
    });
    lab.guardian = startGuardian(CLEAN_UP, [join(lab.directory, 'postgres'), lab.directory, String(lab.redis.pid)]);
    lab.admin = new pg.Pool({ connectionString: lab.postgres.url('postgres'), max: 1 });
    lab.admin.on('error', () => undefined); // the server says goodbye to a connection that is being closed
    await lab.admin.query('create database bench_template');
    await lab.migrate(lab.postgres.url('bench_template'));
    return lab;
  }

  /** A migrated database of its own without jobs, and an emptied Redis. */
  async freshStores({ redis = true } = {}) {
    await this.stopProcesses();
    await redisCommand(this.redis.port, 'FLUSHALL');
    const name = `bench_${String((this.#databases += 1))}`;
    await this.admin.query(`create database ${name} template bench_template`);
    const url = this.postgres.url(name);
    const pool = new pg.Pool({ connectionString: url, max: 2 });
    pool.on('error', () => undefined); // a goal that failed leaves it open until the server stops
    await pool.query('delete from scheduled_job');
    await this.admin.query('checkpoint');
    const drop = async () => {
      await printStatements(pool);
      await pool.end();
      await this.stopProcesses();
      await this.admin.query(`drop database ${name} with (force)`);
    };
    return { name, url, pool, redisUrl: redis ? this.redis.url : null, drop };
  }

  /** The product's environment as it is by default, but for where the stores are. */
  environment(stores, more = {}) {
    return {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      DATABASE_URL: stores.url,
      ...(stores.redisUrl === null ? {} : { REDIS_URL: stores.redisUrl }),
      JWT_SECRET,
      TAKT_HOME: join(this.directory, 'home'),
      LOG_FORMAT: 'json',
      EXTRA_PORTS: '',
      ...more,
    };
  }

  async migrate(url) {
    const child = this.#fork('migrate', join(ROOT, 'dist/apps/api/src/migrate.js'), this.environment({ url, redisUrl: null }));
    const code = await new Promise((done) => child.once('exit', done));
    if (code !== 0) throw new Error(`Migration failed:\n${this.logOf('migrate')}`);
  }

  /** Starts the API with the scheduler role. @returns its base URL */
  async startApi(stores, more = {}) {
    const port = await firstFreePort(randomPortRange(), '127.0.0.1');
    const environment = this.environment(stores, { PORT: String(port), RATE_LIMIT_ENABLED: 'false', ...more });
    await this.start('api', join(ROOT, 'dist/apps/api/src/main.js'), { environment });
    return `http://127.0.0.1:${String(port)}`;
  }

  /** Starts the product's worker with one more task function, `bench_noop`. */
  async startWorker(stores, { concurrency = 100 } = {}) {
    const environment = this.environment(stores, { WORKER_CONCURRENCY: String(concurrency) });
    await this.start('worker', join(ROOT, 'test/bench/processes/takt-worker.mjs'), { environment });
  }

  /** Starts a Node process that says `{ type: 'ready' }`, and returns it. `BENCH_PROFILE=<label>` writes a CPU profile of it. */
  async start(label, file, { environment, args = [] }) {
    const child = this.#fork(label, file, environment, args);
    this.processes.set(label, child);
    await new Promise((ready, fail) => {
      const timer = setTimeout(() => fail(new Error(`${label} was not ready:\n${this.logOf(label)}`)), READY_MS);
      child.once('exit', () => fail(new Error(`${label} ended:\n${this.logOf(label)}`)));
      child.on('message', (message) => {
        if (message?.type !== 'ready') return;
        clearTimeout(timer);
        ready();
      });
    });
    return child;
  }

  async stop(label) {
    const child = this.processes.get(label);
    if (child === undefined) return;
    this.processes.delete(label);
    const gone = child.exitCode !== null || child.signalCode !== null ? null : new Promise((done) => child.once('exit', done));
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), 15_000);
    await gone;
    clearTimeout(timer);
  }

  async stopProcesses() {
    for (const label of [...this.processes.keys()].reverse()) await this.stop(label);
  }

  logOf(label) {
    return readFileSync(join(this.directory, `${label}.log`), 'utf8').slice(-4_000);
  }

  /** CPU used so far by every part, milliseconds. */
  cpu() {
    const parts = { redis: cpuMsOf(this.redis.pid), postgres: cpuMsOf(this.postgres.pid) };
    for (const [label, child] of this.processes) parts[label] = cpuMsOf(child.pid);
    return parts;
  }

  async close() {
    await this.stopProcesses();
    await this.admin.end();
    this.guardian.release();
    await Promise.all([this.postgres.stop(), this.redis.stop()]);
    rmSync(this.directory, { recursive: true, force: true });
  }

  #fork(label, file, environment, args = []) {
    mkdirSync(this.directory, { recursive: true });
    const log = openSync(join(this.directory, `${label}.log`), 'a');
    const profile = process.env.BENCH_PROFILE === label ? ['--cpu-prof', `--cpu-prof-dir=${join(tmpdir(), 'takt-profiles')}`] : [];
    // Raw BullMQ runs with Node's defaults, as it does with BullMQ's.
    const flags = OURS.has(label) ? NODE_FLAGS : [];
    const child = fork(file, args, { env: environment, execArgv: [...profile, ...flags], cwd: ROOT, stdio: ['ignore', log, log, 'ipc'] });
    closeSync(log);
    return child;
  }
}

async function versionOf({ binary, sharedLibraries }) {
  const { output } = await run(binary, ['--version'], { env: { PATH: process.env.PATH, LD_LIBRARY_PATH: sharedLibraries ?? '' }, timeoutMs: 10_000 });
  return output;
}
