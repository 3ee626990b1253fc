import { defineTaskFunction, PermanentFailure } from '#executors/functions/task-function.js';
import { catalogued } from './catalogued.js';
import { directoryEntries } from './directory/directory-entries.js';
import { readSource } from './directory/read-source.js';
import { syncAccounts } from './directory/sync-accounts.js';
import type { TaskServices } from './task-services.js';

/** Problems that are written to the log one by one. */
const LOGGED_PROBLEMS = 100;

/** Brings the accounts in line with a directory of users, exported as a JSON file `[{ username, email }]`. */
export default defineTaskFunction<{ source?: string }, TaskServices>({
  ...catalogued('sync_domain_users'),
  handler: async ({ args, services, signal, log, progress }) => {
    if (args.source === undefined) {
      return { synced_count: 0, configured: false, message: 'no directory source is configured' };
    }
    const read = directoryEntries(await readSource(args.source, services.fileRoots));
    if (read === null) throw new PermanentFailure(`"${args.source}" does not hold an array of users`);
    for (const problem of read.problems.slice(0, LOGGED_PROBLEMS)) log.warn(problem);
    if (read.withRole > 0) log.warn(`${read.withRole} entries ask for a role; roles are given by administrators only`);
    const counts = await syncAccounts(read.entries, services, { signal, progress });
    const { created, updated, unchanged } = counts;
    log.info(`${created} accounts created, ${updated} updated, ${unchanged} unchanged, ${read.problems.length} entries left out`);
    return { synced_count: read.entries.length, ...counts, invalid: read.problems.length, configured: true };
  },
});
