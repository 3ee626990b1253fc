/** `npm ci` when what is installed is not what the lock says. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../process/run.mjs';
import { StartError, step } from './terminal.mjs';

const INSTALL_TIMEOUT_MS = 15 * 60_000;
const SHOWN_LINES = 20;

export async function installIfNeeded({ root, home }) {
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
  const wanted = createHash('sha256').update(lock).digest('hex');
  const recordFile = join(root, 'node_modules', '.takt-lock');
  const recorded = existsSync(recordFile) ? readFileSync(recordFile, 'utf8').trim() : '';
  if (recorded === wanted) return;
  if (!isInstalled(root, JSON.parse(lock))) await install(root, home);
  writeFileSync(recordFile, `${wanted}\n`);
}

/** npm keeps its own note of what it installed: somebody who ran `npm ci` by hand need not wait for a second one. */
function isInstalled(root, lock) {
  const noteFile = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(noteFile)) return false;
  const installed = JSON.parse(readFileSync(noteFile, 'utf8')).packages;
  return Object.entries(lock.packages).every(([path, wanted]) => {
    if (path === '' || (wanted.optional === true && installed[path] === undefined)) return true;
    return installed[path]?.version === wanted.version && existsSync(join(root, path));
  });
}

async function install(root, home) {
  const done = step('Dependencies installed');
  process.stdout.write('Installing dependencies, which takes about a minute …\n');
  const npm = process.env.npm_execpath;
  const [command, ...first] = npm === undefined || !/npm-cli\.c?js$/.test(npm) ? ['npm'] : [process.execPath, npm];
  const logFile = home.log('install');
  // NODE_ENV=production would leave out the compiler.
  const result = await run(command, [...first, 'ci', '--include=dev', '--no-audit', '--no-fund'], { cwd: root, timeoutMs: INSTALL_TIMEOUT_MS, logFile });
  if (result.code !== 0) {
    const last = result.output.trimEnd().split('\n').slice(-SHOWN_LINES).join('\n');
    throw new StartError(`npm ci failed${result.timedOut ? ' (it took too long)' : ''}. Its last lines, all of them are in ${logFile}:\n\n${last}`);
  }
  done();
}
