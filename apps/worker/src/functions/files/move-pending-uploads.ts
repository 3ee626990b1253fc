import type { Stats } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { sep } from 'node:path';
import { ConfinedFolder } from './confined-folder.js';
import type { FileErrors } from './file-errors.js';
import { moveFile } from './move-file.js';
import { walkFiles, type FileVisitor } from './walk-files.js';

export interface MovedUploads {
  /** Regular files that were found pending. */
  readonly pending: number;
  readonly uploaded: number;
}

export interface UploadMove {
  /** Folder that the files go to, under the same relative paths. Made when there is something to move. */
  readonly store: string;
  readonly signal: AbortSignal;
  readonly errors: FileErrors;
  /** Told the new path of each file below the store. */
  readonly moved: (name: string) => void;
  readonly progress: (fraction: number, soFar: MovedUploads) => void;
}

/**
 * Moves every regular file below `pending` into the store. A link in the store is never followed and nothing in it is
 * replaced. Emptied folders stay: somebody may be about to write into them.
 *
 * @throws the reason of the signal once it is aborted; ErrnoException when a root cannot be used or is a link
 */
export async function movePendingUploads(pending: string, move: UploadMove): Promise<MovedUploads> {
  const visitor = new PendingUploadMover(move);
  const { signal, errors } = move;
  await walkFiles(pending, { visitor, signal, errors, progress: (fraction) => move.progress(fraction, visitor) });
  return { pending: visitor.pending, uploaded: visitor.uploaded };
}

class PendingUploadMover implements FileVisitor, MovedUploads {
  pending = 0;
  uploaded = 0;

  constructor(private readonly move: UploadMove) {}

  async file(from: ConfinedFolder, name: string, stats: Stats): Promise<void> {
    this.pending += 1;
    const to = await openBelow(this.move.store, from.name);
    try {
      const placed = await moveFile({ from, name, stats, to, signal: this.move.signal });
      this.uploaded += 1;
      this.move.moved(to.nameOf(placed));
    } finally {
      await to.close();
    }
  }
}

/** Opens the folder at a relative path below a root, one step after the other, and makes what is missing. */
async function openBelow(root: string, path: string): Promise<ConfinedFolder> {
  await mkdir(root, { recursive: true });
  let folder = await ConfinedFolder.open(root);
  for (const name of path.split(sep).filter((part) => part !== '')) {
    const parent = folder;
    try {
      folder = await parent.madeSubfolder(name);
    } finally {
      await parent.close();
    }
  }
  return folder;
}
