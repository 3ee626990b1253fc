/** Builds the admin UI when its sources changed since the last build. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../process/run.mjs';
import { StartError, step } from './terminal.mjs';

const SOURCE = 'apps/admin/src';
const SETTINGS = ['apps/admin/next.config.ts', 'apps/admin/tsconfig.json', 'package-lock.json'];
const OUTPUT = 'apps/admin/.next';
/** What starts it. */
export const ADMIN_ENTRY = 'apps/admin/server.mjs';
const BUILD_TIMEOUT_MS = 10 * 60_000;
const SHOWN_LINES = 40;

export async function buildAdminIfNeeded({ root, home }) {
  const wanted = sourceHash(root);
  if (readRecord(root) === wanted && isAdminBuilt(root)) return;
  const done = step('Admin UI built');
  rmSync(join(root, OUTPUT, RECORD), { force: true });
  const result = await run(process.execPath, [join(root, 'node_modules/next/dist/bin/next'), 'build', 'apps/admin'], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    timeoutMs: BUILD_TIMEOUT_MS,
    logFile: home.log('admin-build'),
  });
  if (result.code !== 0) throw new StartError(`The build of the admin UI failed:\n\n${result.output.trim().split('\n').slice(-SHOWN_LINES).join('\n')}\n\nADMIN_ENABLED=false starts without it.`);
  writeFileSync(join(root, OUTPUT, RECORD), `${wanted}\n`);
  done();
}

export function isAdminBuilt(root) {
  return existsSync(join(root, OUTPUT, 'BUILD_ID'));
}

const RECORD = '.takt-build';

function readRecord(root) {
  const file = join(root, OUTPUT, RECORD);
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
}

function sourceHash(root) {
  const hash = createHash('sha256');
  const sources = readdirSync(join(root, SOURCE), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !/\.spec\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  for (const file of [...SETTINGS.map((name) => join(root, name)), ...sources.sort()]) {
    hash.update(file.slice(root.length)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}
