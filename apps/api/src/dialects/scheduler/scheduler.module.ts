import { Module } from '@nestjs/common';
import type { DialectRoute } from '../../http/dialect-router.js';
import { ApiKeysController } from './access/api-keys.controller.js';
import { OwnPasswordController } from './access/own-password.controller.js';
import { UsersController } from './access/users.controller.js';
import { AuditController } from './audit/audit.controller.js';
import { CatalogueController } from './catalogue/catalogue.controller.js';
import { schedulerErrors } from './error-renderer.js';
import { ExecutionLogsController } from './executions/execution-logs.controller.js';
import { ExecutionsController } from './executions/executions.controller.js';
import { LogStreams } from './executions/log-streams.js';
import { PlatformHealthController } from './health/health.controller.js';
import { JobActionsController } from './jobs/job-actions.controller.js';
import { JobsController } from './jobs/jobs.controller.js';
import { QueuesController } from './queues/queues.controller.js';
import { ScheduleController } from './schedule/schedule.controller.js';
import { SessionController } from './session/session.controller.js';
import { StatusController } from './status/status.controller.js';
import { ChangeStreams } from './stream/change-streams.js';
import { StreamController } from './stream/stream.controller.js';
import { WorkersController } from './workers/workers.controller.js';

/**
 * Dialect 001. A global module must provide `JobReader`, `JobWriter`, `TriggerJob`, `ExecutionReader`, `CancelExecution`,
 * `PreviewSchedule`, `TaskFunctionRepository`, `SchedulerRegistry` and `Clock`; of the platform `ShowOwnAccount`,
 * `PlatformFacts`, `PlatformHealth`, `WorkerReader`, `QueueReader`, `ChangeWatch`, `ListedUsers`,
 * `UserAccounts`, `PersonalApiKeys` and `AuditTrail`.
 */
@Module({
  controllers: [
    CatalogueController,
    JobsController,
    JobActionsController,
    ExecutionsController,
    ExecutionLogsController,
    ScheduleController,
    StatusController,
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
