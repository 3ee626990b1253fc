import { defineTaskFunction } from '#executors/functions/task-function.js';
import { catalogued } from './catalogued.js';
import { FileErrors } from './files/file-errors.js';
import { removeExpiredFiles } from './files/remove-expired-files.js';
import type { TaskServices } from './task-services.js';

const RETENTION_DAYS = 30;
const DAY_MS = 86_400_000;

/** Removes files of the store that were not changed for long. */
export default defineTaskFunction<{ retention_days: number }, TaskServices>({
  ...catalogued('cleanup_expired_files', { retention_days: RETENTION_DAYS }),
  handler: async ({ args, services, signal, log, progress }) => {
    const errors = new FileErrors(log.warn);
    const { scanned, deleted, bytesFreed } = await removeExpiredFiles(services.fileStore.store, {
      olderThan: new Date(services.clock.now().getTime() - args.retention_days * DAY_MS),
      signal,
      errors,
      progress: (fraction, soFar) => progress(fraction, `${soFar.deleted} of ${soFar.scanned} files removed`),
    });
    log.info(`removed ${deleted} of ${scanned} files, ${bytesFreed} bytes; ${errors.count} errors`);
    return { scanned, deleted, bytes_freed: bytesFreed, errors: errors.texts, error_count: errors.count };
  },
});
