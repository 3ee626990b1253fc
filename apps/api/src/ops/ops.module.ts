import { Module, type DynamicModule } from '@nestjs/common';
import { HealthController } from './health.controller.js';
import { MetricsController } from './metrics.controller.js';
import { PlatformGauges } from './platform-gauges.js';
import { PlatformTotals } from './platform-totals.js';
import { ReadinessCheck } from './readiness.js';

/** Health and metrics. A global module must provide `HealthProbes`, `PlatformStatistics`, `Clock`,
 * `Logger` and `Metrics`. */
@Module({})
export class OpsModule {
  /** @param options `metrics`: whether `/metrics` exists */
  static with(options: { readonly metrics: boolean }): DynamicModule {
    return {
      module: OpsModule,
      controllers: [HealthController, ...(options.metrics ? [MetricsController] : [])],
      providers: [ReadinessCheck, ...(options.metrics ? [PlatformGauges, PlatformTotals] : [])],
    };
  }
}
