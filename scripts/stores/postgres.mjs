/**
 * A PostgreSQL server of our own in one data directory: made on first use, started, watched, stopped.
 *
 * The server runs in a session of its own, so that a Ctrl-C in the terminal does not reach it before its clients are done.
 * Its readiness is read from `postmaster.pid`, as pg_ctl does, so that no client library is needed.
 */
import { spawn } from 'node:child_process';
import { chmodSync, chownSync, closeSync, existsSync, lstatSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { commandLine, isAlive, stopProcess, waitUntil } from '../process/pids.mjs';
import { firstFreePort } from '../process/ports.mjs';
import { run } from '../process/run.mjs';
import { postgresBinaries } from './postgres-binaries.mjs';
import { postgresUser } from './postgres-user.mjs';

/** Superuser of every server that we make; its password comes from the caller. */
export const POSTGRES_USER = 'takt';
const HOST = '127.0.0.1';
const START_TIMEOUT_MS = 60_000;
const INIT_TIMEOUT_MS = 120_000;
const MAX_LOG_BYTES = 10 * 1024 * 1024;
const START_ATTEMPTS = 6;
const RETRY_PAUSE_MS = 500;

/** SIGINT = "fast": clients are cut, data is flushed. SIGQUIT = "immediate": recovery at the next start. */
const STOP_STEPS = [
  { name: 'SIGINT', graceMs: 20_000 },
  { name: 'SIGQUIT', graceMs: 5_000 },
  { name: 'SIGKILL', graceMs: 5_000 },
];

const SETTINGS = {
  listen_addresses: HOST,
  unix_socket_directories: '',
  max_connections: '200',
  shared_buffers: '128MB',
  timezone: 'UTC',
  log_timezone: 'UTC',
  jit: 'off',
  log_line_prefix: '%m [%p] %a ',
};

/** Faster and not safe against a power cut: for tests, whose data nobody wants back. */
export const VOLATILE_SETTINGS = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off', max_wal_size: '2GB' };

/**
 * @param {object} options
 *   root: directory with node_modules; dataDirectory: absolute; password; logFile;
 *   ports: candidates, the first free one is taken; settings: further settings; volatile: made without fsync
 * @returns {Promise<{port: number, pid: number, version: string, url: (database: string) => string, exited: Promise<void>, stop: () => Promise<void>}>}
 */
export async function startPostgres(options) {
  const user = postgresUser(options.dataDirectory);
  const binaries = postgresBinaries(options.root, user);
  await stopLeftover(options.dataDirectory);
  await initialise(options, { user, binaries });
  checkVersion(options.dataDirectory, binaries.version);
  let candidates = options.ports;
  for (let attempt = 1; attempt <= START_ATTEMPTS; attempt += 1) {
    const port = await firstFreePort(candidates, HOST);
    const server = await launch(options, { user, binaries, port });
    if (server !== null) return server;
    // Somebody else took the port, or processes of a killed server still hold its memory for a moment.
    if (candidates.length > 1) candidates = candidates.filter((candidate) => candidate !== port);
    await pause(RETRY_PAUSE_MS);
  }
  throw new Error(`PostgreSQL did not start. ${lastLines(options.logFile)}`);
}

/** Stops a server that an earlier, killed process left running on this data directory, and clears a stale pid file. */
export async function stopLeftover(dataDirectory) {
  const pid = postmaster(dataDirectory).pid;
  if (pid === null) return;
  const ours = isAlive(pid) && commandLine(pid).includes(dataDirectory);
  if (ours && !(await stopProcess(pid, STOP_STEPS))) {
    throw new Error(`A PostgreSQL server (pid ${pid}) still runs on ${dataDirectory} and cannot be stopped.`);
  }
  if (!ours) rmSync(join(dataDirectory, 'postmaster.pid'), { force: true });
}

async function initialise(options, { user, binaries }) {
  const { dataDirectory } = options;
  if (existsSync(join(dataDirectory, 'PG_VERSION'))) return;
  // Made elsewhere and renamed when complete: an interrupted first start leaves nothing here. What is here is somebody's.
  if (existsSync(dataDirectory) && readdirSync(dataDirectory).length > 0) {
    throw new Error(`${dataDirectory} is not empty and has no PG_VERSION: it is not a database, or a damaged one. Move it away to start afresh.`);
  }
  rmSync(dataDirectory, { recursive: true, force: true });
  const draft = `${dataDirectory}.new`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true, mode: 0o700 });
  const passwordFile = `${dataDirectory}.password`;
  writePrivate(passwordFile, `${options.password}\n`);
  if (user !== null) for (const path of [draft, passwordFile]) chownSync(path, user.uid, user.gid);
  const result = await run(binaries.initdb, initdbArguments(options, { draft, passwordFile }), {
    cwd: '/',
    env: serverEnvironment(),
    timeoutMs: INIT_TIMEOUT_MS,
    uid: user?.uid,
    gid: user?.gid,
  });
  rmSync(passwordFile);
  if (result.code !== 0) throw new Error(`PostgreSQL's initdb failed:\n${result.output.trim()}`);
  renameSync(draft, dataDirectory);
}

