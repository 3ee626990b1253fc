import { defineTaskFunction } from '#executors/functions/task-function.js';
import { catalogued } from './catalogued.js';
import type { TaskServices } from './task-services.js';

const RETENTION_DAYS = 7;

/** Deletes credentials that have been useless for a while. */
export default defineTaskFunction<{ retention_days: number }, TaskServices>({
  ...catalogued('cleanup_expired_tokens', { retention_days: RETENTION_DAYS }),
  handler: async ({ args, services, signal, log }) => {
    const deleted = await services.housekeeping.deleteExpiredCredentials(args.retention_days, signal);
    const { refreshTokens, sessions, apiKeys } = deleted;
    log.info(`deleted ${refreshTokens} refresh tokens, ${sessions} sessions and ${apiKeys} API keys`);
    return {
      refresh_tokens_deleted: refreshTokens,
      sessions_deleted: sessions,
      api_keys_deleted: apiKeys,
      retention_days: args.retention_days,
    };
  },
});
