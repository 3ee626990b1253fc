import { defineTaskFunction, PermanentFailure } from '#executors/functions/task-function.js';
import { catalogued } from './catalogued.js';
import { clearError } from './files/clear-error.js';
import { confine, openConfinedEntry, requireArgument } from './files/confined-path.js';
import type { DataFormat } from './summary/data-format.js';
import { summarizeSource } from './summary/summarize-source.js';
import type { TaskServices } from './task-services.js';

interface Arguments {
  readonly source?: string;
  readonly format?: DataFormat;
}

/** Counts the rows of data files and describes their columns, in memory that does not grow with them. */
export default defineTaskFunction<Arguments, TaskServices>({
  ...catalogued('data_summary'),
  handler: async ({ args, services, signal, log, progress }) => {
    const given = requireArgument('source', args.source);
    const source = await openConfinedEntry(await confine(given, services.fileRoots));
    try {
      const summary = await summarizeSource(source, { format: args.format ?? null, signal, progress, log: log.info });
      log.info(`${summary.rows} rows, ${summary.columns.length} columns`);
      return { source: given, ...summary };
    } catch (error) {
      signal.throwIfAborted();
      throw error instanceof PermanentFailure ? new PermanentFailure(`"${given}": ${error.message}`, { cause: error }) : clearError(error, given);
    } finally {
      await source.folder.close();
    }
  },
});
