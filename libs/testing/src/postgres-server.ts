/**
 * A PostgreSQL server of a test's own, to be stopped, started again and frozen. Takes some seconds to make: for tests of
 * what happens without a database. Leaves nothing behind, not even after a `kill -9` of the tests.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startGuardian, STOP_POSTGRES } from '../../../scripts/process/guardian.mjs';
import { randomPortRange } from '../../../scripts/process/ports.mjs';
import { makeTraversable, startPostgres, VOLATILE_SETTINGS, type PostgresHandle } from '../../../scripts/stores/postgres.mjs';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const CLEAN_UP = `${STOP_POSTGRES}\nsleep 2\nrm -rf "$2"`;

export interface TestPostgres {
  /** Of the empty database `postgres`, as superuser. The same after a new start. */
  readonly url: string;
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Every process of the server stands still: connections stay open and nothing answers. Linux only. */
  freeze(): void;
  thaw(): void;
  /** Stops it and deletes its data. */
  remove(): Promise<void>;
}

export async function startPostgresServer(): Promise<TestPostgres> {
  const directory = mkdtempSync(join(tmpdir(), 'takt-postgres-'));
  makeTraversable(directory);
  const dataDirectory = join(directory, 'postgres');
  const guardian = startGuardian(CLEAN_UP, [dataDirectory, directory]);
  const options = {
    root,
    dataDirectory,
    password: randomBytes(18).toString('base64url'),
    logFile: join(directory, 'postgres.log'),
    settings: VOLATILE_SETTINGS,
    volatile: true,
  };
  let server: PostgresHandle = await startPostgres({ ...options, ports: randomPortRange() });
  const { port } = server;
  const signal = (name: NodeJS.Signals): void => {
    for (const pid of [server.pid, ...childrenOf(server.pid)]) process.kill(pid, name);
  };
  return {
    url: server.url('postgres'),
    stop: () => server.stop(),
    start: async () => {
      server = await startPostgres({ ...options, ports: [port] });
    },
    freeze: () => {
      signal('SIGSTOP');
    },
    thaw: () => {
      signal('SIGCONT');
    },
    remove: async () => {
      await server.stop();
      guardian.release();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && parentOf(name) === parent)
    .map(Number);
}

/** The fourth field of `stat`; the second is the name in parentheses, which may hold anything. */
function parentOf(pid: string): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return null;
  }
}
