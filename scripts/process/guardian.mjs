/**
 * A shell that waits until nobody is left and then cleans up: it survives a `kill -9` of the process that started it.
 * It sleeps in `read` on a pipe; the pipe ends when every process that holds its other end is gone. That is the process
 * that started it and whoever got the `lifeline` as a file descriptor.
 */
import { spawn } from 'node:child_process';

/**
 * @param {string} script shell commands that run when everybody is gone; `$1` … are the arguments
 * @param {string[]} args
 * @returns {{lifeline: import('node:stream').Writable, release: () => void}} `release` ends it without running the script
 */
export function startGuardian(script, args) {
  const child = spawn('/bin/sh', ['-c', `read -r _ && exit 0\n${script}`, 'takt-guardian', ...args], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { PATH: process.env.PATH ?? '/usr/bin:/bin' },
  });
  child.on('error', () => undefined);
  child.stdin.on('error', () => undefined);
  child.unref();
  child.stdin.unref();
  return { lifeline: child.stdin, release: () => void child.stdin.end('released\n') };
}

/** Stops the PostgreSQL server of the data directory `$1`, whichever process that is by then. */
export const STOP_POSTGRES = 'pid=$(head -n 1 "$1/postmaster.pid") && kill -INT "$pid"';
