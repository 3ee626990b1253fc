import { PermanentFailure } from '#executors/functions/task-function.js';
import { errorCode } from './confined-folder.js';

interface Meaning {
  readonly text: string;
  /** Another attempt would find the same. */
  readonly isPermanent: boolean;
}

const MEANINGS: Readonly<Record<string, Meaning>> = {
  ENOENT: { text: 'does not exist', isPermanent: true },
  ENOTDIR: { text: 'is not a folder, or a folder on the way to it is a link', isPermanent: true },
  EISDIR: { text: 'is a folder', isPermanent: true },
  ELOOP: { text: 'is a link, or was swapped for one', isPermanent: true },
  EACCES: { text: 'may not be read or written by this worker (permission denied)', isPermanent: true },
  EPERM: { text: 'may not be changed by this worker (operation not permitted)', isPermanent: true },
  EROFS: { text: 'lies in a read-only file system', isPermanent: true },
  ENAMETOOLONG: { text: 'has a name that is too long', isPermanent: true },
  ERR_INVALID_ARG_VALUE: { text: 'is not a path', isPermanent: true },
  ENOSPC: { text: 'cannot be written: there is no space left on the device', isPermanent: false },
  EDQUOT: { text: 'cannot be written: the disk quota is used up', isPermanent: false },
  EIO: { text: 'cannot be read or written: input/output error', isPermanent: false },
};

/**
 * An error of the file system in words that name the path. What is no such error comes back as it is.
 *
 * @param path as the job's arguments have it, or relative to that: nobody's business is more
 */
export function clearError(error: unknown, path: string): Error {
  const meaning = MEANINGS[errorCode(error) ?? ''];
  if (meaning === undefined) return error instanceof Error ? error : new Error(String(error));
  const message = `"${path}" ${meaning.text}`;
  return meaning.isPermanent ? new PermanentFailure(message, { cause: error }) : new Error(message, { cause: error });
}
