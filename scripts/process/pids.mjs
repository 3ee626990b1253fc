/** Questions about processes that may not be ours any more: is it alive, what is it, wait until it is gone. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** True when a process with this id exists and is not merely waiting to be reaped by its parent. */
export function isAlive(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
  return !isZombie(pid);
}

function isZombie(pid) {
  if (process.platform !== 'linux') return false;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3) === 'Z';
  } catch {
    return true;
  }
}

/** Command line of a process with blanks between the arguments; '' when there is none or it may not be seen. */
export function commandLine(pid) {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return '';
  }
}

/** Sends a signal; false when the process (or, for a negative id, the group) is gone already. */
export function signal(pid, name) {
  try {
    process.kill(pid, name);
    return true;
  } catch {
    return false;
  }
}

/** Asks `condition` every 20 ms until it returns something true or `timeoutMs` is over; returns its last answer. */
export async function waitUntil(condition, timeoutMs) {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const answer = await condition();
    if (answer || performance.now() >= deadline) return answer;
    await pause(20);
  }
}

/** Sends the signals one after the other, each with its time to work, until the process is gone. Returns whether it is. */
export async function stopProcess(pid, steps) {
  for (const { name, graceMs } of steps) {
    signal(pid, name);
    if (await waitUntil(() => !isAlive(pid), graceMs)) return true;
  }
  return !isAlive(pid);
}
