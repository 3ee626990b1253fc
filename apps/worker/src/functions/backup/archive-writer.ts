/**
 * Writes a backup as a compressed tar archive. Only the headers come from the tar library: it walks and opens by path, and
 * what is to be archived is held open here.
 */
import type { Stats } from 'node:fs';
import { constants, open, type FileHandle } from 'node:fs/promises';
import { Header, Pax } from 'tar';
import type { ConfinedFolder } from '../files/confined-folder.js';
import { isExecutable, PRIVATE_FILE, type BackupWriter, type WriterContext } from './backup-writer.js';
import { GzipFile } from './gzip-file.js';
import type { CopiedFile } from './manifest.js';
import { readHashed } from './read-hashed.js';
import { verifyArchive } from './verify-archive.js';

const BLOCK_BYTES = 512;
const NEW_FILE = constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;

export class ArchiveWriter implements BackupWriter {
  private isReleased = false;

  private constructor(
    private readonly context: WriterContext,
    private readonly handle: FileHandle,
    private readonly gzip: GzipFile,
  ) {}

  static async create(context: WriterContext): Promise<ArchiveWriter> {
    const handle = await open(context.target.at(context.part), NEW_FILE, PRIVATE_FILE);
    return new ArchiveWriter(context, handle, new GzipFile(handle));
  }

  async file(source: ConfinedFolder, name: string, stats: Stats, path: string): Promise<void> {
    const { signal, read, copied } = this.context;
    await this.header({ path: this.nameOf(path), type: 'File', size: stats.size, mode: isExecutable(stats) ? 0o755 : 0o644, mtime: stats.mtime });
    const piece = async (bytes: Buffer): Promise<void> => {
      // The piece is used again while the compressor still holds it.
      await this.gzip.write(Buffer.from(bytes));
      read(bytes.length);
    };
    const sha256 = await readHashed(source.at(name), stats, { label: path || name, signal, piece });
    const rest = stats.size % BLOCK_BYTES;
    if (rest > 0) await this.gzip.write(Buffer.alloc(BLOCK_BYTES - rest));
    copied({ path, bytes: stats.size, sha256 });
  }

  async enterFolder(path: string, stats: Stats): Promise<void> {
    await this.header({ path: `${this.nameOf(path)}/`, type: 'Directory', size: 0, mode: 0o755, mtime: stats.mtime });
  }

  async complete(): Promise<void> {
    await this.gzip.write(Buffer.alloc(2 * BLOCK_BYTES));
    await this.gzip.finish();
  }

  async verify(files: readonly CopiedFile[]): Promise<string> {
    const expected = new Map(files.map((file) => [this.nameOf(file.path), file]));
    return verifyArchive(this.handle, expected, { signal: this.context.signal, read: this.context.read });
  }

  async release(): Promise<void> {
    if (this.isReleased) return;
    this.isReleased = true;
    await this.gzip.abandon();
    await this.handle.close();
  }

  /** Path inside the archive: everything lies below the source's name. */
  private nameOf(path: string): string {
    return path === '' ? this.context.sourceName : `${this.context.sourceName}/${path}`;
  }

  private async header(entry: { path: string; type: 'File' | 'Directory'; size: number; mode: number; mtime: Date }): Promise<void> {
    const header = new Header({ ...entry, uid: 0, gid: 0 });
    const needsPax = header.encode();
    if (needsPax) await this.gzip.write(new Pax({ path: entry.path, size: entry.size, mtime: entry.mtime }).encode());
    if (header.block === undefined) throw new Error(`"${entry.path}" has no place in an archive`);
    await this.gzip.write(header.block);
  }
}
