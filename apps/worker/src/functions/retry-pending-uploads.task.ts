import { defineTaskFunction } from '#executors/functions/task-function.js';
import { catalogued } from './catalogued.js';
import { FileErrors } from './files/file-errors.js';
import { movePendingUploads } from './files/move-pending-uploads.js';
import type { TaskServices } from './task-services.js';

/** Moves uploads that were left pending into the file store. */
export default defineTaskFunction<object, TaskServices>({
  ...catalogued('retry_pending_uploads'),
  handler: async ({ services, signal, log, progress }) => {
    const errors = new FileErrors(log.warn);
    const { pending, uploaded } = await movePendingUploads(services.fileStore.pending, {
      store: services.fileStore.store,
      signal,
      errors,
      moved: (name) => log.info(`stored ${name}`),
      progress: (fraction, soFar) => progress(fraction, `${soFar.uploaded} of ${soFar.pending} files stored`),
    });
    log.info(`stored ${uploaded} of ${pending} pending files; ${errors.count} errors`);
    return { pending, uploaded, failed: pending - uploaded, errors: errors.texts };
  },
});
