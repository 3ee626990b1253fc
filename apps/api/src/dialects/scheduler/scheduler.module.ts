import { Module } from '@nestjs/common';
import type { DialectRoute } from '../../http/dialect-router.js';
import { ApiKeysController } from './access/api-keys.controller.js';
import { OwnPasswordController } from './access/own-password.controller.js';
import { UsersController } from './access/users.controller.js';
import { AuditController } from './audit/audit.controller.js';
import { CatalogueController } from './catalogue/catalogue.controller.js';
import { schedulerErrors } from './error-renderer.js';
import { ExecutionActionsController } from './executions/execution-actions.controller.js';
import { ExecutionExportController } from './executions/execution-export.controller.js';
import { ExecutionLogsController } from './executions/execution-logs.controller.js';
import { ExecutionsController } from './executions/executions.controller.js';
import { LogStreams } from './executions/log-streams.js';
import { PlatformHealthController } from './health/health.controller.js';
import { JobActionsController } from './jobs/job-actions.controller.js';
import { JobBulkController } from './jobs/job-bulk.controller.js';
import { JobsController } from './jobs/jobs.controller.js';
import { OverviewController } from './overview/overview.controller.js';
import { QueuesController } from './queues/queues.controller.js';
import { ScheduleController } from './schedule/schedule.controller.js';
import { SeriesController } from './series/series.controller.js';
import { SessionController } from './session/session.controller.js';
import { StatusController } from './status/status.controller.js';
import { ChangeStreams } from './stream/change-streams.js';
import { StreamController } from './stream/stream.controller.js';
import { TimelineController } from './timeline/timeline.controller.js';
import { WorkersController } from './workers/workers.controller.js';

/**
 * Dialect 001. A global module must provide `JobReader`, `JobWriter`, `ChangeJobs`, `TriggerJob`, `ExecutionReader`,
 * `CancelExecution`, `RerunExecution`, `ChangeExecutions`, `PreviewSchedule`, `OverviewRepository`, `ShowTimeline`,
 * `SeriesRepository`, `TaskFunctionRepository`, `SchedulerRegistry` and `Clock`; of the platform `ShowOwnAccount`,
 * `PlatformFacts`, `PlatformHealth`, `WorkerReader`, `QueueReader`, `ChangeWatch`, `ListedUsers`, `UserAccounts`,
 * `PersonalApiKeys` and `AuditTrail`.
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
    SessionController,
    WorkersController,
    QueuesController,
    PlatformHealthController,
    StreamController,
    ApiKeysController,
    UsersController,
    OwnPasswordController,
    AuditController,
  ],
  providers: [LogStreams, ChangeStreams],
})
export class SchedulerModule {}

/** The paths of the dialect and the words of its errors. */
export const SCHEDULER_ROUTE: DialectRoute = { prefixes: ['/api/v1/scheduler'], errors: schedulerErrors };
