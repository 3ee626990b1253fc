/** One launcher for one TAKT_HOME; and what a killed one left behind. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { commandLine, isAlive, signal, stopProcess, waitUntil } from '../process/pids.mjs';
import { StartError, warn } from './terminal.mjs';

/** How long services of a killed launcher may go on draining before they are stopped. */
const LEFTOVER_GRACE_MS = 10_000;

/** @returns {() => void} gives the lock back. @throws StartError when another launcher is running */
export function takeLock(home) {
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    try {
      writeFileSync(home.lockFile, `${process.pid}\n`, { flag: 'wx', mode: 0o600 });
      return () => rmSync(home.lockFile, { force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const holder = readHolder(home.lockFile);
    if (holder !== process.pid && isAlive(holder) && commandLine(holder).includes('up.mjs')) {
      throw new StartError(`Takt is already running on ${home.directory} (pid ${holder}). Stop it with Ctrl-C in its terminal or: kill ${holder}\nTo run a second one, give it a TAKT_HOME and a PORT of its own.`);
    }
    rmSync(home.lockFile, { force: true });
  }
  throw new StartError(`${home.lockFile} cannot be taken: another start is under way.`);
}

/** Waits for services whose launcher was killed to finish draining; stops them when that takes too long. */
export async function endLeftovers(home) {
  const { services = [] } = home.readRun();
  const left = () => services.filter(({ pid, entry }) => isAlive(pid) && commandLine(pid).includes(entry));
  if (left().length === 0) return;
  warn(`The last run was killed; waiting for ${left().map(({ name, pid }) => `${name} (pid ${pid})`).join(', ')} to finish.`);
  await waitUntil(() => left().length === 0, LEFTOVER_GRACE_MS);
  await Promise.all(
    left().map(async ({ pid }) => {
      await stopProcess(pid, [{ name: 'SIGTERM', graceMs: 5_000 }, { name: 'SIGKILL', graceMs: 5_000 }]);
      signal(-pid, 'SIGKILL');
    }),
  );
}

function readHolder(file) {
  try {
    return Number(readFileSync(file, 'utf8').trim());
  } catch {
    return 0;
  }
}
