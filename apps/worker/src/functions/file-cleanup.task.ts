import { defineTaskFunction, PermanentFailure } from '#executors/functions/task-function.js';
import { catalogued } from './catalogued.js';
import { cleanFiles } from './cleanup/clean-files.js';
import { clearError } from './files/clear-error.js';
import { confine, openConfinedFolder, requireArgument } from './files/confined-path.js';
import { FileErrors } from './files/file-errors.js';
import { compileGlob } from './files/glob.js';
import type { TaskServices } from './task-services.js';

const DAY_MS = 86_400_000;
const DEFAULTS = { pattern: '*', days: 30, dry_run: false };
/** Files that are written to the log one by one. */
const LOGGED_FILES = 1_000;

interface Arguments {
  readonly path?: string;
  readonly pattern: string;
  readonly days: number;
  readonly dry_run: boolean;
}

/** Deletes old files below a folder; never the folder itself, never one of the allowed folders. */
export default defineTaskFunction<Arguments, TaskServices>({
  ...catalogued('file_cleanup', DEFAULTS),
  handler: async ({ args, services, signal, log, progress }) => {
    const given = requireArgument('path', args.path);
    const matches = compileGlob(args.pattern);
    const path = await confine(given, services.fileRoots);
    if (path.steps.length === 0) throw new PermanentFailure(`"${given}" is one of the allowed folders itself: name a folder below it`);
    const errors = new FileErrors(log.warn);
    let logged = 0;
    const folder = await openConfinedFolder(path);
    try {
      const cleaned = await cleanFiles(folder, {
        matches,
        olderThan: new Date(services.clock.now().getTime() - args.days * DAY_MS),
        dryRun: args.dry_run,
        signal,
        errors,
        progress: (fraction, soFar) => progress(fraction, `${soFar.deleted} of ${soFar.scanned} files deleted`),
        found: (name) => {
          if ((logged += 1) <= LOGGED_FILES) log.info(`${args.dry_run ? 'would delete' : 'deleting'} ${name}`);
        },
      });
      const { scanned, matched, deleted, bytesFreed } = cleaned;
      log.info(`deleted ${deleted} of ${scanned} files, ${bytesFreed} bytes; ${errors.count} errors`);
      return { scanned, matched, deleted, bytes_freed: bytesFreed, errors: errors.texts, error_count: errors.count, dry_run: args.dry_run };
    } catch (error) {
      throw clearError(error, given);
    } finally {
      await folder.close();
    }
  },
});
