/**
 * The environment of a process as one frozen, typed, validated object. Composition roots call `readEnvironment` once at
 * start and hand on what others need; nothing else in Takt looks at environment variables.
 */
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { z } from 'zod';
import { DEFAULT_CONCURRENCY, type WorkerConcurrency } from './concurrency.js';
import { EnvironmentError, shownValue, type EnvironmentProblem } from './environment-error.js';
import { readSecretFiles, type ReadTextFile } from './secret-files.js';
import type { TaskLimits } from './task-limits.js';
import type { TrustProxy } from './values.js';
import { VARIABLES, type VariableName } from './variables.js';
import { passwordWeakness, signingSecretWeakness } from './weak-secrets.js';

export { EnvironmentError } from './environment-error.js';
export { concurrencyOf } from './concurrency.js';

/** The variables of a process: `process.env` or a stand-in for it. */
export type RawEnvironment = Readonly<Record<string, string | undefined>>;

export interface Environment {
  readonly nodeEnv: 'development' | 'production' | 'test';
  /**
   * True on a laptop: `HOST` is loopback and `NODE_ENV` is not production. Switches demo accounts, anonymous access and the
   * relaxed network policy on.
   */
  readonly localMode: boolean;
  /** Address to listen on. @default '127.0.0.1' */
  readonly host: string;
  /** @default 8080 */
  readonly port: number;
  /** Further ports with the same API. A port that is busy stops the start if `required`, else it is left out silently. */
  readonly extraPorts: { readonly ports: readonly number[]; readonly required: boolean };
  /** Express's `trust proxy`. @default false */
  readonly trustProxy: TrustProxy;
  /** Directory of the launcher's data, absolute. @default '.takt' */
  readonly home: string;
  readonly databaseUrl: string;
  /** Connections that this process opens at most, BullMQ's own on Postgres not counted. @default 20 */
  readonly databasePoolSize: number;
  /** Null: BullMQ runs on Postgres. */
  readonly redisUrl: string | null;
  /** Whether this API process also plans. @default true */
  readonly schedulerEnabled: boolean;
  /** Worker processes that `npm start` starts; the services themselves ignore it. @default 1 */
  readonly workers: number;
  /** What the worker is called in the registry. Null: by its host and process id. `npm start` calls them worker-001 … */
  readonly workerName: string | null;
  /** Queues that the worker consumes; empty means all. */
  readonly workerQueues: readonly string[];
  /** @default 100 executions at once */
  readonly workerConcurrency: WorkerConcurrency;
  /** How long running executions may go on after SIGTERM, milliseconds. @default 30000 */
  readonly drainTimeoutMs: number;
  /** Waits between the attempts of a task that is made through dialect 002; they grow by `factor`. */
  readonly taskRetry: TaskRetry;
  /** Absolute directories below which file tasks may work. @default temporary and working directory in local mode, else none */
  readonly fileRoots: readonly string[];
  /** Whether HTTP tasks may reach private addresses. @default 'allow-all' in local mode, else 'deny-private' */
  readonly httpEgress: 'deny-private' | 'allow-all';
  /** Private addresses and ranges that HTTP tasks may reach in `deny-private` mode. @default none */
  readonly httpEgressAllow: readonly string[];
  /**
   * User of task processes: `worker` (the worker's own), `auto` (`nobody` when the worker is root, else the worker's own), or a
   * user by name, uid or `uid:gid`. @default 'worker' in local mode, else 'auto'
   */
  readonly taskUser: string;
  /** Limits of task processes. @default none but those that come with a user of their own */
  readonly taskLimits: TaskLimits;
  /** A worker that cannot keep the processes of its tasks together this well does not start. @default 'group' */
  readonly taskMinIsolation: 'group' | 'group+environ-scan' | 'cgroup';
  /** Signs access tokens; at least 32 bytes. */
  readonly jwtSecret: string;
  /** Password of the first `admin`. Null: local mode has its demo accounts, elsewhere one is generated and printed once. */
  readonly adminPassword: string | null;
  /** @default true */
  readonly rateLimitEnabled: boolean;
  /** Whether dialect 000 answers without a token. @default true in local mode, else false */
  readonly timer4taskerAnonymous: boolean;
  /** Days that finished executions are kept; null means for ever. @default 30 */
  readonly retentionDays: number | null;
  /** What people call this installation ("staging"), shown with its pages. Null: nothing is shown. */
  readonly environmentLabel: string | null;
  /** Whether `/metrics` answers. @default true */
  readonly metricsEnabled: boolean;
  /** Port on which a worker answers `/metrics` and `/health/live`. Null: it does not listen. */
  readonly workerMetricsPort: number | null;
  /** The admin UI's process. */
  readonly admin: AdminSettings;
  /** @default 'info' */
  readonly logLevel: 'error' | 'warn' | 'info' | 'debug';
  /** @default 'pretty' in local mode, else 'json' */
  readonly logFormat: 'json' | 'pretty';
}

