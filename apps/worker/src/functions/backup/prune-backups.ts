/**
 * Removes old backups. Only what a manifest beside it says to be a backup of this very source is touched: neither other
 * people's files with a similar name nor backups of another source of the same name.
 */
import { randomBytes } from 'node:crypto';
import type { Stats } from 'node:fs';
import { lstat, open, rename, rmdir, unlink } from 'node:fs/promises';
import { errorCode, type ConfinedFolder } from '../files/confined-folder.js';
import { FileErrors } from '../files/file-errors.js';
import { PLAIN_READ } from '../files/same-content.js';
import { walkFolder, type FileVisitor } from '../files/walk-files.js';
import { ageOf, type BackedUp } from './backup-name.js';
import { sourceLine } from './manifest.js';

const MANIFEST = '.sha256';
/** What is being written or removed; one of these that is old was left by a worker that died. */
const UNFINISHED = /^\.backup-[0-9a-f]{16}\.(part|removed)$/;
const LEFT_BEHIND_MS = 86_400_000;

export interface Pruning {
  readonly source: Pick<BackedUp, 'name' | 'isFolder'> & { readonly real: string };
  /** Backups that stay, the newest; null: all. */
  readonly keep: number | null;
  readonly now: Date;
  readonly signal: AbortSignal;
}

/** A name for what is not to be taken for a backup. */
export function unfinishedName(kind: 'part' | 'removed'): string {
  return `.backup-${randomBytes(8).toString('hex')}.${kind}`;
}

/**
 * Removes the backups of a source but for the newest, and what a worker that died left in the target a day ago.
 *
 * @returns names of the backups that are gone
 */
export async function pruneBackups(target: ConfinedFolder, pruning: Pruning): Promise<string[]> {
  const names = await target.entries();
  await removeLeftBehind(target, names, pruning);
  if (pruning.keep === null) return [];
  const known: { name: string; age: string }[] = [];
  for (const name of names) {
    const age = names.includes(name + MANIFEST) ? ageOf(name, pruning.source) : null;
    if (age !== null && (await isBackupOf(target, name, pruning.source.real))) known.push({ name, age });
  }
  const old = known.sort((one, other) => (one.age < other.age ? 1 : -1)).slice(pruning.keep);
  for (const { name } of old) {
    pruning.signal.throwIfAborted();
    await remove(target, name);
    await unlink(target.at(name + MANIFEST));
  }
  return old.map(({ name }) => name);
}

/** Removes a file or a folder with all that is in it. Nothing happens when there is none. */
export async function remove(target: ConfinedFolder, name: string): Promise<void> {
  const aside = UNFINISHED.test(name) ? name : unfinishedName('removed');
  try {
    if (aside !== name) await rename(target.at(name), target.at(aside));
    if ((await lstat(target.at(aside))).isDirectory()) await removeFolder(target, aside);
    else await unlink(target.at(aside));
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
  }
}

async function removeFolder(target: ConfinedFolder, name: string): Promise<void> {
  const folder = (await target.subfolder(name)).asRoot();
  try {
    const errors = new FileErrors(() => undefined);
    const signal = new AbortController().signal;
    await walkFolder(folder, { visitor: REMOVER, signal, errors, progress: () => undefined });
  } finally {
    await folder.close();
  }
  await rmdir(target.at(name));
}

const REMOVER: FileVisitor = {
  file: (folder, name) => unlink(folder.at(name)),
  other: (folder, name) => unlink(folder.at(name)),
  leave: (parent, name) => rmdir(parent.at(name)),
};

async function removeLeftBehind(target: ConfinedFolder, names: readonly string[], { now }: Pruning): Promise<void> {
  for (const name of names.filter((candidate) => UNFINISHED.test(candidate))) {
    const stats: Stats | null = await lstat(target.at(name)).catch(() => null);
    if (stats !== null && now.getTime() - stats.mtimeMs > LEFT_BEHIND_MS) await remove(target, name);
  }
}

async function isBackupOf(target: ConfinedFolder, name: string, real: string): Promise<boolean> {
  const line = Buffer.from(`${sourceLine(real)}\n`);
  const file = await open(target.at(name + MANIFEST), PLAIN_READ).catch(() => null);
  if (file === null) return false;
  try {
    const begin = Buffer.alloc(line.length);
    const { bytesRead } = await file.read(begin, 0, begin.length, 0);
    return bytesRead === line.length && begin.equals(line);
  } finally {
    await file.close();
  }
}
