/**
 * Paths that arguments name, confined to `FILE_ROOTS`.
 *
 * A path is resolved to what it really is, links and all, and must then lie below a root. It is opened from that root step
 * by step, each step held open and refusing links: a folder on the way that is swapped for a link between the check and the
 * use ends the attempt instead of leading out of the root (on Linux; see `ConfinedFolder`). The roots are the operator's.
 */
import type { Stats } from 'node:fs';
import { lstat, realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { PermanentFailure } from '#executors/functions/task-function.js';
import { clearError } from './clear-error.js';
import { ConfinedFolder, errorCode } from './confined-folder.js';

/** A path below one of the roots. */
export interface ConfinedPath {
  /** As it was written, for messages. */
  readonly given: string;
  /** Without links. What does not exist yet is at the end of it. */
  readonly real: string;
  /** The root, without links. */
  readonly root: string;
  /** The names from the root to it; none: it is the root itself. */
  readonly steps: readonly string[];
}

/** Something that exists, in the open folder that holds it. */
export interface ConfinedEntry {
  readonly folder: ConfinedFolder;
  readonly name: string;
  readonly stats: Stats;
}

/** Says that an argument is missing; schemas leave all of them optional. @throws PermanentFailure */
export function requireArgument(name: string, value: string | undefined): string {
  if (value === undefined || value.trim() === '') throw new PermanentFailure(`"${name}" is required`);
  return value;
}

/**
 * Resolves a path that exists.
 *
 * @param given absolute, or relative to the worker's working directory
 * @throws PermanentFailure when it lies outside the roots or does not exist
 */
export async function confine(given: string, fileRoots: readonly string[]): Promise<ConfinedPath> {
  const { path, missing } = await confineNew(given, fileRoots);
  if (missing > 0) throw new PermanentFailure(`"${given}" does not exist`);
  return path;
}

/**
 * Resolves a path whose last names need not exist yet.
 *
 * @returns the path and how many of its last names are missing
 * @throws PermanentFailure when it lies outside the roots
 */
export async function confineNew(
  given: string,
  fileRoots: readonly string[],
): Promise<{ path: ConfinedPath; missing: number }> {
  const { existing, missing } = await deepest(resolve(given), given);
  const real = join(existing, ...missing);
  for (const candidate of fileRoots) {
    const root = await realpath(candidate).catch(() => null);
    const way = root === null ? null : relative(root, real);
    if (root === null || way === null || isAbsolute(way) || way === '..' || way.startsWith(`..${sep}`)) continue;
    return { path: { given, real, root, steps: way === '' ? [] : way.split(sep) }, missing: missing.length };
  }
  throw new PermanentFailure(`"${given}" is outside the allowed folders (FILE_ROOTS)`);
}

/** Opens a folder, whose names begin at itself. @throws PermanentFailure when it is none; Error when a step was swapped */
export async function openConfinedFolder(path: ConfinedPath): Promise<ConfinedFolder> {
  return (await openSteps(path, path.steps, (folder, name) => folder.subfolder(name))).asRoot();
}

/** The same for a folder whose last names may be missing: they are made. */
export async function makeConfinedFolder(path: ConfinedPath): Promise<ConfinedFolder> {
  return (await openSteps(path, path.steps, (folder, name) => folder.madeSubfolder(name))).asRoot();
}

/**
 * Opens the folder that holds what the path names. Close it.
 *
 * @throws PermanentFailure for a root itself, which nothing holds that we may look at
 */
export async function openConfinedEntry(path: ConfinedPath): Promise<ConfinedEntry> {
  const name = path.steps.at(-1);
  if (name === undefined) throw new PermanentFailure(`"${path.given}" is one of the allowed folders itself`);
  const opened = await openSteps(path, path.steps.slice(0, -1), (folder, step) => folder.subfolder(step));
  const folder = opened.asRoot();
  try {
    return { folder, name, stats: await lstat(folder.at(name)) };
  } catch (error) {
    await folder.close();
    throw clearError(error, path.given);
  }
}

type Step = (folder: ConfinedFolder, name: string) => Promise<ConfinedFolder>;

async function openSteps(path: ConfinedPath, steps: readonly string[], step: Step): Promise<ConfinedFolder> {
  try {
    let folder = await ConfinedFolder.open(path.root);
    for (const name of steps) {
      const parent = folder;
      try {
        folder = await step(parent, name);
      } finally {
        await parent.close();
      }
    }
    return folder;
  } catch (error) {
    throw clearError(error, path.given);
  }
}

/** The real path of the deepest part of a path that exists, and the names below it that do not. */
async function deepest(path: string, given: string): Promise<{ existing: string; missing: string[] }> {
  const missing: string[] = [];
  for (let part = path; ; part = dirname(part)) {
    try {
      return { existing: await realpath(part), missing };
    } catch (error) {
      if (errorCode(error) !== 'ENOENT' || part === dirname(part)) throw clearError(error, given);
      missing.unshift(basename(part));
    }
  }
}
