import 'reflect-metadata';
import type { Claim } from '#application/running/execution-ledger.js';
import { readEnvironment } from '#config/environment.js';
import { newId, type ExecutionId, type WorkerId } from '#domain/ids.js';
import type { JsonValue } from '#domain/json.js';
import { DEMO_ACCOUNTS } from '#identity/passwords/demo-accounts.js';
import { PasswordHasher } from '#identity/passwords/password-hasher.js';
import { seedAccounts } from '#identity/users/seed-accounts.js';
import { createLogger } from '#observability/logger.js';
import { Database } from '#persistence/database.js';
import { PostgresAuditLog } from '#persistence/identity/postgres-audit-log.js';
import { PostgresUserRepository } from '#persistence/identity/postgres-user.repository.js';
import { migrateDatabase } from '#persistence/migrate.js';
import { PostgresExecutionLedger } from '#persistence/running/postgres-execution-ledger.js';
import { migrateQueueSchema } from '#queue/migrate-queue-schema.js';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { ApiSettings } from '../src/api-settings.js';
import { startApi as startRealApi } from '../src/start-api.js';

export type Account = 'admin' | 'operator' | 'viewer';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed JSON, or the text itself. */
  readonly body: unknown;
}

export interface RequestOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; a string is sent as it is. */
  readonly body?: unknown;
}

/** Sends `METHOD /path`. */
export type Send = (line: string, options?: RequestOptions) => Promise<Answer>;

/** The real API on a database of the test's own; no scheduler, no worker: nothing happens that the test does not do. */
export interface ApiUnderTest {
  readonly url: string;
  readonly app: NestExpressApplication;
  readonly database: Database;
  /** Lines that the process logged. */
  readonly log: readonly string[];
  /** Sends a request without credentials. */
  readonly request: Send;
  /** Sends requests as one of the accounts. */
  loginAs(account: Account): Promise<Send & { readonly token: string }>;
  readonly worker: WorkerStandIn;
  close(): Promise<void>;
}

/** Does to the ledger what a worker does. */
export interface WorkerStandIn {
  start(executionId: string): Promise<Claim>;
  writeLog(claim: Claim, lines: readonly string[], firstSeq?: number): Promise<void>;
  finish(claim: Claim, end: { status: 'success' | 'failed'; result?: JsonValue; error?: string; durationMs?: number }): Promise<void>;
}

const FAST_HASHING = { memoryKib: 64, passes: 1 };

/**
 * @param target an empty or migrated database, dropped at the end
 * @param variables of the environment, beside or instead of those of the tests
 */
export async function startApi(
  target: { readonly url: string; drop(): Promise<void> },
  variables: Readonly<Record<string, string>> = {},
  options: { readonly rateLimitDeadlineMs?: number } = {},
): Promise<ApiUnderTest> {
  await prepare(target.url);
  const environment = readEnvironment({
    NODE_ENV: 'test',
    DATABASE_URL: target.url,
    DATABASE_POOL_SIZE: '5',
    JWT_SECRET: 'a secret of the tests that is long enough for anybody',
    RATE_LIMIT_ENABLED: 'false',
    SCHEDULER_ENABLED: 'false',
    EXTRA_PORTS: '',
    ...variables,
  });
  const log: string[] = [];
  // Nobody plans here, and a template may be minutes old: the seeded jobs would look overdue.
  await settleSeededJobs(target.url);
  const logger = createLogger({ service: 'api', level: 'info', format: 'json', write: (line) => void log.push(line) });
  const { app, close } = await startRealApi(
    new ApiSettings({ ...environment, port: 0 }, logger, undefined, options.rateLimitDeadlineMs),
  );
  const url = await app.getUrl();
  const database = app.get(Database);
  const request: Send = (line, options) => send(url, line, options);
  return {
    url,
    app,
    database,
    log,
    request,
    loginAs: (account) => logIn(request, account),
    worker: workerOn(database),
    close: async () => {
      await close();
      await target.drop();
    },
  };
}

async function settleSeededJobs(url: string): Promise<void> {
  const database = new Database({ url, poolSize: 2, applicationName: 'takt-test' });
  await database.query({
    name: 'test-settle-seeded-jobs',
    text: "update scheduled_job set next_fire_at = now() + interval '1 hour' where next_fire_at is not null",
  });
  await database.close();
}

async function prepare(databaseUrl: string): Promise<void> {
  await migrateDatabase(databaseUrl, {
    alsoRun: async (client, database) => {
      await migrateQueueSchema(client);
      const stores = { users: new PostgresUserRepository(database), audit: new PostgresAuditLog(database) };
      await seedAccounts(
        { ...stores, hasher: new PasswordHasher(FAST_HASHING) },
        { localMode: true, adminPassword: null },
      );
    },
  });
}

async function logIn(request: Send, account: Account): Promise<Send & { readonly token: string }> {
  const password = DEMO_ACCOUNTS.find(({ username }) => username === account)?.password;
  const { status, body } = await request('POST /api/auth/login', { body: { username: account, password } });
  if (status !== 200) throw new Error(`Login as ${account} failed: ${JSON.stringify(body)}`);
  const token = (body as { data: { access_token: string } }).data.access_token;
  const authorized: Send = (line, options = {}) =>
    request(line, { ...options, headers: { authorization: `Bearer ${token}`, ...options.headers } });
  return Object.assign(authorized, { token });
}

async function send(url: string, line: string, { headers = {}, body }: RequestOptions = {}): Promise<Answer> {
  const [method = 'GET', path = '/'] = line.split(/ (.*)/s);
  const response = await fetch(url + path, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = text !== '' && /\bjson\b/.test(response.headers.get('content-type') ?? '');
  return { status: response.status, headers: response.headers, body: isJson ? (JSON.parse(text) as unknown) : text };
}

function workerOn(database: Database): WorkerStandIn {
  const ledger = new PostgresExecutionLedger(database);
  const workerId = newId<WorkerId>();
  return {
    start: async (executionId) => {
      const [claim] = await ledger.claim(workerId, [{ executionId: executionId as ExecutionId, attempt: 1 }]);
      if (claim === undefined) throw new Error(`Execution ${executionId} could not be claimed`);
      return claim;
    },
    writeLog: async (claim, lines, firstSeq = 1) => {
      const { executionId, token, attempt } = claim;
      const rows = lines.map((message, index) => ({
        executionId,
        token,
        attempt,
        seq: firstSeq + index,
        ageMs: 0,
        stream: 'stdout',
        message,
      }));
      await ledger.appendLogs(rows);
    },
    finish: async (claim, { status, result = null, error = null, durationMs = 5_200 }) => {
      await ledger.record([
        { claim, attemptStatus: status, status, retryDelayMs: null, result, error, durationMs, usage: null },
      ]);
    },
  };
}
