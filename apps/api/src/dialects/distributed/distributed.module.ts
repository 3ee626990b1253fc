import { Module } from '@nestjs/common';
import { AuthController } from './auth/auth.controller.js';
import { TaskRunsController } from './runs/task-runs.controller.js';
import { SystemController } from './system/system.controller.js';
import { TaskActivityController } from './tasks/task-activity.controller.js';
import { TaskFinder } from './tasks/task-finder.js';
import { TasksController } from './tasks/tasks.controller.js';
import { WorkersController } from './workers/workers.controller.js';

/** Dialect 002. Identity comes from the global security module. */
@Module({
  controllers: [AuthController, TasksController, TaskActivityController, TaskRunsController, WorkersController, SystemController],
  providers: [TaskFinder],
})
export class DistributedModule {}

/** The paths whose errors are worded by `DistributedErrors`: unknown ones too, whose base is `/api`. */
export const DISTRIBUTED_PREFIXES = ['/api', '/health', '/metrics'] as const;
