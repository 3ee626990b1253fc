/**
 * Goes through what is to be backed up. Unlike a cleanup, a backup that lacks something is none: the first file or folder
 * that cannot be read ends it. Links and special files are no part of a backup; they are counted.
 */
import type { Stats } from 'node:fs';
import { PermanentFailure } from '#executors/functions/task-function.js';
import { clearError } from '../files/clear-error.js';
import type { ConfinedFolder } from '../files/confined-folder.js';
import type { ConfinedEntry } from '../files/confined-path.js';
import { FirstError } from '../files/first-error.js';
import { walkFolder, type FileVisitor } from '../files/walk-files.js';

export interface SourceVisitor {
  /** @param path below the source, with slashes; empty for a source that is a file */
  file(folder: ConfinedFolder, name: string, stats: Stats, path: string): Promise<void>;
  enterFolder?(path: string, stats: Stats): Promise<void>;
  leaveFolder?(path: string, stats: Stats): Promise<void>;
  skipped?(path: string): void;
}

/** A folder that a walk must not meet: the one that the backup goes to. */
export type Forbidden = Pick<Stats, 'ino' | 'dev'>;

/** @throws what the visitor throws; PermanentFailure; the signal's reason */
export async function walkSource(source: ConfinedEntry, visitor: SourceVisitor, rules: { signal: AbortSignal; forbidden: Forbidden }): Promise<void> {
  if (source.stats.isFile()) {
    await visitor.file(source.folder, source.name, source.stats, '');
    return;
  }
  if (!source.stats.isDirectory()) throw new PermanentFailure(`"${source.name}" is neither a file nor a folder`);
  const folder = (await source.folder.subfolder(source.name)).asRoot();
  try {
    const walk = new StrictWalk(visitor, rules.forbidden);
    const signal = AbortSignal.any([rules.signal, walk.failed]);
    await walkFolder(folder, { visitor: walk, signal, errors: walk.errors, progress: () => undefined });
    signal.throwIfAborted();
  } finally {
    await folder.close();
  }
}

class StrictWalk implements FileVisitor {
  private readonly stop = new AbortController();
  readonly failed = this.stop.signal;
  /** What the walk itself cannot read. */
  readonly errors = new FirstError((name, error) => {
    this.stop.abort(clearError(error, name));
  });

  constructor(
    private readonly visitor: SourceVisitor,
    private readonly forbidden: Forbidden,
  ) {}

  async file(folder: ConfinedFolder, name: string, stats: Stats): Promise<void> {
    await this.strictly(() => this.visitor.file(folder, name, stats, folder.nameOf(name)));
  }

  async enter(parent: ConfinedFolder, name: string, stats: Stats): Promise<boolean> {
    const path = parent.nameOf(name);
    await this.strictly(async () => {
      if (stats.ino === this.forbidden.ino && stats.dev === this.forbidden.dev) {
        throw new PermanentFailure(`"${path}" is the target itself: a backup cannot lie inside its own source`);
      }
      await this.visitor.enterFolder?.(path, stats);
    });
    return !this.failed.aborted;
  }

  async leave(parent: ConfinedFolder, name: string, stats: Stats): Promise<void> {
    await this.strictly(async () => this.visitor.leaveFolder?.(parent.nameOf(name), stats));
  }

  other(folder: ConfinedFolder, name: string): Promise<void> {
    this.visitor.skipped?.(folder.nameOf(name));
    return Promise.resolve();
  }

  /** The walk takes errors of single files lightly; this does not. */
  private async strictly(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.stop.abort(error);
    }
  }
}
