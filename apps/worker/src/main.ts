import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { endInOrder, environmentOrExit, runMain } from '#config/service-process.js';
import { createLogger } from '#observability/logger.js';
import { Metrics } from '#observability/metrics.js';
import { NestLogger } from '#observability/nest-logger.js';
import { MetricsServer } from './metrics-server.js';
import { WorkerModule } from './worker.module.js';
import { WorkerProcess } from './worker-process.js';

runMain('The worker', async () => {
  const environment = environmentOrExit(process.env);
  const log = createLogger({ service: 'worker', level: environment.logLevel, format: environment.logFormat });
  const module = WorkerModule.with({ environment, log, processEnvironment: process.env });
  const app = await NestFactory.createApplicationContext(module, { logger: new NestLogger(log), abortOnError: false });
  endInOrder({
    close: async () => app.close(),
    onEnding: (cause) => {
      log.info('process.ending', { cause });
    },
    onFailed: (error) => {
      log.error('process.end_failed', { error });
    },
  });
  if (environment.workerMetricsPort !== null) {
    await new MetricsServer(app.get(Metrics)).start(environment.workerMetricsPort, environment.host);
  }
  await app.get(WorkerProcess).start();
  process.send?.({ type: 'ready' });
});
