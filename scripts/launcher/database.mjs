/** The embedded database: where it lies, on which port, kept running while the launcher is. */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { firstFreePort, portRange } from '../process/ports.mjs';
import { publicDirectory } from '../stores/postgres-binaries.mjs';
import { canPassThrough, postgresUser } from '../stores/postgres-user.mjs';
import { makeTraversable, POSTGRES_USER, startPostgres } from '../stores/postgres.mjs';
import { Backoff } from './backoff.mjs';
import { warn } from './terminal.mjs';

export const DATABASE = 'takt';
const FIRST_PORT = 54_320;

/**
 * Decides place and port without starting anything. The port is kept from start to start as long as nobody else takes it;
 * `ports` are the candidates for the case that somebody takes it before the server does.
 */
export async function planDatabase(home) {
  const kept = home.readState().postgresPort;
  const ports = [...(kept === undefined ? [] : [kept]), ...portRange(FIRST_PORT)];
  return { directory: dataDirectory(home), port: await firstFreePort(ports), ports };
}

export function databaseUrl({ port, password }) {
  return `postgresql://${POSTGRES_USER}:${encodeURIComponent(password)}@127.0.0.1:${port}/${DATABASE}`;
}

/**
 * Starts the server and starts it again, on the same port, whenever it ends by itself.
 * @returns {Promise<{version: string, directory: string, port: number, stop: () => Promise<void>}>}
 */
export async function runDatabase({ root, home, plan, password }) {
  const options = { root, dataDirectory: plan.directory, password, logFile: home.log('postgres') };
  let server = await startPostgres({ ...options, ports: plan.ports });
  const { port } = server;
  home.updateState({ postgresPort: port });
  let stopping = false;
  const watch = async () => {
    for (const backoff = new Backoff(); ; ) {
      await server.exited;
      if (stopping) return;
      warn(`PostgreSQL ended by itself; starting it again. Its log: ${home.log('postgres')}`);
      await pause(backoff.nextMs());
      if (stopping) return;
      server = await startPostgres({ ...options, ports: [port] }).catch((error) => {
        warn(`PostgreSQL does not start: ${error.message}`);
        return server;
      });
    }
  };
  void watch();
  return {
    version: server.version,
    directory: plan.directory,
    port,
    stop: async () => {
      stopping = true;
      await server.stop();
    },
  };
}

/**
 * Below TAKT_HOME, unless the user that has to run the server (as root) cannot get there: a clone below /root. Then below
 * a public directory, under a name that TAKT_HOME remembers.
 */
function dataDirectory(home) {
  const kept = home.readState().postgresDirectory;
  if (kept !== undefined) return kept;
  const inside = join(home.directory, 'postgres');
  const user = postgresUser(inside);
  const isReachable = existsSync(inside) || user === null || canPassThrough(home.directory, user);
  if (isReachable) return inside;
  const outside = join(publicDirectory(), `data-${randomBytes(6).toString('hex')}`);
  makeTraversable(outside);
  home.updateState({ postgresDirectory: join(outside, 'postgres') });
  return join(outside, 'postgres');
}
