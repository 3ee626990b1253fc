/**
 * The product's worker as its composition root wires it. Two things are the benchmark's: a task function that does nothing,
 * run by the product's own executor of functions, and no processes of tasks.
 */
import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { readEnvironment } from '#config/environment.js';
import { ExecutorRegistry } from '#executors/executor-registry.js';
import { FunctionExecutor } from '#executors/functions/function.executor.js';
import { FunctionRegistry } from '#executors/functions/function-registry.js';
import { defineTaskFunction } from '#executors/functions/task-function.js';
import { createLogger } from '#observability/logger.js';
import { NestLogger } from '#observability/nest-logger.js';
import { WorkerModule } from '../../../dist/apps/worker/src/worker.module.js';
import { WorkerProcess } from '../../../dist/apps/worker/src/worker-process.js';

const noop = defineTaskFunction({
  name: 'bench_noop',
  displayName: 'Nothing',
  description: 'Does nothing.',
  queue: 'bench',
  defaultTimeoutMs: 60_000,
  argumentSchema: { type: 'object' },
  handler: () => null,
});

const environment = readEnvironment(process.env);
const log = createLogger({ service: 'worker', level: environment.logLevel, format: environment.logFormat });
const functions = new FunctionRegistry([noop]);
const executors = {
  registry: new ExecutorRegistry([new FunctionExecutor(functions, {})]),
  functions,
  supervisor: { close: () => Promise.resolve() },
  isolation: () => Promise.resolve('none'),
};
const module = WorkerModule.with({ environment, log, processEnvironment: {} });
const providers = module.providers.map((provider) =>
  String(provider.provide) === 'Symbol(Executors)' ? { provide: provider.provide, useValue: executors } : provider,
);
const app = await NestFactory.createApplicationContext({ ...module, providers }, { logger: new NestLogger(log), abortOnError: false });
for (const ending of ['SIGTERM', 'disconnect']) process.once(ending, () => void app.close().then(() => process.exit(0)));
await app.get(WorkerProcess).start();
process.send({ type: 'ready' });