export interface AdminSettings {
  /** Whether `npm start` starts it; the process itself ignores it. @default true */
  readonly enabled: boolean;
  /** @default 3000 */
  readonly port: number;
  /** Address to listen on. @default that of the API */
  readonly host: string;
  /** Where it finds the API. @default the API's own port on this machine */
  readonly apiUrl: string;
}

/** Waits between attempts, as a job is given them when it is made. */
export interface TaskRetry {
  /** Before the second attempt, milliseconds. @default 5000 */
  readonly delayMs: number;
  /** Growth with each further attempt. @default 2 */
  readonly factor: number;
  /** Longest wait before jitter, milliseconds. @default 600000 */
  readonly maxDelayMs: number;
  /** Share of a wait that is random, 0..1. @default 0.1 */
  readonly jitter: number;
}

/** What the migration reads: it signs nothing, so it needs no secret for it. */
export type MigrationEnvironment = Omit<Environment, 'jwtSecret'>;

/** An empty `EXTRA_PORTS` says "none"; every other variable that is empty counts as not set, as compose files produce it. */
const EMPTY_IS_A_VALUE: ReadonlySet<string> = new Set<VariableName>(['EXTRA_PORTS']);

const schema = z.object(VARIABLES);
const migrationSchema = schema.partial({ JWT_SECRET: true });
type MigrationVariables = z.output<typeof migrationSchema>;

/**
 * Validates the variables and fills in defaults. Reads the files that `<NAME>_FILE` variables name; touches nothing else.
 * @throws EnvironmentError naming every problem at once
 */
export function readEnvironment(env: RawEnvironment, readTextFile?: ReadTextFile): Environment {
  const given = validated(schema, env, readTextFile);
  return frozen({ ...withDefaults(given), jwtSecret: given.JWT_SECRET });
}

/**
 * The same for `npm run migrate`: `JWT_SECRET` may be missing. One that is there must be good, as everything else.
 * @throws EnvironmentError naming every problem at once
 */
export function readMigrationEnvironment(env: RawEnvironment, readTextFile?: ReadTextFile): MigrationEnvironment {
  return frozen(withDefaults(validated(migrationSchema, env, readTextFile)));
}

function validated<Variables>(expected: z.ZodType<Variables>, env: RawEnvironment, readTextFile?: ReadTextFile): Variables {
  const fromFiles = readSecretFiles(env, readTextFile);
  const raw = present({ ...env, ...fromFiles.values });
  const parsed = expected.safeParse(raw);
  const problems = [...fromFiles.problems];
  for (const issue of parsed.error?.issues ?? []) {
    const name = String(issue.path[0]);
    if (!fromFiles.problems.some((problem) => problem.name === `${name}_FILE`)) problems.push(problemOf(name, raw[name], issue));
  }
  problems.push(...weakSecrets(raw));
  if (!parsed.success || problems.length > 0) throw new EnvironmentError(problems);
  return parsed.data;
}

