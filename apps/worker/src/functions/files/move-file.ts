/**
 * Moves one regular file into a folder without ever replacing anything there.
 *
 * `rename` replaces what has the name. So the file first gets its new name by `link`, which fails if the name is taken, and
 * then loses its old one; where links are not to be had, an empty file takes the name first and is replaced by `rename`.
 * Between file systems a copy is made beside the target, forced to the disk, and given its name in the same way. A process
 * that dies in between leaves the upload pending: the next run finds its bytes under the new name and only removes the
 * old one.
 */
import { randomBytes } from 'node:crypto';
import type { Stats } from 'node:fs';
import { constants, link, lstat, open, rename, unlink, type FileHandle } from 'node:fs/promises';
import { parse } from 'node:path';
import { errorCode, type ConfinedFolder } from './confined-folder.js';
import { PLAIN_READ, sameContent } from './same-content.js';

/** Names that are tried: `a.txt`, `a-1.txt` … */
const MAX_NAMES = 1_000;
const COPY_CHUNK_BYTES = 1024 * 1024;
const NEW_FILE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
/** What `link` says where hard links do not exist or are not allowed. */
const NO_LINKS = new Set(['EPERM', 'EMLINK', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);

export interface Move {
  readonly from: ConfinedFolder;
  readonly name: string;
  /** The file as it was found; another one under its name is left alone. */
  readonly stats: Stats;
  readonly to: ConfinedFolder;
  readonly signal: AbortSignal;
}

/**
 * Moves the file under its name, or with a counter when a different file has that; a file with the same bytes counts as
 * the moved one.
 *
 * @returns the name that it has now
 * @throws ErrnoException; Error when the file changes meanwhile; the signal's reason
 */
export async function moveFile(move: Move): Promise<string> {
  const copy: CopyBeside = { name: null };
  try {
    for (let count = 0; count < MAX_NAMES; count += 1) {
      const name = numbered(move.name, count);
      if ((await place(move, name, copy)) || (await isThere(move, name))) {
        await removeSource(move);
        return name;
      }
    }
    throw new Error(`${MAX_NAMES} files have this name already`);
  } finally {
    if (copy.name !== null) await unlink(move.to.at(copy.name)).catch(() => undefined);
  }
}

/** Name of the copy in the target folder, once one was needed. */
interface CopyBeside {
  name: string | null;
}

function numbered(file: string, count: number): string {
  const { name, ext } = parse(file);
  return count === 0 ? file : `${name}-${count}${ext}`;
}

/** Gives the file the name. @returns false when the name is taken */
async function place(move: Move, name: string, copy: CopyBeside): Promise<boolean> {
  if (copy.name === null) {
    try {
      return await claimName(move, move.from.at(move.name), name);
    } catch (error) {
      if (errorCode(error) !== 'EXDEV') throw error;
      await copyBeside(move, copy);
    }
  }
  const placed = copy.name !== null && (await claimName(move, move.to.at(copy.name), name));
  if (placed) await move.to.sync();
  return placed;
}

/** Gives what `source` names the name as well, or instead. @returns false when the name is taken */
async function claimName(move: Move, source: string, name: string): Promise<boolean> {
  const target = move.to.at(name);
  if (!(await linkOrRename(source, target))) return false;
  if ((await lstat(target)).isFile()) return true;
  await unlink(target); // a link that was put in the file's place
  throw new Error('changed while it was moved');
}

async function linkOrRename(source: string, target: string): Promise<boolean> {
  try {
    await link(source, target);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    if (!NO_LINKS.has(errorCode(error) ?? '')) throw error;
    return replacePlaceholder(source, target);
  }
}

async function replacePlaceholder(source: string, target: string): Promise<boolean> {
  try {
    await (await open(target, NEW_FILE)).close();
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
  try {
    await rename(source, target);
    return true;
  } catch (error) {
    await unlink(target);
    throw error;
  }
}

/** Whether the name belongs to this very file, or to one with the same bytes. */
async function isThere({ from, name: source, stats, to, signal }: Move, name: string): Promise<boolean> {
  const existing = await lstat(to.at(name));
  if (!existing.isFile() || existing.size !== stats.size) return false;
  return isSame(existing, stats) || sameContent(from.at(source), to.at(name), signal);
}

/** Takes the old name away, unless another file has it by now. */
async function removeSource({ from, name, stats }: Move): Promise<void> {
  try {
    if (isSame(await lstat(from.at(name)), stats)) await unlink(from.at(name));
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error; // renamed away
  }
}

async function copyBeside(move: Move, copy: CopyBeside): Promise<void> {
  const source = await open(move.from.at(move.name), PLAIN_READ);
  try {
    if (!isSame(await source.stat(), move.stats)) throw new Error('changed while it was moved');
    copy.name = `.upload-${randomBytes(8).toString('hex')}.part`;
    const target = await open(move.to.at(copy.name), NEW_FILE, move.stats.mode & 0o777);
    try {
      await copyBytes(source, target, move.signal);
      await target.utimes(move.stats.atime, move.stats.mtime);
      await target.sync();
    } finally {
      await target.close();
    }
    const after = await source.stat();
    if (after.size !== move.stats.size || after.mtimeMs !== move.stats.mtimeMs) throw new Error('changed while it was moved');
  } finally {
    await source.close();
  }
}

async function copyBytes(source: FileHandle, target: FileHandle, signal: AbortSignal): Promise<void> {
  const chunk = Buffer.allocUnsafe(COPY_CHUNK_BYTES);
  for (;;) {
    signal.throwIfAborted();
    const { bytesRead } = await source.read(chunk, 0, chunk.length, null);
    if (bytesRead === 0) return;
    for (let written = 0; written < bytesRead; ) {
      written += (await target.write(chunk, written, bytesRead - written, null)).bytesWritten;
    }
  }
}

function isSame(one: Stats, other: Stats): boolean {
  return one.ino === other.ino && one.dev === other.dev;
}
