import { defineTaskFunction } from '#executors/functions/task-function.js';
import { catalogued } from './catalogued.js';
import type { TaskServices } from './task-services.js';

const TIMEOUT_MINUTES = 2;

/** Closes the registrations of agents (workers, scheduler instances) that went silent. */
export default defineTaskFunction<{ timeout_minutes: number }, TaskServices>({
  ...catalogued('cleanup_stale_desktop_sessions', { timeout_minutes: TIMEOUT_MINUTES }),
  handler: async ({ args, services, log }) => {
    const closed = await services.housekeeping.closeSilentWorkers(args.timeout_minutes);
    log.info(`marked ${closed.workers} workers as down, removed ${closed.schedulerInstances} scheduler instances`);
    return {
      workers_closed: closed.workers,
      scheduler_instances_removed: closed.schedulerInstances,
      timeout_minutes: args.timeout_minutes,
    };
  },
});
