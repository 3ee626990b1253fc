/**
 * False clocks: libfaketime shifts the wall clock of one process, read anew from a file each time, and leaves its timers
 * alone. Taken from the system, else unpacked from the Debian package into the cache; nothing is installed.
 */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '#scripts/process/run.mjs';
import type { Service } from './service.js';

const LIBRARY = 'libfaketimeMT.so.1';
const DOWNLOAD_TIMEOUT_MS = 120_000;

/** @returns where the library to preload is, or why there is none */
export async function findFaketime(root: string): Promise<{ preload: string } | { reason: string }> {
  const cache = join(root, '.cache', 'faketime');
  const find = (): string | undefined => ['/usr/lib', join(cache, 'root/usr/lib')].map(libraryBelow).find((file) => file !== undefined);
  let preload = find();
  if (preload === undefined) {
    const problem = await download(cache);
    preload = find();
    if (preload === undefined) return { reason: `no ${LIBRARY} here, and its package could not be unpacked: ${problem}` };
  }
  const works = await run('/bin/sh', ['-c', 'date +%Y'], { timeoutMs: 5_000, env: { LD_PRELOAD: preload, FAKETIME: '+3650d', PATH: '/usr/bin:/bin' } });
  return Number(works.output.trim()) > new Date().getFullYear() + 8 ? { preload } : { reason: `${preload} does not work here` };
}

function libraryBelow(directory: string): string | undefined {
  if (!existsSync(directory)) return undefined;
  const folders = readdirSync(directory, { withFileTypes: true }).filter((entry) => entry.isDirectory() && entry.name.endsWith('-linux-gnu'));
  return folders.map(({ name }) => join(directory, name, 'faketime', LIBRARY)).find((file) => existsSync(file));
}

async function download(cache: string): Promise<string> {
  const archives = join(cache, 'archives');
  mkdirSync(archives, { recursive: true });
  const fetched = await run('apt-get', ['download', '-q', 'libfaketime'], { cwd: archives, timeoutMs: DOWNLOAD_TIMEOUT_MS });
  if (fetched.code !== 0) return fetched.output.trim().split('\n').at(-1) ?? 'apt-get failed';
  for (const archive of readdirSync(archives)) {
    const unpacked = await run('dpkg-deb', ['-x', join(archives, archive), join(cache, 'root')], { timeoutMs: 30_000 });
    if (unpacked.code !== 0) return unpacked.output.trim();
  }
  return 'the package holds no such library';
}

/** The false clock of one process: give it the variables, then set and change the offset. */
export class FalseClock {
  private readonly file: string;

  constructor(
    private readonly preload: string,
    directory: string,
    private readonly service: Service,
  ) {
    this.file = join(directory, `${service.name}.clock`);
    this.set('+0');
  }

  /** From the next start on the process has this clock. */
  fit(): void {
    this.service.with({ LD_PRELOAD: this.preload, FAKETIME_TIMESTAMP_FILE: this.file, FAKETIME_NO_CACHE: '1', FAKETIME_DONT_FAKE_MONOTONIC: '1' });
  }

  /** @param offset as libfaketime reads it: `+3600`, `-3600`, `+0 x10` */
  set(offset: string): void {
    writeFileSync(this.file, `${offset}\n`);
  }
}
