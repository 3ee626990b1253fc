import { constants, open, type FileHandle } from 'node:fs/promises';

const CHUNK_BYTES = 256 * 1024;
/** A link is refused and a pipe does not hold the caller up. */
export const PLAIN_READ = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** Tells whether two files hold the same bytes. @throws the signal's reason; ErrnoException when one cannot be read */
export async function sameContent(one: string, other: string, signal: AbortSignal): Promise<boolean> {
  const first = await open(one, PLAIN_READ);
  try {
    const second = await open(other, PLAIN_READ);
    try {
      return await sameBytes(first, second, signal);
    } finally {
      await second.close();
    }
  } finally {
    await first.close();
  }
}

async function sameBytes(one: FileHandle, other: FileHandle, signal: AbortSignal): Promise<boolean> {
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  const counterpart = Buffer.allocUnsafe(CHUNK_BYTES);
  for (let position = 0; ; ) {
    signal.throwIfAborted();
    const length = await readFully(one, chunk, position);
    const otherLength = await readFully(other, counterpart, position);
    if (length !== otherLength || chunk.compare(counterpart, 0, length, 0, length) !== 0) return false;
    if (length < CHUNK_BYTES) return true;
    position += length;
  }
}

/** A read may give less than there is; this one only does at the end. */
async function readFully(file: FileHandle, buffer: Buffer, position: number): Promise<number> {
  let filled = 0;
  while (filled < buffer.length) {
    const { bytesRead } = await file.read(buffer, filled, buffer.length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return filled;
}
