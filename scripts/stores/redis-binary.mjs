/**
 * A Redis server binary for the tests: on PATH, or unpacked from the distribution's package into a cache folder. Nothing is
 * installed and no package list of the system is touched.
 */
import { accessSync, constants, existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from '../process/run.mjs';

const NAMES = ['redis-server', 'valkey-server'];
const UPDATE_TIMEOUT_MS = 180_000;
const DOWNLOAD_TIMEOUT_MS = 120_000;
const SHORT_TIMEOUT_MS = 30_000;

/**
 * @param {{cacheDirectory: string, download: boolean}} options
 * @returns {Promise<{binary: string, sharedLibraries: string | null, origin: string} | {binary: null, reason: string}>}
 */
export async function findRedisServer({ cacheDirectory, download }) {
  const given = process.env.TEST_REDIS_SERVER;
  if (given !== undefined && given !== '') return { binary: given, sharedLibraries: process.env.TEST_REDIS_LIBRARY_PATH || null, origin: 'TEST_REDIS_SERVER' };
  const onPath = NAMES.map(findOnPath).find((file) => file !== null);
  if (onPath !== undefined) return { binary: onPath, sharedLibraries: null, origin: 'PATH' };
  const unpacked = await unpackedServer(cacheDirectory);
  if (unpacked !== null) return unpacked;
  const reason = `no ${NAMES.join(' or ')} on PATH`;
  if (!download) return { binary: null, reason };
  if (findOnPath('apt-get') === null || findOnPath('dpkg-deb') === null) {
    return { binary: null, reason: `${reason}, and this is not a Debian or Ubuntu whose package could be downloaded` };
  }
  try {
    await downloadServer(cacheDirectory);
  } catch (error) {
    return { binary: null, reason: `${reason}, and the distribution's package could not be fetched: ${error.message}` };
  }
  return (await unpackedServer(cacheDirectory)) ?? { binary: null, reason: `${reason}, and the downloaded one does not run` };
}

async function unpackedServer(cacheDirectory) {
  const tree = join(cacheDirectory, 'root');
  const binary = NAMES.map((name) => join(tree, 'usr', 'bin', name)).find((file) => existsSync(file));
  if (binary === undefined) return null;
  const sharedLibraries = libraryDirectories(tree).join(':');
  const probe = await run(binary, ['--version'], { env: { ...process.env, LD_LIBRARY_PATH: sharedLibraries }, timeoutMs: SHORT_TIMEOUT_MS });
  return probe.code === 0 ? { binary, sharedLibraries, origin: 'the downloaded package of the distribution' } : null;
}

/** Debian keeps libraries in `usr/lib/<triplet>`. */
function libraryDirectories(tree) {
  return ['usr/lib', 'lib'].flatMap((part) => {
    const directory = join(tree, part);
    if (!existsSync(directory)) return [];
    const below = readdirSync(directory, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    return [...below.map((entry) => join(directory, entry.name)), directory];
  });
}

async function downloadServer(cacheDirectory) {
  const tree = join(cacheDirectory, 'root');
  const archives = join(cacheDirectory, 'archives');
  for (const directory of [tree, archives]) rmSync(directory, { recursive: true, force: true });
  mkdirSync(archives, { recursive: true });
  try {
    await fetchPackages({ archives, aptOptions: [] });
  } catch {
    // The system's package lists are missing or too old: lists of our own, in our cache.
    await fetchPackages({ archives, aptOptions: await privateLists(cacheDirectory) });
  }
  mkdirSync(tree, { recursive: true });
  for (const archive of readdirSync(archives)) {
    await must('dpkg-deb', ['-x', join(archives, archive), tree], { timeoutMs: SHORT_TIMEOUT_MS });
  }
  for (const directory of [archives, join(cacheDirectory, 'apt')]) rmSync(directory, { recursive: true, force: true });
}

async function privateLists(cacheDirectory) {
  const state = join(cacheDirectory, 'apt', 'state');
  const cache = join(cacheDirectory, 'apt', 'cache');
  mkdirSync(join(state, 'lists', 'partial'), { recursive: true });
  mkdirSync(join(cache, 'archives', 'partial'), { recursive: true });
  const settings = {
    'Dir::State': state,
    'Dir::State::status': '/var/lib/dpkg/status',
    'Dir::Cache': cache,
    'APT::Sandbox::User': '',
    'Acquire::Retries': '3',
  };
  const aptOptions = Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  await must('apt-get', [...aptOptions, 'update', '-q'], { timeoutMs: UPDATE_TIMEOUT_MS });
  return aptOptions;
}

async function fetchPackages({ archives, aptOptions }) {
  const packages = await neededPackages(aptOptions);
  // apt-get leaves archives that are there already alone, so that a second attempt only fetches what is missing.
  await must('apt-get', [...aptOptions, 'download', '-q', ...packages], { cwd: archives, timeoutMs: DOWNLOAD_TIMEOUT_MS });
}

/** The server's package and what it depends on, without what this system has. */
async function neededPackages(aptOptions) {
  const only = ['no-recommends', 'no-suggests', 'no-conflicts', 'no-breaks', 'no-replaces', 'no-enhances'].map((flag) => `--${flag}`);
  const { output } = await must('apt-cache', [...aptOptions, 'depends', '--recurse', ...only, 'redis-server'], { timeoutMs: SHORT_TIMEOUT_MS });
  const installed = installedPackages();
  const wanted = output.split('\n').filter((line) => /^[a-z0-9]/.test(line)).map((line) => line.trim().replace(/:.*$/, ''));
  const missing = [...new Set(wanted)].filter((name) => !installed.has(name) && isWorthUnpacking(name));
  if (!missing.includes('redis-server')) throw new Error('the distribution has no package redis-server');
  return missing;
}

/** The server itself and shared libraries; init systems, debconf and the like are not needed to run a binary. */
function isWorthUnpacking(name) {
  if (/^(redis|valkey)/.test(name)) return true;
  return /^(lib|lua-)/.test(name) && !/^lib(c6|c-bin|pam|perl|elogind|debian|newt|textwrap)|-perl$/.test(name);
}

function installedPackages() {
  const status = readFileSync('/var/lib/dpkg/status', 'utf8');
  const entries = status.split('\n\n').filter((entry) => /^Status: install ok installed$/m.test(entry));
  return new Set(entries.map((entry) => /^Package: (.*)$/m.exec(entry)?.[1]));
}

async function must(command, args, options) {
  const result = await run(command, args, { ...options, env: { ...process.env, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' } });
  if (result.code === 0) return result;
  const reason = result.timedOut ? 'it took too long' : result.output.trim().split('\n').slice(-3).join(' / ');
  throw new Error(`${command} failed: ${reason}`);
}

function findOnPath(name) {
  for (const directory of (process.env.PATH ?? '').split(delimiter)) {
    const file = join(directory, name);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // not here
    }
  }
  return null;
}
