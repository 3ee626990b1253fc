/** A Redis server of our own: no persistence, no authentication, loopback only. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stopProcess, waitUntil } from '../process/pids.mjs';
import { firstFreePort, randomPortRange } from '../process/ports.mjs';

const HOST = '127.0.0.1';
const START_TIMEOUT_MS = 20_000;
const REPLY_TIMEOUT_MS = 2_000;

/**
 * @param {{binary: string, sharedLibraries: string | null}} server
 * @param {{port?: number, directory?: string, flags?: string[]}} [options] a directory given keeps its data
 * @returns {Promise<{url: string, port: number, pid: number, stop: () => Promise<void>, kill: () => Promise<void>}>}
 */
export async function startRedis(server, options = {}) {
  const directory = options.directory ?? mkdtempSync(join(tmpdir(), 'takt-redis-'));
  for (let attempt = 1; ; attempt += 1) {
    const port = options.port ?? (await firstFreePort(randomPortRange(), HOST));
    const started = await launch(server, { port, directory, flags: options.flags ?? [] });
    if (started !== null) return handle(started, { port, directory, temporary: options.directory === undefined });
    if (attempt === 3) throw new Error(`${server.binary} did not start on port ${port}`);
  }
}

/** Sends one command without arguments that hold blanks, e.g. `FLUSHALL`, and returns the first line of the reply. */
export function redisCommand(port, command) {
  return new Promise((done, fail) => {
    const socket = connect({ port, host: HOST });
    socket.setTimeout(REPLY_TIMEOUT_MS, () => socket.destroy(new Error(`Redis on port ${port} did not answer`)));
    socket.once('error', fail);
    socket.once('connect', () => socket.write(`${command}\r\n`));
    socket.once('data', (reply) => {
      socket.destroy();
      done(reply.toString('utf8').split('\r\n')[0]);
    });
  });
}

async function launch(server, { port, directory, flags }) {
  const args = ['--port', String(port), '--bind', HOST, '--dir', directory, '--save', '', '--appendonly', 'no', '--maxmemory-policy', 'noeviction', ...flags];
  const child = spawn(server.binary, args, {
    detached: true,
    stdio: 'ignore',
    env: { PATH: process.env.PATH ?? '', ...(server.sharedLibraries === null ? {} : { LD_LIBRARY_PATH: server.sharedLibraries }) },
  });
  let gone = false;
  for (const event of ['error', 'exit']) child.once(event, () => (gone = true));
  const ready = await waitUntil(async () => gone || (await redisCommand(port, 'PING').catch(() => '')) === '+PONG', START_TIMEOUT_MS);
  if (gone) return null;
  if (!ready) throw new Error(`${server.binary} was not ready on port ${port} within ${START_TIMEOUT_MS / 1000} s`);
  child.unref();
  return child;
}

function handle(child, { port, directory, temporary }) {
  // A process with threads can be a zombie and still hold its port: only the exit event says that all of it is gone.
  const exited = new Promise((done) => child.once('exit', done));
  const end = (steps) => async () => {
    // From now on its end is waited for; unwatched, the wait could be all that is left, and this process would end in it.
    child.ref();
    await stopProcess(child.pid, steps);
    if (child.exitCode === null && child.signalCode === null) await exited;
    if (temporary) rmSync(directory, { recursive: true, force: true });
  };
  return {
    url: `redis://${HOST}:${port}`,
    port,
    pid: child.pid,
    stop: end([{ name: 'SIGTERM', graceMs: 5_000 }, { name: 'SIGKILL', graceMs: 5_000 }]),
    kill: end([{ name: 'SIGKILL', graceMs: 5_000 }]),
  };
}