function withDefaults(given: MigrationVariables): MigrationEnvironment {
  const nodeEnv = given.NODE_ENV ?? 'development';
  const listenHost = given.HOST ?? '127.0.0.1';
  const localMode = isLocalMode(nodeEnv, listenHost);
  const port = given.PORT ?? 8080;
  return {
    nodeEnv,
    localMode,
    host: listenHost,
    port,
    extraPorts: extraPorts(given.EXTRA_PORTS, { localMode, port }),
    trustProxy: given.TRUST_PROXY ?? false,
    home: given.TAKT_HOME ?? resolve('.takt'),
    databaseUrl: given.DATABASE_URL,
    databasePoolSize: given.DATABASE_POOL_SIZE ?? 20,
    redisUrl: given.REDIS_URL ?? null,
    schedulerEnabled: given.SCHEDULER_ENABLED ?? true,
    workers: given.WORKERS ?? 1,
    workerName: given.WORKER_NAME ?? null,
    workerQueues: given.WORKER_QUEUES ?? [],
    workerConcurrency: given.WORKER_CONCURRENCY ?? { total: DEFAULT_CONCURRENCY, perQueue: DEFAULT_CONCURRENCY, queues: {} },
    drainTimeoutMs: given.DRAIN_TIMEOUT_MS ?? 30_000,
    taskRetry: {
      delayMs: given.TASK_RETRY_DELAY_MS ?? 5_000,
      factor: given.TASK_RETRY_FACTOR ?? 2,
      maxDelayMs: given.TASK_RETRY_MAX_DELAY_MS ?? 600_000,
      jitter: given.TASK_RETRY_JITTER ?? 0.1,
    },
    fileRoots: given.FILE_ROOTS ?? (localMode ? [tmpdir(), process.cwd()] : []),
    httpEgress: given.HTTP_EGRESS ?? (localMode ? 'allow-all' : 'deny-private'),
    httpEgressAllow: given.HTTP_EGRESS_ALLOW ?? [],
    taskUser: given.TASK_USER ?? (localMode ? 'worker' : 'auto'),
    taskLimits: given.TASK_LIMITS ?? {},
    taskMinIsolation: given.TASK_MIN_ISOLATION ?? 'group',
    adminPassword: given.ADMIN_PASSWORD ?? null,
    rateLimitEnabled: given.RATE_LIMIT_ENABLED ?? true,
    timer4taskerAnonymous: given.TIMER4TASKER_ANONYMOUS ?? localMode,
    retentionDays: (given.RETENTION_DAYS ?? 30) || null,
    environmentLabel: given.ENVIRONMENT_LABEL ?? null,
    metricsEnabled: given.METRICS_ENABLED ?? true,
    workerMetricsPort: given.WORKER_METRICS_PORT ?? null,
    admin: {
      enabled: given.ADMIN_ENABLED ?? true,
      port: given.ADMIN_PORT ?? 3000,
      host: given.ADMIN_HOST ?? listenHost,
      apiUrl: given.TAKT_API_URL ?? `http://${reachable(listenHost)}:${String(port)}`,
    },
    logLevel: given.LOG_LEVEL ?? 'info',
    logFormat: given.LOG_FORMAT ?? (localMode ? 'pretty' : 'json'),
  };
}

/** 8000 is the port that two of the API documents name; on a laptop it is served too as long as nobody else has it. */
function extraPorts(given: number[] | undefined, context: { localMode: boolean; port: number }): Environment['extraPorts'] {
  const ports = given ?? (context.localMode ? [8000] : []);
  return { ports: ports.filter((candidate) => candidate !== context.port), required: given !== undefined };
}

/** How a server that listens on `host` is reached from its own machine. */
function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

function isLocalMode(nodeEnv: string, listenHost: string): boolean {
  const loopback = /^(localhost|::1|127(\.\d{1,3}){3})$/i.test(listenHost);
  return loopback && nodeEnv !== 'production';
}

/** Outside local mode somebody else can try secrets, so that the ones everybody knows are refused there. */
function weakSecrets(raw: Record<string, string>): EnvironmentProblem[] {
  if (isLocalMode(raw['NODE_ENV'] ?? 'development', raw['HOST'] ?? '127.0.0.1')) return [];
  const jwtSecret = raw['JWT_SECRET'];
  const password = raw['ADMIN_PASSWORD'];
  const weaknesses = {
    JWT_SECRET: jwtSecret === undefined ? null : signingSecretWeakness(jwtSecret),
    ADMIN_PASSWORD: password === undefined ? null : passwordWeakness(password),
  };
  const advice = {
    JWT_SECRET: 'a random secret, e.g. the output of: openssl rand -base64 48',
    ADMIN_PASSWORD: 'a password of your own, or none to have one generated',
  };
  return (['JWT_SECRET', 'ADMIN_PASSWORD'] as const).flatMap((name) => {
    const weakness = weaknesses[name];
    if (weakness === null) return [];
    return [{ name, value: shownValue(name, raw[name]), message: `${weakness}; outside local mode expected ${advice[name]}` }];
  });
}

function present(env: RawEnvironment): Record<string, string> {
  const known = Object.keys(VARIABLES).flatMap((name) => {
    const text = env[name]?.trim();
    return text === undefined || (text === '' && !EMPTY_IS_A_VALUE.has(name)) ? [] : [[name, text] as const];
  });
  return Object.fromEntries(known);
}

const MISSING_ADVICE: Readonly<Record<string, string>> = {
  DATABASE_URL: 'is required: a URL such as postgresql://user:password@host:5432/takt (npm start supplies it)',
  JWT_SECRET: 'is required: at least 32 bytes, e.g. the output of: openssl rand -base64 48 (npm start generates it)',
};

function problemOf(name: string, value: string | undefined, issue: { message: string }): EnvironmentProblem {
  const missing = value === undefined;
  return { name, value: shownValue(name, value), message: missing ? (MISSING_ADVICE[name] ?? 'is required') : issue.message };
}

function frozen<Read extends MigrationEnvironment>(environment: Read): Readonly<Read> {
  for (const value of Object.values(environment) as unknown[]) Object.freeze(value);
  Object.freeze(environment.extraPorts.ports);
  return Object.freeze(environment);
}
