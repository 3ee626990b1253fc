import { Module, type DynamicModule } from '@nestjs/common';
import type { ApiSettings } from './api-settings.js';
import { CoreModule } from './core.module.js';
import { DistributedModule } from './dialects/distributed/distributed.module.js';
import { SchedulerModule } from './dialects/scheduler/scheduler.module.js';
import { Timer4TaskerModule } from './dialects/timer4tasker/timer4tasker.module.js';
import { OpsModule } from './ops/ops.module.js';
import { SchedulerRoleModule } from './scheduler/scheduler-role.module.js';
import { SecurityModule } from './security/security.module.js';

/** Composition root of the API: the core, who may, the dialects, operations, and the scheduler role. */
@Module({})
export class ApiModule {
  static with(settings: ApiSettings): DynamicModule {
    return {
      module: ApiModule,
      imports: [
        CoreModule.with(settings),
        SecurityModule,
        SchedulerModule,
        DistributedModule,
        Timer4TaskerModule,
        OpsModule.with({ metrics: settings.environment.metricsEnabled }),
        SchedulerRoleModule,
      ],
    };
  }
}
