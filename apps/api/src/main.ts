import 'reflect-metadata';
import { endInOrder, environmentOrExit, runMain } from '#config/service-process.js';
import { createLogger } from '#observability/logger.js';
import { ApiSettings } from './api-settings.js';
import { startApi } from './start-api.js';

runMain('The API', async () => {
  const environment = environmentOrExit(process.env);
  const log = createLogger({ service: 'api', level: environment.logLevel, format: environment.logFormat });
  const api = await startApi(new ApiSettings(environment, log));
  endInOrder({
    close: async () => api.close(),
    onEnding: (cause) => {
      log.info('process.ending', { cause });
    },
    onFailed: (error) => {
      log.error('process.end_failed', { error });
    },
  });
  process.send?.({ type: 'ready', ports: api.ports });
});
