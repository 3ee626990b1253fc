import type { Stats } from 'node:fs';
import { unlink } from 'node:fs/promises';
import type { ConfinedFolder } from '../files/confined-folder.js';
import type { FileErrors } from '../files/file-errors.js';
import type { Glob } from '../files/glob.js';
import { walkFolder, type FileVisitor } from '../files/walk-files.js';

export interface CleanedFiles {
  /** Regular files looked at. */
  readonly scanned: number;
  /** Of these, how many match and are old enough. */
  readonly matched: number;
  readonly deleted: number;
  /** Bytes that no name refers to any more. */
  readonly bytesFreed: number;
}

export interface Cleaning {
  readonly matches: Glob;
  /** Files last changed before this instant go. */
  readonly olderThan: Date;
  /** Looks, but deletes nothing. */
  readonly dryRun: boolean;
  readonly signal: AbortSignal;
  readonly errors: FileErrors;
  readonly progress: (fraction: number, soFar: CleanedFiles) => void;
  /** Told each file that goes, or would go. */
  readonly found: (name: string) => void;
}

/**
 * Deletes old files below an open folder whose path from there matches. Folders stay, links are neither followed nor
 * deleted, and other file systems that are mounted below are not entered.
 *
 * @throws the reason of the signal once it is aborted; ErrnoException when the folder itself cannot be read
 */
export async function cleanFiles(folder: ConfinedFolder, cleaning: Cleaning): Promise<CleanedFiles> {
  const visitor = new OldFileCleaner(cleaning, (await folder.stats()).dev);
  const { signal, errors } = cleaning;
  await walkFolder(folder, { visitor, signal, errors, progress: (fraction) => cleaning.progress(fraction, visitor) });
  const { scanned, matched, deleted, bytesFreed } = visitor;
  return { scanned, matched, deleted, bytesFreed };
}

class OldFileCleaner implements FileVisitor, CleanedFiles {
  scanned = 0;
  matched = 0;
  deleted = 0;
  bytesFreed = 0;

  constructor(
    private readonly cleaning: Cleaning,
    private readonly device: number,
  ) {}

  enter(_parent: ConfinedFolder, _name: string, stats: Stats): boolean {
    return stats.dev === this.device;
  }

  async file(folder: ConfinedFolder, name: string, stats: Stats): Promise<void> {
    const { matches, olderThan, dryRun, found } = this.cleaning;
    this.scanned += 1;
    if (stats.mtimeMs >= olderThan.getTime() || !matches(folder.nameOf(name))) return;
    this.matched += 1;
    found(folder.nameOf(name));
    if (dryRun) return;
    await unlink(folder.at(name));
    this.deleted += 1;
    if (stats.nlink === 1) this.bytesFreed += stats.size;
  }
}
