import { Module } from '@nestjs/common';
import { AuthController } from './auth/auth.controller.js';
import { SystemController } from './system/system.controller.js';
import { WorkersController } from './workers/workers.controller.js';

/** Dialect 002. Identity comes from the global security module. */
@Module({ controllers: [AuthController, WorkersController, SystemController] })
export class DistributedModule {}

/** The paths whose errors are worded by `DistributedErrors`. */
export const DISTRIBUTED_PREFIXES = ['/api/auth', '/api/tasks', '/api/task-runs', '/api/workers', '/api/system', '/health', '/metrics'] as const;
