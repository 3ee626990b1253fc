import { existsSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { PermanentFailure } from '#executors/functions/task-function.js';
import { FileRoots } from '#executors/parameters/file-roots.js';
import { PLAIN_READ } from '../files/same-content.js';

/** Largest export that is read, bytes. */
export const MAX_SOURCE_BYTES = 10 * 1024 * 1024;

/**
 * Reads a JSON file below one of the roots. Links are resolved before the roots are looked at.
 *
 * @throws Error when it is not there; PermanentFailure when it may not be read, is too large or is not JSON. The messages
 * repeat nothing of its content.
 */
export async function readSource(path: string, fileRoots: readonly string[]): Promise<unknown> {
  const text = await readText(confined(path, fileRoots));
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as unknown;
  } catch {
    throw new PermanentFailure(`"${path}" is not JSON`); // the parser's message quotes the file
  }
}

function confined(path: string, fileRoots: readonly string[]): string {
  const roots = fileRoots.filter((root) => existsSync(root));
  // No roots would mean every path to FileRoots; here it means that nobody has allowed any.
  if (roots.length === 0) throw new PermanentFailure(`"${path}" is outside the allowed folders: FILE_ROOTS names none`);
  const checked = new FileRoots(roots).file(path);
  if (checked.ok) return checked.path;
  throw existsSync(path) ? new PermanentFailure(checked.problem) : new Error(checked.problem);
}

async function readText(path: string): Promise<string> {
  const file = await open(path, PLAIN_READ);
  try {
    if (!(await file.stat()).isFile()) throw new PermanentFailure(`"${path}" is not a file`);
    return await readBounded(file, path);
  } finally {
    await file.close();
  }
}

/** The size is counted while reading: a file can grow after one has asked for it. */
async function readBounded(file: FileHandle, path: string): Promise<string> {
  const buffer = Buffer.allocUnsafe(MAX_SOURCE_BYTES + 1);
  let length = 0;
  while (length < buffer.length) {
    const { bytesRead } = await file.read(buffer, length, buffer.length - length, length);
    if (bytesRead === 0) return buffer.toString('utf8', 0, length);
    length += bytesRead;
  }
  throw new PermanentFailure(`"${path}" has more than ${MAX_SOURCE_BYTES} bytes`);
}
