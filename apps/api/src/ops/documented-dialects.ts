import { DistributedModule } from '../dialects/distributed/distributed.module.js';
import { SchedulerModule } from '../dialects/scheduler/scheduler.module.js';
import { Timer4TaskerModule } from '../dialects/timer4tasker/timer4tasker.module.js';
import type { DocumentedDialect } from './documented-dialect.js';
import { OpsModule } from './ops.module.js';

/** One document per dialect. Health and metrics are part of the distributed dialect's paths. */
export const DOCUMENTED_DIALECTS: readonly DocumentedDialect[] = [
  {
    slug: 'scheduler',
    title: 'Takt Scheduler API',
    description:
      'The native API: task functions, scheduled jobs, executions and their logs, the scheduler’s status; workers, queues, ' +
      'health, changes as they happen; users, API keys and the audit log. Every route needs ' +
      'a bearer token or an API key.\n\nInstants are UTC, ISO 8601 with `Z`. Members of request bodies may be written in ' +
      'camelCase or snake_case; unknown ones are ignored. In cron schedules numbers of weekdays are 0–6 from Sunday, as in ' +
      'cron itself (7 is Sunday too).\n\nErrors are `{"detail": "…"}`; wrong members of a request are 422 with a list of ' +
      '`{loc, msg, type}`.',
    modules: [SchedulerModule],
  },
  {
    slug: 'distributed',
    title: 'Takt Distributed Task Scheduler API',
    description:
      'Authentication and API keys, tasks and their runs, workers, health and metrics. Answers are `{"success": true, "data": …}`, errors ' +
      '`{"success": false, "error": {code, message, details}, "timestamp"}`.',
    modules: [DistributedModule, OpsModule],
  },
  {
    slug: 'timer4tasker',
    title: 'Takt Timer4Tasker API',
    description:
      'File cleanup, data summary and data backup on a schedule. Answers are `{"success": true, "data": …}`, errors ' +
      '`{"success": false, "message": "…"}`. In local mode no credentials are needed (`TIMER4TASKER_ANONYMOUS`); those that are ' +
      'sent count all the same.\n\nTasks are jobs of the platform: those made here are in every other API, and every job with ' +
      'one of the three task functions is here, whatever its schedule.',
    modules: [Timer4TaskerModule],
  },
];
