import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { Parser, type ReadEntry } from 'tar';
import { verificationError } from './backup-writer.js';
import type { CopiedFile } from './manifest.js';

/**
 * Reads an archive back as anybody would and compares every file in it.
 *
 * @param expected by their paths in the archive
 * @returns SHA-256 of the archive itself
 * @throws Error when a file is missing, is one too many or differs, or when the archive cannot be read
 */
export async function verifyArchive(
  archive: FileHandle,
  expected: ReadonlyMap<string, CopiedFile>,
  { signal, read }: { signal: AbortSignal; read: (bytes: number) => void },
): Promise<string> {
  const unseen = new Set(expected.keys());
  const wrong: string[] = [];
  const onReadEntry = (entry: ReadEntry): void => {
    const hash = createHash('sha256');
    entry.on('data', (bytes) => {
      hash.update(bytes);
      read(bytes.length);
    });
    entry.on('end', () => {
      if (entry.type === 'Directory') return;
      if (!unseen.delete(entry.path) || expected.get(entry.path)?.sha256 !== hash.digest('hex')) wrong.push(entry.path);
    });
  };
  const parser = new Parser({ strict: true, onReadEntry });
  const ended = new Promise<void>((resolve, reject) => {
    parser.on('end', resolve);
    parser.on('error', reject);
  });
  ended.catch(() => undefined); // whoever waits for it says so
  const whole = createHash('sha256');
  const pieces = async function* (): AsyncGenerator<Buffer> {
    for await (const bytes of fileContent(archive)) {
      whole.update(bytes);
      yield bytes;
    }
  };
  const parse = async (unzipped: AsyncIterable<Buffer>): Promise<void> => {
    for await (const bytes of unzipped) if (!parser.write(bytes)) await Promise.race([drained(parser), ended]);
    parser.end();
    await ended;
  };
  try {
    await pipeline(pieces, createGunzip(), parse, { signal });
  } catch (error) {
    signal.throwIfAborted();
    throw new Error('verification failed: the archive cannot be read back', { cause: error });
  }
  const [first] = [...wrong, ...unseen];
  if (first !== undefined) throw verificationError(first);
  return whole.digest('hex');
}

async function drained(parser: Parser): Promise<void> {
  await new Promise<void>((resolve) => {
    parser.once('drain', resolve);
  });
}

const CHUNK_BYTES = 256 * 1024;

/** All of an open file, which stays open. */
async function* fileContent(file: FileHandle): AsyncGenerator<Buffer> {
  for (let position = 0; ; ) {
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(CHUNK_BYTES), 0, CHUNK_BYTES, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}
