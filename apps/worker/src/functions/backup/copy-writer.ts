/** Writes a backup as a plain copy: a file, or a folder of files. */
import type { Stats } from 'node:fs';
import { constants, lstat, open } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { ConfinedFolder } from '../files/confined-folder.js';
import { discard, isExecutable, PRIVATE_FILE, PRIVATE_FOLDER, PRIVATE_PROGRAM, verificationError, type BackupWriter, type WriterContext } from './backup-writer.js';
import type { CopiedFile } from './manifest.js';
import { readHashed, writeFully } from './read-hashed.js';

const NEW_FILE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;

export class CopyWriter implements BackupWriter {
  /** The folders that the walk is in, outermost first; for a source that is a file only the target. */
  private readonly open: ConfinedFolder[] = [];

  private constructor(
    private readonly context: WriterContext,
    private readonly isFolder: boolean,
  ) {}

  static async create(context: WriterContext, isFolder: boolean): Promise<CopyWriter> {
    const writer = new CopyWriter(context, isFolder);
    if (isFolder) writer.open.push(await context.target.madeSubfolder(context.part, PRIVATE_FOLDER));
    return writer;
  }

  async file(source: ConfinedFolder, name: string, stats: Stats, path: string): Promise<void> {
    const folder = this.open.at(-1) ?? this.context.target;
    const target = await open(folder.at(this.isFolder ? name : this.context.part), NEW_FILE, isExecutable(stats) ? PRIVATE_PROGRAM : PRIVATE_FILE);
    try {
      const { signal, read } = this.context;
      const piece = async (bytes: Buffer): Promise<void> => {
        await writeFully(target, bytes);
        read(bytes.length);
      };
      const sha256 = await readHashed(source.at(name), stats, { label: path || name, signal, piece });
      await target.utimes(stats.atime, stats.mtime);
      await target.sync();
      this.context.copied({ path, bytes: stats.size, sha256 });
    } finally {
      await target.close();
    }
  }

  async enterFolder(path: string): Promise<void> {
    const parent = this.open.at(-1) ?? this.context.target;
    this.open.push(await parent.madeSubfolder(basename(path), PRIVATE_FOLDER));
  }

  async leaveFolder(): Promise<void> {
    const folder = this.open.pop();
    await folder?.sync();
    await folder?.close();
  }

  async complete(): Promise<void> {
    while (this.open.length > 0) await this.leaveFolder();
  }

  async verify(files: readonly CopiedFile[]): Promise<string | null> {
    const { target, part, signal, read } = this.context;
    for (const { path, bytes, sha256 } of files) {
      const written = target.at(join(part, path));
      const stats = await lstat(written);
      const found = await readHashed(written, stats, { label: path || this.context.sourceName, signal, piece: discard(read) });
      if (stats.size !== bytes || found !== sha256) throw verificationError(path || this.context.sourceName);
    }
    return this.isFolder ? null : (files[0]?.sha256 ?? null);
  }

  async release(): Promise<void> {
    for (const folder of this.open.splice(0)) await folder.close();
  }
}
