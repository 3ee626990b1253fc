/**
 * Runs a command to its end, in a process group of its own, so that a deadline or a Ctrl-C takes its whole tree away.
 * Everything started here and still running is known, and `killAll` ends it.
 */
import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { signal } from './pids.mjs';

const running = new Set();
const KILL_GRACE_MS = 5_000;
const MAX_OUTPUT_CHARACTERS = 400_000;

/** Ends every command that is still running, at once. */
export function killAll() {
  for (const child of running) signal(-child.pid, 'SIGKILL');
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {object} options
 *   cwd, env, uid, gid; `timeoutMs` (required); `logFile` (output is written there); `echo` (output is shown as it comes)
 * @returns {Promise<{code: number, timedOut: boolean, output: string}>} output = at most its last 400,000 characters; code 127 = not startable
 */
export async function run(command, args, options) {
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    uid: options.uid,
    gid: options.gid,
  });
  if (child.pid !== undefined) running.add(child);
  const log = options.logFile === undefined ? null : createWriteStream(options.logFile, { flags: 'a', mode: 0o600 });
  const tail = captureTail(child, { log, echo: options.echo === true });
  const deadline = killAtDeadline(child, options.timeoutMs);
  const result = await exitOf(child);
  deadline.clear();
  running.delete(child);
  if (log !== null) await once(log.end(), 'close');
  const output = result.error === undefined ? tail() : `${tail()}${result.error.message}\n`;
  return { code: result.code, timedOut: deadline.reached(), output };
}

function captureTail(child, { log, echo }) {
  let text = '';
  for (const [stream, target] of [[child.stdout, process.stdout], [child.stderr, process.stderr]]) {
    stream.setEncoding('utf8');
    stream.on('data', (chunk) => {
      text = (text + chunk).slice(-MAX_OUTPUT_CHARACTERS);
      log?.write(chunk);
      if (echo) target.write(chunk);
    });
  }
  return () => text;
}

function killAtDeadline(child, timeoutMs) {
  let reached = false;
  let killTimer;
  const timer = setTimeout(() => {
    reached = true;
    signal(-child.pid, 'SIGTERM');
    killTimer = setTimeout(() => signal(-child.pid, 'SIGKILL'), KILL_GRACE_MS);
  }, timeoutMs);
  return {
    reached: () => reached,
    clear: () => {
      clearTimeout(timer);
      clearTimeout(killTimer);
    },
  };
}

function exitOf(child) {
  return new Promise((done) => {
    child.once('error', (error) => done({ code: 127, error }));
    child.once('close', (code) => done({ code: code ?? 1 }));
  });
}
