import { Module } from '@nestjs/common';
import type { DialectRoute } from '../../http/dialect-router.js';
import { CatalogueController } from './catalogue/catalogue.controller.js';
import { schedulerErrors } from './error-renderer.js';
import { ExecutionActionsController } from './executions/execution-actions.controller.js';
import { ExecutionExportController } from './executions/execution-export.controller.js';
import { ExecutionLogsController } from './executions/execution-logs.controller.js';
import { ExecutionsController } from './executions/executions.controller.js';
import { LogStreams } from './executions/log-streams.js';
import { JobActionsController } from './jobs/job-actions.controller.js';
import { JobBulkController } from './jobs/job-bulk.controller.js';
import { JobsController } from './jobs/jobs.controller.js';
import { OverviewController } from './overview/overview.controller.js';
import { ScheduleController } from './schedule/schedule.controller.js';
import { SeriesController } from './series/series.controller.js';
import { StatusController } from './status/status.controller.js';
import { TimelineController } from './timeline/timeline.controller.js';

/**
 * Dialect 001. A global module must provide `JobReader`, `JobWriter`, `TriggerJob`, `ExecutionReader`, `CancelExecution`, `RerunExecution`,
 * `ChangeExecutions`, `ChangeJobs`, `PreviewSchedule`, `OverviewRepository`, `ShowTimeline`, `SeriesRepository`, `TaskFunctionRepository`, `SchedulerRegistry` and `Clock`.
 */
@Module({
  controllers: [
    CatalogueController,
    JobsController,
    JobActionsController,
    ExecutionExportController,
    ExecutionsController,
    ExecutionLogsController,
    ScheduleController,
    StatusController,
    OverviewController,
    TimelineController,
    SeriesController,
    JobBulkController,
    ExecutionActionsController,
  ],
  providers: [LogStreams],
})
export class SchedulerModule {}

/** The paths of the dialect and the words of its errors. */
export const SCHEDULER_ROUTE: DialectRoute = { prefixes: ['/api/v1/scheduler'], errors: schedulerErrors };
