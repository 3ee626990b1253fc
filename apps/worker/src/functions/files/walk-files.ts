import type { Stats } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { ConfinedFolder, errorCode } from './confined-folder.js';
import type { FileErrors } from './file-errors.js';

/** Folders inside each other that are entered; every level holds one file open. */
const MAX_DEPTH = 200;

/** What is done with what a walk meets. */
export interface FileVisitor {
  /** A regular file. Throwing counts as an error of that file. */
  file(folder: ConfinedFolder, name: string, stats: Stats): Promise<void>;
  /** A folder, before anything in it. @returns whether to go in; without this method the walk goes in everywhere */
  enter?(parent: ConfinedFolder, name: string, stats: Stats): boolean | Promise<boolean>;
  /** A link or a special file; without this method they are passed over. */
  other?(folder: ConfinedFolder, name: string, stats: Stats): Promise<void>;
  /** A folder that was entered, after all that lies in it, with what it was like before. */
  leave?(parent: ConfinedFolder, name: string, stats: Stats): Promise<void>;
}

export interface Walk {
  readonly visitor: FileVisitor;
  readonly signal: AbortSignal;
  readonly errors: FileErrors;
  /** Told how much of the tree is behind, 0..1, each folder's entries weighing the same. */
  readonly progress: (fraction: number) => void;
}

/**
 * Visits every regular file below a folder. Links and special files are passed over; folders and files that cannot be
 * read are noted as errors, and the walk goes on. Nothing happens when there is no such folder.
 *
 * @throws the reason of `signal` once it is aborted; ErrnoException when the root itself cannot be read or is a link
 */
export async function walkFiles(root: string, walk: Walk): Promise<void> {
  const folder = await ConfinedFolder.open(root).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  });
  if (folder === null) return;
  try {
    await walkFolder(folder, walk);
  } finally {
    await folder.close();
  }
}

/** The same for a folder that is open already; it stays open. */
export async function walkFolder(folder: ConfinedFolder, walk: Walk): Promise<void> {
  await visitEntries(folder, walk, { from: 0, to: 1, depth: 1 });
}

interface Place {
  /** Share of the walk that this folder is: progress goes from one to the other. */
  readonly from: number;
  readonly to: number;
  readonly depth: number;
}

async function visitEntries(folder: ConfinedFolder, walk: Walk, place: Place): Promise<void> {
  const names = await folder.entries();
  const share = (place.to - place.from) / names.length;
  for (const [index, name] of names.entries()) {
    walk.signal.throwIfAborted();
    const from = place.from + share * index;
    try {
      await visit(folder, name, walk, { from, to: from + share, depth: place.depth + 1 });
    } catch (error) {
      walk.signal.throwIfAborted();
      if (!isReallyGone(name, error)) walk.errors.add(folder.nameOf(name), error);
    }
    walk.progress(from + share);
  }
}

/** What is gone was somebody else's to take. A name that is not UTF-8 only seems to be gone: it cannot be asked for. */
function isReallyGone(name: string, error: unknown): boolean {
  return errorCode(error) === 'ENOENT' && !name.includes('\uFFFD');
}

async function visit(folder: ConfinedFolder, name: string, walk: Walk, place: Place): Promise<void> {
  const stats = await lstat(folder.at(name));
  const { visitor } = walk;
  if (stats.isFile()) return visitor.file(folder, name, stats);
  if (!stats.isDirectory()) return visitor.other?.(folder, name, stats);
  if (visitor.enter !== undefined && !(await visitor.enter(folder, name, stats))) return;
  if (place.depth > MAX_DEPTH) throw new Error(`lies more than ${MAX_DEPTH} folders deep`);
  const subfolder = await folder.subfolder(name);
  try {
    await visitEntries(subfolder, walk, place);
  } finally {
    await subfolder.close();
  }
  await visitor.leave?.(folder, name, stats);
}
