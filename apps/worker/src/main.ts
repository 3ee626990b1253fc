import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { EnvironmentError, readEnvironment, type Environment } from '#config/environment.js';
import { createLogger, type Logger } from '#observability/logger.js';
import { NestLogger } from '#observability/nest-logger.js';
import { WorkerModule } from './worker.module.js';
import { WorkerProcess } from './worker-process.js';

/** Configuration that cannot work. */
const EXIT_CONFIGURATION = 78;

async function main(): Promise<void> {
  const environment = configuration();
  const log = createLogger({ service: 'worker', level: environment.logLevel, format: environment.logFormat });
  const app = await NestFactory.createApplicationContext(
    WorkerModule.with({ environment, log, processEnvironment: process.env }),
    { logger: new NestLogger(log), abortOnError: false },
  );
  endInOrder(async () => app.close(), log);
  await app.get(WorkerProcess).start();
  process.send?.({ type: 'ready' });
}

function configuration(): Environment {
  try {
    return readEnvironment(process.env);
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(EXIT_CONFIGURATION);
  }
}

/** SIGTERM, Ctrl-C or the end of the launcher: drain once, then go. */
function endInOrder(close: () => Promise<void>, log: Logger): void {
  let isEnding = false;
  const end = (cause: string): void => {
    if (isEnding) return;
    isEnding = true;
    log.info('process.ending', { cause });
    close().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error('process.end_failed', { error });
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
  process.once('disconnect', () => {
    end('disconnect');
  });
}

main().catch((error: unknown) => {
  process.stderr.write(`The worker could not start: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
});
