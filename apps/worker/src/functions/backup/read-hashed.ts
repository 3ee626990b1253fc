import { createHash } from 'node:crypto';
import type { Stats } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { clearError } from '../files/clear-error.js';
import { PLAIN_READ } from '../files/same-content.js';

const CHUNK_BYTES = 1024 * 1024;

export interface HashedRead {
  /** What the file is called in messages. */
  readonly label: string;
  readonly signal: AbortSignal;
  /** Gets every piece, in order; the next is read when it has settled. The piece is used again after that. */
  readonly piece: (bytes: Buffer) => Promise<void>;
}

/**
 * Reads a regular file to its end.
 *
 * @param expected the file as it was found: another one under its name, or a change while it is read, is an error
 * @returns SHA-256 of what was read, hexadecimal
 * @throws Error and PermanentFailure that name the file; what `piece` throws, as it is; the signal's reason
 */
export async function readHashed(path: string, expected: Stats, { label, signal, piece }: HashedRead): Promise<string> {
  const named = (error: unknown): never => {
    throw clearError(error, label);
  };
  const file = await open(path, PLAIN_READ).catch(named);
  try {
    requireSame(expected, await file.stat(), label);
    const hash = createHash('sha256');
    const chunk = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, Math.max(1, expected.size)));
    for (let position = 0; position < expected.size; ) {
      signal.throwIfAborted();
      const { bytesRead } = await file.read(chunk, 0, Math.min(chunk.length, expected.size - position), position).catch(named);
      if (bytesRead === 0) throw changed(label);
      const bytes = chunk.subarray(0, bytesRead);
      hash.update(bytes);
      await piece(bytes);
      position += bytesRead;
    }
    requireSame(expected, await file.stat(), label);
    return hash.digest('hex');
  } finally {
    await file.close();
  }
}

/** Writes all of it: one `write` may take less. */
export async function writeFully(file: FileHandle, bytes: Buffer): Promise<void> {
  for (let written = 0; written < bytes.length; ) {
    written += (await file.write(bytes, written, bytes.length - written, null)).bytesWritten;
  }
}

function requireSame(before: Stats, now: Stats, label: string): void {
  const isSame = before.ino === now.ino && before.dev === now.dev && before.size === now.size && before.mtimeMs === now.mtimeMs;
  if (!isSame) throw changed(label);
}

function changed(label: string): Error {
  return new Error(`"${label}" changed while it was copied`);
}