/** The builtin provider sorts and folds the same on every system and needs no locale of the operating system. */
function initdbArguments(options, { draft, passwordFile }) {
  const flags = [
    `--pgdata=${draft}`,
    `--username=${POSTGRES_USER}`,
    '--auth=scram-sha-256',
    `--pwfile=${passwordFile}`,
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
  ];
  return options.volatile === true ? [...flags, '--no-sync'] : flags;
}

function checkVersion(dataDirectory, packageVersion) {
  const data = readFileSync(join(dataDirectory, 'PG_VERSION'), 'utf8').trim();
  const major = packageVersion.split('.')[0];
  if (data === major) return;
  throw new Error(
    `The data in ${dataDirectory} was written by PostgreSQL ${data}, this version of Takt brings PostgreSQL ${major}, which cannot read it. ` +
      `Start the old version of Takt to export what you need, or move the directory away to start afresh.`,
  );
}

async function launch(options, { user, binaries, port }) {
  const log = openLog(options.logFile);
  const settings = { ...SETTINGS, ...options.settings, port: String(port) };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn(binaries.postgres, ['-D', options.dataDirectory, ...flags], {
    cwd: '/',
    env: serverEnvironment(),
    detached: true,
    stdio: ['ignore', log, log],
    ...(user === null ? {} : { uid: user.uid, gid: user.gid }),
  });
  closeSync(log);
  let gone = false;
  const exited = new Promise((done) => {
    for (const event of ['error', 'exit']) child.once(event, () => done(void (gone = true)));
  });
  await waitUntil(() => gone || isReady(options.dataDirectory, child.pid), START_TIMEOUT_MS);
  if (gone) return null;
  if (!isReady(options.dataDirectory, child.pid)) {
    await stopProcess(child.pid, STOP_STEPS);
    throw new Error(`PostgreSQL was not ready within ${START_TIMEOUT_MS / 1000} s. ${lastLines(options.logFile)}`);
  }
  child.unref();
  return {
    port,
    pid: child.pid,
    version: binaries.version.replace(/^(\d+\.\d+).*/, '$1'),
    url: (database) => `postgresql://${POSTGRES_USER}:${encodeURIComponent(options.password)}@${HOST}:${port}/${database}`,
    exited,
    stop: async () => {
      await stopProcess(child.pid, STOP_STEPS);
    },
  };
}

/** First and eighth line of `postmaster.pid`: process id and state. */
function postmaster(dataDirectory) {
  try {
    const lines = readFileSync(join(dataDirectory, 'postmaster.pid'), 'utf8').split('\n');
    const pid = Number(lines[0]);
    return { pid: Number.isInteger(pid) && pid > 0 ? pid : null, state: (lines[7] ?? '').trim() };
  } catch {
    return { pid: null, state: '' };
  }
}

function isReady(dataDirectory, pid) {
  const present = postmaster(dataDirectory);
  return present.pid === pid && present.state === 'ready';
}

/** Nothing of our environment (secrets, PG* variables) reaches the server. */
function serverEnvironment() {
  return { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
}

function openLog(file) {
  mkdirSync(dirname(file), { recursive: true });
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > MAX_LOG_BYTES) renameSync(file, `${file}.1`);
  return openSync(file, 'a', 0o600);
}

function lastLines(file) {
  const lines = readFileSync(file, 'utf8').trim().split('\n').slice(-10);
  return `Last lines of ${file}:\n${lines.join('\n')}`;
}

/** Makes a directory that the server's user can pass through but not list, for data directories below it. */
export function makeTraversable(directory) {
  mkdirSync(directory, { recursive: true });
  if (!lstatSync(directory).isSymbolicLink()) chmodSync(directory, 0o711);
}

/** Creates the database when it is missing. `pg` is the imported npm module. */
export async function ensureDatabase(pg, { adminUrl, name }) {
  const client = new pg.Client({ connectionString: adminUrl, connectionTimeoutMillis: 10_000, query_timeout: 30_000 });
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}

/** Writes text that only we may read. */
export function writePrivate(file, text) {
  writeFileSync(file, text, { mode: 0o600 });
  chmodSync(file, 0o600);
}
