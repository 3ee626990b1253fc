import { defineTaskFunction } from '#executors/functions/task-function.js';
import { catalogued } from './catalogued.js';
import type { TaskServices } from './task-services.js';

const STALE_AFTER_HOURS = 24;

/** Cancels executions that wait for a start that never comes. */
export default defineTaskFunction<{ stale_after_hours: number }, TaskServices>({
  ...catalogued('cleanup_stale_deployment_jobs', { stale_after_hours: STALE_AFTER_HOURS }),
  handler: async ({ args, services, signal, log }) => {
    const closed = await services.housekeeping.closeStaleExecutions(args.stale_after_hours, signal);
    log.info(`cancelled ${closed} executions that never started`);
    return { executions_closed: closed, stale_after_hours: args.stale_after_hours };
  },
});
