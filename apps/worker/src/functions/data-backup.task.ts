import { basename, join, sep } from 'node:path';
import type { JsonObject } from '#domain/json.js';
import { defineTaskFunction, PermanentFailure } from '#executors/functions/task-function.js';
import { backUp, type MadeBackup } from './backup/back-up.js';
import type { BackupFormat } from './backup/backup-name.js';
import { catalogued } from './catalogued.js';
import { clearError } from './files/clear-error.js';
import { confine, confineNew, makeConfinedFolder, openConfinedEntry, requireArgument, type ConfinedPath } from './files/confined-path.js';
import type { TaskServices } from './task-services.js';

/** Files that the result names with their checksums; the manifest beside the backup names all. */
const LISTED_FILES = 1_000;

interface Arguments {
  readonly source?: string;
  readonly target?: string;
  readonly format: BackupFormat;
  readonly keep?: number;
}

/** Copies a file or folder into a target folder under a name with the time in it, and reads the copy back. */
export default defineTaskFunction<Arguments, TaskServices>({
  ...catalogued('data_backup', { format: 'copy' }),
  handler: async ({ args, services, signal, log, progress }) => {
    const sourcePath = await confine(requireArgument('source', args.source), services.fileRoots);
    const { path: targetPath } = await confineNew(requireArgument('target', args.target), services.fileRoots);
    const source = await openConfinedEntry(sourcePath);
    try {
      if (source.stats.isDirectory()) refuseInside(sourcePath, targetPath);
      const target = await makeConfinedFolder(targetPath);
      try {
        const now = services.clock.now();
        const order = { source, sourceReal: sourcePath.real, target, format: args.format, keep: args.keep ?? null, now, signal, progress };
        const made = await backUp(order);
        log.info(`${made.files.length} files, ${made.bytes} bytes copied to ${made.name} and verified`);
        for (const name of made.removed) log.info(`removed ${name}`);
        if (made.skipped > 0) log.warn(`${made.skipped} links and special files are not in the backup`);
        return resultOf(made, targetPath, args.format);
      } catch (error) {
        signal.throwIfAborted();
        throw clearError(error, targetPath.given);
      } finally {
        await target.close();
      }
    } finally {
      await source.folder.close();
    }
  },
});

/** A backup that contains the last one would grow for ever. */
function refuseInside(source: ConfinedPath, target: ConfinedPath): void {
  if (target.real !== source.real && !target.real.startsWith(source.real + sep)) return;
  throw new PermanentFailure(`"${target.given}" lies inside "${basename(source.real)}": a backup cannot lie inside its own source`);
}

function resultOf(made: MadeBackup, target: ConfinedPath, format: BackupFormat): JsonObject {
  const listed = made.files.slice(0, LISTED_FILES);
  const manifest = Object.fromEntries(listed.map(({ path, sha256 }) => [path === '' ? made.name : path, sha256]));
  return {
    backup: join(target.real, made.name),
    format,
    files: made.files.length,
    bytes: made.bytes,
    sha256: made.sha256,
    manifest,
    manifest_file: join(target.real, `${made.name}.sha256`),
    manifest_complete: listed.length === made.files.length,
    skipped: made.skipped,
    removed: [...made.removed],
  };
}
