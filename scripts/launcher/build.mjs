/** Compiles TypeScript when sources changed since the last build. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../process/run.mjs';
import { StartError, step } from './terminal.mjs';

const SOURCES = ['apps/api/src', 'apps/worker/src', 'libs'];
const SETTINGS = ['tsconfig.json', 'tsconfig.build.json', 'package.json', 'package-lock.json'];
/** What the launcher starts, below dist/. */
export const ENTRIES = ['apps/api/src/main.js', 'apps/api/src/migrate.js', 'apps/worker/src/main.js'];
const BUILD_TIMEOUT_MS = 5 * 60_000;

export async function buildIfNeeded({ root, home }) {
  const wanted = sourceHash(root);
  const recordFile = join(root, 'dist', '.takt-build');
  const recorded = existsSync(recordFile) ? readFileSync(recordFile, 'utf8').trim() : '';
  if (recorded === wanted && isComplete(root)) return;
  const done = step('Built');
  prepareBuild(root);
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const result = await run(process.execPath, [compiler, '-p', 'tsconfig.build.json'], { cwd: root, timeoutMs: BUILD_TIMEOUT_MS, logFile: home.log('build') });
  if (result.code !== 0) throw new StartError(`The build failed:\n\n${result.output.trim()}`);
  writeFileSync(recordFile, `${wanted}\n`);
  done();
}

/**
 * Makes what the compiler leaves alone right: an incomplete dist with its memory of a complete one would stay incomplete,
 * and compiled files whose source is gone would still be found, e.g. by whoever loads a folder of migrations.
 */
export function prepareBuild(root) {
  if (!isComplete(root)) rmSync(join(root, 'dist', '.tsbuildinfo'), { force: true });
  for (const directory of SOURCES) {
    for (const file of filesBelow(join(root, 'dist', directory), /\.js(\.map)?$/)) {
      const source = file.replace(join(root, 'dist'), root).replace(/\.js(\.map)?$/, '.ts');
      if (!existsSync(source)) rmSync(file);
    }
  }
}

function isComplete(root) {
  return ENTRIES.every((file) => existsSync(join(root, 'dist', file)));
}

function sourceHash(root) {
  const hash = createHash('sha256');
  const sources = SOURCES.flatMap((directory) => filesBelow(join(root, directory), /(?<!\.spec|\.conformance)\.ts$/));
  for (const file of [...SETTINGS.map((name) => join(root, name)), ...sources.sort()]) {
    hash.update(file.slice(root.length)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

function filesBelow(directory, pattern) {
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && pattern.test(entry.name) && !entry.parentPath.includes('node_modules'))
    .map((entry) => join(entry.parentPath, entry.name));
}
