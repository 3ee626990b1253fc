/**
 * A folder that is held open while something below it is changed. On Linux names are resolved against the open folder
 * itself (`/proc/self/fd/<n>/<name>`, what `openat` does, which Node lacks), and each step down refuses links: whoever swaps
 * a folder on the way for a link to somewhere else gains nothing, at whatever moment. Elsewhere names are resolved by path
 * and such a swap at the wrong instant is not caught.
 */
import { existsSync, type Stats } from 'node:fs';
import { constants, mkdir, open, readdir, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';

const FOLDER_ONLY = constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW;

const OPEN_FILES = process.platform === 'linux' && existsSync('/proc/self/fd') ? '/proc/self/fd' : null;

export class ConfinedFolder {
  private constructor(
    private readonly handle: FileHandle,
    private readonly path: string,
    /** Path from the root, for people; empty at the root. */
    readonly name: string,
  ) {}

  /** Opens a root. @throws ErrnoException; `ELOOP` or `ENOTDIR` when it is no folder but, for instance, a link to one */
  static async open(path: string): Promise<ConfinedFolder> {
    return new ConfinedFolder(await open(path, FOLDER_ONLY), path, '');
  }

  /** Opens a folder right in this one. @throws ErrnoException as {@link open} does */
  async subfolder(name: string): Promise<ConfinedFolder> {
    const handle = await open(this.at(name), FOLDER_ONLY);
    return new ConfinedFolder(handle, join(this.path, name), this.nameOf(name));
  }

  /** Opens a folder right in this one and makes it first when nothing has its name. @param mode of a new one */
  async madeSubfolder(name: string, mode = 0o777): Promise<ConfinedFolder> {
    await mkdir(this.at(name), mode).catch((error: unknown) => {
      if (errorCode(error) !== 'EEXIST') throw error;
    });
    return this.subfolder(name);
  }

  /** The same open folder as a root of its own: names for people begin here. Closing either closes both. */
  asRoot(): ConfinedFolder {
    return new ConfinedFolder(this.handle, this.path, '');
  }

  /** Names of what lies right in it, sorted. */
  async entries(): Promise<string[]> {
    return (await readdir(this.at('.'))).sort();
  }

  /** Path by which functions of `fs` reach what is called `name` in this folder. Only valid while it is open. */
  at(name: string): string {
    return join(OPEN_FILES === null ? this.path : join(OPEN_FILES, String(this.handle.fd)), name);
  }

  /** Path from the root of what is called `name` here, for people. */
  nameOf(name: string): string {
    return join(this.name, name);
  }

  /** What kind of folder it is: its device and number tell it from every other. */
  async stats(): Promise<Stats> {
    return this.handle.stat();
  }

  /** Makes the names in it survive a loss of power. */
  async sync(): Promise<void> {
    await this.handle.sync();
  }

  async close(): Promise<void> {
    await this.handle.close();
  }
}

/** Code of an error of the file system, e.g. `ENOENT`; undefined for other errors. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
}
