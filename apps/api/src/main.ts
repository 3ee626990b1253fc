import 'reflect-metadata';
import { EnvironmentError, readEnvironment, type Environment } from '#config/environment.js';
import { createLogger, type Logger } from '#observability/logger.js';
import { ApiSettings } from './api-settings.js';
import { startApi, type RunningApi } from './start-api.js';

/** Configuration that cannot work. */
const EXIT_CONFIGURATION = 78;

async function main(): Promise<void> {
  const environment = configuration();
  const log = createLogger({ service: 'api', level: environment.logLevel, format: environment.logFormat });
  const api = await startApi(new ApiSettings(environment, log));
  endInOrder(api, log);
  process.send?.({ type: 'ready', ports: api.ports });
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
function endInOrder(api: RunningApi, log: Logger): void {
  let isEnding = false;
  const end = (cause: string): void => {
    if (isEnding) return;
    isEnding = true;
    log.info('process.ending', { cause });
    api.close().then(
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
  process.stderr.write(`The API could not start: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
});
