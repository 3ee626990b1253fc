import { once } from 'node:events';
import type { FileHandle } from 'node:fs/promises';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { writeFully } from './read-hashed.js';

/** A compressed file that is written piece by piece, no faster than the disk takes it. */
export class GzipFile {
  private readonly gzip = createGzip();
  private readonly failed = new AbortController();
  private readonly written: Promise<void>;

  constructor(private readonly file: FileHandle) {
    // Errors of the file end the pipeline; whoever writes learns of them at the next piece.
    this.written = pipeline(this.gzip, writableTo(file));
    this.written.catch((error: unknown) => {
      this.failed.abort(error);
    });
  }

  /** @throws ErrnoException of the file, `ENOSPC` for instance */
  async write(bytes: Buffer): Promise<void> {
    this.failed.signal.throwIfAborted();
    if (this.gzip.write(bytes)) return;
    try {
      await once(this.gzip, 'drain', { signal: this.failed.signal });
    } catch (error) {
      throw this.failed.signal.aborted ? this.failed.signal.reason : error;
    }
  }

  /** Writes what is left and makes it survive a loss of power. */
  async finish(): Promise<void> {
    this.gzip.end();
    await this.written;
    await this.file.sync();
  }

  /** Ends it wherever it is. */
  async abandon(): Promise<void> {
    this.gzip.destroy();
    await this.written.catch(() => undefined);
  }
}

/** The file stays open: it is read back through the same handle. */
function writableTo(file: FileHandle): Writable {
  return new Writable({
    write: (bytes: Buffer, _encoding, done) => {
      writeFully(file, bytes).then(() => {
        done();
      }, done);
    },
  });
}
