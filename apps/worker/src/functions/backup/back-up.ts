/**
 * Makes a backup: look at the source, copy it under a name that nobody looks for, read the copy back, give it its name, and
 * only then remove what is too old. Whatever fails on the way, what was there before is there after, and the part is not.
 */
import { statfs } from 'node:fs/promises';
import type { ConfinedEntry } from '../files/confined-path.js';
import type { ConfinedFolder } from '../files/confined-folder.js';
import { ArchiveWriter } from './archive-writer.js';
import type { BackedUp, BackupFormat } from './backup-name.js';
import type { BackupWriter, WriterContext } from './backup-writer.js';
import { CopyWriter } from './copy-writer.js';
import { manifestText, sha256Of, type CopiedFile } from './manifest.js';
import { pruneBackups, remove, unfinishedName } from './prune-backups.js';
import { publish } from './publish.js';
import { walkSource, type Forbidden } from './source-walk.js';

export interface BackupOrder {
  readonly source: ConfinedEntry;
  /** Without links: by this, manifests know their source. */
  readonly sourceReal: string;
  readonly target: ConfinedFolder;
  readonly format: BackupFormat;
  readonly keep: number | null;
  readonly now: Date;
  readonly signal: AbortSignal;
  readonly progress: (fraction: number, message: string) => void;
}

export interface MadeBackup {
  readonly name: string;
  readonly files: readonly CopiedFile[];
  readonly bytes: number;
  /** Links and special files that are not in it. */
  readonly skipped: number;
  /** Of the file or the archive itself; of a folder, that of its manifest. */
  readonly sha256: string;
  readonly removed: readonly string[];
}

interface Size {
  readonly files: number;
  readonly bytes: number;
  readonly skipped: number;
}

/** @throws Error, PermanentFailure, ErrnoException of the target; the signal's reason */
export async function backUp(order: BackupOrder): Promise<MadeBackup> {
  const { source, target, format, keep, now, signal } = order;
  const forbidden = await target.stats();
  const size = await measure(order, forbidden);
  await requireSpace(target, size, format);
  const part = unfinishedName('part');
  const backedUp: BackedUp & { real: string } = { name: source.name, isFolder: source.stats.isDirectory(), format, real: order.sourceReal };
  try {
    const { files, sha256 } = await write(order, { part, size, forbidden });
    const manifest = (name: string): string => manifestText(order.sourceReal, manifestEntries(name, backedUp, { files, sha256 }));
    const name = await publish({ target, part, source: backedUp, at: now, manifest });
    const removed = await pruneBackups(target, { source: backedUp, keep, now, signal });
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    return { name, files, bytes, skipped: size.skipped, sha256: sha256 ?? sha256Of(manifest(name)), removed };
  } finally {
    await remove(target, part);
  }
}

/** One line a file; an archive is one file. */
function manifestEntries(
  name: string,
  { isFolder }: BackedUp,
  { files, sha256 }: { files: readonly CopiedFile[]; sha256: string | null },
): { name: string; sha256: string }[] {
  if (sha256 !== null) return [{ name, sha256 }];
  return files.map((file) => ({ name: isFolder ? `${name}/${file.path}` : name, sha256: file.sha256 }));
}

async function measure({ source, signal }: BackupOrder, forbidden: Forbidden): Promise<Size> {
  const size = { files: 0, bytes: 0, skipped: 0 };
  const visitor = {
    file: (_folder: unknown, _name: string, stats: { size: number }): Promise<void> => {
      size.files += 1;
      size.bytes += stats.size;
      return Promise.resolve();
    },
    skipped: (): void => {
      size.skipped += 1;
    },
  };
  await walkSource(source, visitor, { signal, forbidden });
  return size;
}

/** Fails early where it must fail; how small an archive gets nobody knows. */
async function requireSpace(target: ConfinedFolder, { bytes }: Size, format: BackupFormat): Promise<void> {
  if (format !== 'copy') return;
  const { bavail, bsize } = await statfs(target.at('.'));
  if (bavail * bsize < bytes) throw new Error(`there is not enough space in the target: ${bytes} bytes are needed, ${bavail * bsize} are free`);
}

interface WritePlan {
  readonly part: string;
  readonly size: Size;
  readonly forbidden: Forbidden;
}

async function write(order: BackupOrder, { part, size, forbidden }: WritePlan): Promise<{ files: CopiedFile[]; sha256: string | null }> {
  const { source, target, signal, progress } = order;
  const files: CopiedFile[] = [];
  let read = 0;
  const context: WriterContext = {
    target,
    part,
    sourceName: source.name,
    signal,
    copied: (file) => {
      files.push(file);
    },
    // Everything is read twice: once to copy, once to verify.
    read: (bytes) => {
      read += bytes;
      progress(Math.min(1, read / Math.max(1, 2 * size.bytes)), `${files.length} of ${size.files} files copied`);
    },
  };
  const writer = await createWriter(order, context);
  try {
    await walkSource(source, writer, { signal, forbidden });
    await writer.complete();
    const sha256 = await writer.verify(files);
    progress(1, `${files.length} files verified`);
    return { files, sha256 };
  } finally {
    await writer.release();
  }
}

async function createWriter({ source, format }: BackupOrder, context: WriterContext): Promise<BackupWriter> {
  return format === 'tar.gz' ? ArchiveWriter.create(context) : CopyWriter.create(context, source.stats.isDirectory());
}
