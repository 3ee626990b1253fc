import type { Stats } from 'node:fs';
import { rmdir, unlink } from 'node:fs/promises';
import { errorCode, type ConfinedFolder } from './confined-folder.js';
import type { FileErrors } from './file-errors.js';
import { walkFiles, type FileVisitor } from './walk-files.js';

export interface RemovedFiles {
  /** Regular files looked at. */
  readonly scanned: number;
  readonly deleted: number;
  /** Bytes that no name refers to any more. */
  readonly bytesFreed: number;
}

export interface Removal {
  /** Files last changed before this instant are removed. */
  readonly olderThan: Date;
  readonly signal: AbortSignal;
  readonly errors: FileErrors;
  readonly progress: (fraction: number, soFar: RemovedFiles) => void;
}

/**
 * Removes old regular files below a folder, and the folders that are left empty by that; the folder itself stays. A young
 * folder that was empty before stays as well: somebody may be about to write into it.
 *
 * @throws the reason of the signal once it is aborted; ErrnoException when the folder cannot be read or is a link
 */
export async function removeExpiredFiles(root: string, removal: Removal): Promise<RemovedFiles> {
  const visitor = new ExpiredFileRemover(removal.olderThan.getTime());
  const { signal, errors } = removal;
  await walkFiles(root, { visitor, signal, errors, progress: (fraction) => removal.progress(fraction, visitor) });
  const { scanned, deleted, bytesFreed } = visitor;
  return { scanned, deleted, bytesFreed };
}

class ExpiredFileRemover implements FileVisitor, RemovedFiles {
  scanned = 0;
  deleted = 0;
  bytesFreed = 0;
  /** Folders in which this walk removed something, by their path below the root. */
  private readonly thinned = new Set<string>();

  constructor(private readonly olderThanMs: number) {}

  async file(folder: ConfinedFolder, name: string, stats: Stats): Promise<void> {
    this.scanned += 1;
    if (stats.mtimeMs >= this.olderThanMs) return;
    await unlink(folder.at(name));
    this.deleted += 1;
    if (stats.nlink === 1) this.bytesFreed += stats.size;
    this.thinned.add(folder.name);
  }

  async leave(parent: ConfinedFolder, name: string, stats: Stats): Promise<void> {
    const wasThinned = this.thinned.delete(parent.nameOf(name));
    if (!wasThinned && stats.mtimeMs >= this.olderThanMs) return;
    try {
      await rmdir(parent.at(name));
      this.thinned.add(parent.name);
    } catch (error) {
      if (errorCode(error) !== 'ENOTEMPTY' && errorCode(error) !== 'EEXIST') throw error;
    }
  }
}
