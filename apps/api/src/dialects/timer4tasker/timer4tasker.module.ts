import { Module } from '@nestjs/common';
import type { DialectRoute } from '../../http/dialect-router.js';
import { StatsController } from './stats.controller.js';
import { TaskExecutionsController } from './task-executions.controller.js';
import { TaskFinder } from './task-finder.js';
import { TasksController } from './tasks.controller.js';
import { timer4taskerErrors } from './timer4tasker.error-renderer.js';

/** Dialect 000. A global module must provide `JobReader`, `JobWriter`, `TriggerJob` and `ExecutionReader`. */
@Module({ controllers: [TasksController, TaskExecutionsController, StatsController], providers: [TaskFinder] })
export class Timer4TaskerModule {}

/** The paths of the dialect and the words of its errors. */
export const TIMER4TASKER_ROUTE: DialectRoute = { prefixes: ['/api/v1/tasks', '/api/v1/stats'], errors: timer4taskerErrors };
