import type { Stats } from 'node:fs';
import type { ConfinedFolder } from '../files/confined-folder.js';
import type { CopiedFile } from './manifest.js';
import type { SourceVisitor } from './source-walk.js';

/** Files of a backup are the owner's alone: they may hold what the source's folder protected. */
export const PRIVATE_FILE = 0o600;
export const PRIVATE_PROGRAM = 0o700;
export const PRIVATE_FOLDER = 0o700;

/** What is written under a name that nobody looks for, until it is complete. */
export interface BackupWriter extends SourceVisitor {
  /** Closes it and makes it survive a loss of power. */
  complete(): Promise<void>;
  /**
   * Reads back what was written.
   *
   * @returns SHA-256 of the whole when it is one file, else null
   * @throws Error when it is not what was read from the source
   */
  verify(files: readonly CopiedFile[]): Promise<string | null>;
  /** Closes whatever is open. May be called twice, and after `complete`. */
  release(): Promise<void>;
}

export interface WriterContext {
  /** Where it is written, and under which name. */
  readonly target: ConfinedFolder;
  readonly part: string;
  /** Last name of the source. */
  readonly sourceName: string;
  readonly signal: AbortSignal;
  /** Told each file when it is written. */
  readonly copied: (file: CopiedFile) => void;
  /** Told bytes that were read, from the source or back from the backup. */
  readonly read: (bytes: number) => void;
}

/** Bytes to hash that nobody keeps. */
export const discard = (told: (bytes: number) => void) => (bytes: Buffer): Promise<void> => {
  told(bytes.length);
  return Promise.resolve();
};

export function verificationError(path: string): Error {
  return new Error(`verification failed: "${path}" was not written as it was read`);
}

/** @returns whether anybody but the owner may run it: the only right that is copied */
export function isExecutable(stats: Stats): boolean {
  return (stats.mode & 0o100) !== 0;
}
