import { chmod, lutimes, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { AttemptOutcome } from '#domain/execution/outcome.js';
import { SystemClock } from '#domain/clock.js';
import type { JsonObject } from '#domain/json.js';
import { FunctionExecutor } from '#executors/functions/function.executor.js';
import { FunctionRegistry } from '#executors/functions/function-registry.js';
import { loadTaskFunctions } from '#executors/functions/load-task-functions.js';
import { aRunContext, type TestContext } from '#executors/testing/a-run-context.js';
import { PasswordHasher } from '#identity/passwords/password-hasher.js';
import { Database } from '#persistence/database.js';
import { PostgresAccountEmails } from '#persistence/housekeeping/postgres-account-emails.js';
import { PostgresHousekeeping } from '#persistence/housekeeping/postgres-housekeeping.js';
import { PostgresAuditLog } from '#persistence/identity/postgres-audit-log.js';
import { PostgresUserRepository } from '#persistence/identity/postgres-user.repository.js';
import { createTestDatabase } from '#testing/stores.js';
import type { TaskServices } from './task-services.js';

/** The worker's task functions with real services: a database and a file store of the test's own. For tests. */
export interface TestingGround {
  readonly services: TaskServices;
  readonly database: Database;
  readonly names: readonly string[];
  /** Folder that the file store, and all other files of the test, lie in. */
  readonly folder: string;
  run(taskFunction: string, args?: JsonObject, context?: Partial<TestContext>): Promise<AttemptOutcome>;
  /** Writes a file and dates it; the path is below the folder. */
  file(path: string, content?: string, ageDays?: number): Promise<string>;
  /** Paths of everything below a folder of the ground, `/` behind folders. */
  tree(path: string): Promise<string[]>;
  text(path: string): Promise<string>;
  /** Removes all files. */
  clear(): Promise<void>;
  drop(): Promise<void>;
}

const DAY_MS = 86_400_000;

export async function createTestingGround(): Promise<TestingGround> {
  const created = await createTestDatabase();
  const database = new Database({ url: created.url, poolSize: 4, applicationName: 'task-function-tests' });
  const folder = await mkdtemp(join(tmpdir(), 'takt-functions-'));
  await chmod(folder, 0o755);
  const services = servicesOf(database, folder);
  const taskFunctions = await loadTaskFunctions<TaskServices>(new URL('./', import.meta.url));
  const executor = new FunctionExecutor(new FunctionRegistry(taskFunctions), services);
  return {
    services,
    database,
    folder,
    names: taskFunctions.map(({ name }) => name),
    run: (taskFunction, args = {}, context = {}) => executor.run({ ...aRunContext({ args }), ...context, taskFunction }),
    file: (path, content = path, ageDays = 0) => writeAged(join(folder, path), content, ageDays),
    tree: async (path) => (await tree(join(folder, path))).sort(),
    text: (path) => readFile(join(folder, path), 'utf8'),
    clear: async () => {
      for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true });
    },
    drop: async () => {
      await rm(folder, { recursive: true });
      await database.close();
      await created.drop();
    },
  };
}

function servicesOf(database: Database, folder: string): TaskServices {
  return {
    housekeeping: new PostgresHousekeeping(database),
    users: new PostgresUserRepository(database),
    accountEmails: new PostgresAccountEmails(database),
    audit: new PostgresAuditLog(database),
    passwords: new PasswordHasher(),
    fileStore: { store: join(folder, 'store'), pending: join(folder, 'pending') },
    fileRoots: [join(folder, 'allowed')],
    clock: new SystemClock(),
  };
}

async function writeAged(path: string, content: string, ageDays: number): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
  const at = new Date(Date.now() - ageDays * DAY_MS);
  await lutimes(path, at, at);
  return path;
}

async function tree(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true, recursive: true });
  return entries.map((entry) => join(entry.parentPath, entry.name).slice(path.length + 1) + (entry.isDirectory() ? '/' : ''));
}

/** Runs without the rights of root, which no permission stops. Needs a process of the test's own. */
export async function asUnprivileged<Result>(work: () => Promise<Result>): Promise<Result> {
  if (process.getuid?.() !== 0) return work();
  process.seteuid?.(65_534);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}
