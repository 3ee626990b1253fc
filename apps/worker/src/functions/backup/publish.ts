/**
 * Gives a finished backup its name. Nothing is ever replaced: where the name is taken, the next one is tried. The manifest
 * gets there first, so that a backup is never without it.
 */
import { constants, link, lstat, open, rename, unlink } from 'node:fs/promises';
import { errorCode, type ConfinedFolder } from '../files/confined-folder.js';
import { backupName, type BackedUp } from './backup-name.js';
import { PRIVATE_FILE } from './backup-writer.js';
import { writeFully } from './read-hashed.js';

/** Names that are tried. */
const MAX_NAMES = 1_000;
const NEW_FILE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;

export interface Publication {
  readonly target: ConfinedFolder;
  /** Name that the backup was written under. */
  readonly part: string;
  readonly source: BackedUp;
  readonly at: Date;
  /** Makes the manifest of a backup of this name. */
  readonly manifest: (name: string) => string;
}

/** @returns the name of the backup; its manifest has `.sha256` behind that */
export async function publish(publication: Publication): Promise<string> {
  const { target, part, source, at, manifest } = publication;
  for (let counter = 0; counter < MAX_NAMES; counter += 1) {
    const name = backupName(source, at, counter);
    if (await exists(target, name)) continue;
    if (!(await writeManifest(target, `${name}.sha256`, manifest(name)))) continue;
    try {
      await giveName(target, part, name, source);
      await target.sync();
      return name;
    } catch (error) {
      await unlink(target.at(`${name}.sha256`)).catch(() => undefined);
      if (errorCode(error) !== 'EEXIST' && errorCode(error) !== 'ENOTEMPTY') throw error;
    }
  }
  throw new Error(`${MAX_NAMES} backups have this name already`);
}

/** A file is linked, which fails when the name is taken; a folder is renamed, which fails when a folder has it. */
async function giveName(target: ConfinedFolder, part: string, name: string, source: BackedUp): Promise<void> {
  const isFolder = source.isFolder && source.format === 'copy';
  if (isFolder) {
    await rename(target.at(part), target.at(name));
    return;
  }
  try {
    await link(target.at(part), target.at(name));
  } catch (error) {
    if (errorCode(error) === 'EEXIST') throw error;
    // Here links are not to be had; that the name is free was looked up a moment ago.
    await rename(target.at(part), target.at(name));
    return;
  }
  await unlink(target.at(part));
}

/** @returns false when the name is taken */
async function writeManifest(target: ConfinedFolder, name: string, text: string): Promise<boolean> {
  try {
    const file = await open(target.at(name), NEW_FILE, PRIVATE_FILE);
    try {
      await writeFully(file, Buffer.from(text));
      await file.sync();
    } catch (error) {
      await unlink(target.at(name)).catch(() => undefined);
      throw error;
    } finally {
      await file.close();
    }
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

async function exists(target: ConfinedFolder, name: string): Promise<boolean> {
  return lstat(target.at(name)).then(
    () => true,
    () => false,
  );
}
