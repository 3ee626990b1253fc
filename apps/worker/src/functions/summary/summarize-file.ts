import type { Stats } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { StringDecoder } from 'node:string_decoder';
import type { ConfinedFolder } from '../files/confined-folder.js';
import { PLAIN_READ } from '../files/same-content.js';
import { PermanentFailure } from '#executors/functions/task-function.js';
import type { TextReader } from './text-reader.js';

/** Read at once; what is done with it holds the worker up for some milliseconds. */
const CHUNK_BYTES = 128 * 1024;
const BYTE_ORDER_MARK = '\uFEFF';

export interface FileToRead {
  readonly folder: ConfinedFolder;
  readonly name: string;
  readonly signal: AbortSignal;
  /** Told how many bytes of the file are behind. */
  readonly progress: (bytes: number) => void;
}

/**
 * Reads a file as UTF-8 into a reader. What is added to it meanwhile is not read.
 *
 * @returns bytes that were read
 * @throws the signal's reason; ErrnoException; PermanentFailure of the reader, or when it is no regular file
 */
export async function summarizeFile({ folder, name, signal, progress }: FileToRead, reader: TextReader): Promise<number> {
  const file = await open(folder.at(name), PLAIN_READ);
  try {
    const stats = await file.stat();
    if (!stats.isFile()) throw new PermanentFailure('is not a regular file');
    return await readAll(file, stats, { reader, signal, progress });
  } finally {
    await file.close();
  }
}

interface Reading {
  readonly reader: TextReader;
  readonly signal: AbortSignal;
  readonly progress: (bytes: number) => void;
}

async function readAll(file: FileHandle, { size }: Stats, { reader, signal, progress }: Reading): Promise<number> {
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  const decoder = new StringDecoder('utf8');
  let read = 0;
  while (read < size) {
    signal.throwIfAborted();
    const { bytesRead } = await file.read(chunk, 0, Math.min(chunk.length, size - read), read);
    if (bytesRead === 0) break;
    const text = decoder.write(chunk.subarray(0, bytesRead));
    reader.push(read === 0 && text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text);
    read += bytesRead;
    progress(read);
  }
  reader.push(decoder.end());
  reader.end();
  return read;
}
