/**
 * Every environment variable that Takt reads: one entry, one meaning, one schema. `.env.example`, the documentation and the
 * compose file are checked against this list by tests.
 */
import { z } from 'zod';
import { workerConcurrency } from './concurrency.js';
import { taskLimits } from './task-limits.js';
import {
  addressRanges,
  decimal,
  directories,
  directory,
  flag,
  host,
  label,
  oneOf,
  plainName,
  port,
  portList,
  queueNames,
  taskUser,
  trustProxy,
  url,
  wholeNumber,
} from './values.js';
import { MIN_JWT_SECRET_BYTES } from './weak-secrets.js';

const DAY_MS = 86_400_000;

const jwtSecret = z.string().refine((text) => Buffer.byteLength(text) >= MIN_JWT_SECRET_BYTES, {
  error: `expected at least ${String(MIN_JWT_SECRET_BYTES)} bytes, e.g. the output of: openssl rand -base64 48`,
});

/** Schema of each variable's text. Optional ones have their default in `environment.ts`, beside what it depends on. */
export const VARIABLES = {
  NODE_ENV: oneOf(['development', 'production', 'test']).optional(),
  HOST: host.optional(),
  PORT: port.optional(),
  EXTRA_PORTS: portList.optional(),
  TRUST_PROXY: trustProxy.optional(),
  TAKT_HOME: directory.optional(),
  DATABASE_URL: url(['postgres:', 'postgresql:'], 'postgresql://user:password@host:5432/takt'),
  DATABASE_POOL_SIZE: wholeNumber({ min: 2, max: 500, unit: 'connections' }).optional(),
  REDIS_URL: url(['redis:', 'rediss:'], 'redis://:password@host:6379/0').optional(),
  SCHEDULER_ENABLED: flag.optional(),
  WORKERS: wholeNumber({ min: 0, max: 64, unit: 'processes' }).optional(),
  WORKER_NAME: plainName.optional(),
  WORKER_QUEUES: queueNames.optional(),
  WORKER_CONCURRENCY: workerConcurrency.optional(),
  DRAIN_TIMEOUT_MS: wholeNumber({ min: 0, max: DAY_MS, unit: 'milliseconds' }).optional(),
  TASK_RETRY_DELAY_MS: wholeNumber({ min: 0, max: DAY_MS, unit: 'milliseconds' }).optional(),
  TASK_RETRY_FACTOR: decimal({ min: 1, max: 100 }).optional(),
  TASK_RETRY_MAX_DELAY_MS: wholeNumber({ min: 0, max: DAY_MS, unit: 'milliseconds' }).optional(),
  TASK_RETRY_JITTER: decimal({ min: 0, max: 1 }).optional(),
  FILE_ROOTS: directories.optional(),
  HTTP_EGRESS: oneOf(['deny-private', 'allow-all']).optional(),
  HTTP_EGRESS_ALLOW: addressRanges.optional(),
  TASK_USER: taskUser.optional(),
  TASK_LIMITS: taskLimits.optional(),
  TASK_MIN_ISOLATION: oneOf(['group', 'group+environ-scan', 'cgroup']).optional(),
  JWT_SECRET: jwtSecret,
  ADMIN_PASSWORD: z.string().max(256, { error: 'expected at most 256 characters' }).optional(),
  RATE_LIMIT_ENABLED: flag.optional(),
  TIMER4TASKER_ANONYMOUS: flag.optional(),
  RETENTION_DAYS: wholeNumber({ min: 0, max: 36_500, unit: 'days' }).optional(),
  ENVIRONMENT_LABEL: label.optional(),
  METRICS_ENABLED: flag.optional(),
  WORKER_METRICS_PORT: port.optional(),
  ADMIN_ENABLED: flag.optional(),
  ADMIN_PORT: port.optional(),
  ADMIN_HOST: host.optional(),
  TAKT_API_URL: url(['http:', 'https:'], 'http://127.0.0.1:8080').optional(),
  LOG_LEVEL: oneOf(['error', 'warn', 'info', 'debug']).optional(),
  LOG_FORMAT: oneOf(['json', 'pretty']).optional(),
} as const;

export type VariableName = keyof typeof VARIABLES;

/** Values that logs, errors and `/proc` of other users must not show. Each can come from a file: `<NAME>_FILE`. */
export const SECRET_VARIABLES = ['DATABASE_URL', 'REDIS_URL', 'JWT_SECRET', 'ADMIN_PASSWORD'] as const satisfies readonly VariableName[];

/** Names of all variables, the `_FILE` forms of the secrets last. */
export function variableNames(): string[] {
  return [...Object.keys(VARIABLES), ...SECRET_VARIABLES.map((name) => `${name}_FILE`)];
}
