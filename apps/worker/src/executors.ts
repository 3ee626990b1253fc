import { join } from 'node:path';
import type { Environment } from '#config/environment.js';
import { VERSION } from '#domain/version.js';
import { ExecutorRegistry } from '#executors/executor-registry.js';
import { FunctionExecutor } from '#executors/functions/function.executor.js';
import { FunctionRegistry } from '#executors/functions/function-registry.js';
import { loadTaskFunctions } from '#executors/functions/load-task-functions.js';
import { HttpExecutor } from '#executors/http/http.executor.js';
import { testIsolation } from '#executors/process/isolation-self-test.js';
import { ProcessSupervisor } from '#executors/process/process-supervisor.js';
import { PythonExecutor } from '#executors/python/python.executor.js';
import { ShellExecutor } from '#executors/shell/shell.executor.js';
import type { Logger } from '#observability/logger.js';
import type { TaskServices } from './functions/task-services.js';

/** Everything that runs tasks in this process. */
export interface Executors {
  readonly registry: ExecutorRegistry;
  readonly functions: FunctionRegistry<TaskServices>;
  readonly supervisor: ProcessSupervisor;
  /** What was found out about the processes of tasks, in a word or two. */
  readonly isolation: () => Promise<string>;
}

/** Where the worker's task functions live: a file added here is a function added. */
const FUNCTIONS_FOLDER = new URL('./functions/', import.meta.url);

/**
 * Makes the executors.
 *
 * @param workerEnvironment the process's environment, of which tasks see the few variables that are safe
 * @throws when a task function cannot be loaded or two have the same name
 */
export async function createExecutors(
  environment: Environment,
  services: TaskServices,
  workerEnvironment: Readonly<Record<string, string | undefined>>,
  log: Logger,
): Promise<Executors> {
  const supervisor = new ProcessSupervisor({
    workerEnvironment,
    onEvent: ({ event, ...fields }) => {
      log.info(event, fields);
    },
  });
  const functions = new FunctionRegistry(await loadTaskFunctions<TaskServices>(FUNCTIONS_FOLDER));
  const registry = new ExecutorRegistry([
    new FunctionExecutor(functions, services),
    new ShellExecutor(supervisor),
    new PythonExecutor(supervisor, environment.localMode ? {} : { fileRoots: environment.fileRoots }),
    new HttpExecutor({ egress: { mode: environment.httpEgress, blockedPorts: storePorts(environment) }, version: VERSION }),
  ]);
  const isolation = async (): Promise<string> => {
    const report = await testIsolation(supervisor);
    return report.separateUser ? `${report.level}, own user` : report.level;
  };
  return { registry, functions, supervisor, isolation };
}

/** Where the platform's own file functions keep their files. */
export function fileStoreOf(environment: Environment): { store: string; pending: string } {
  return { store: join(environment.home, 'files', 'store'), pending: join(environment.home, 'files', 'pending') };
}

/** Ports of our own stores: no task has any business there, not even where private addresses are allowed. */
function storePorts({ databaseUrl, redisUrl }: Environment): number[] {
  const portOf = (url: string, otherwise: number): number => Number(new URL(url).port) || otherwise;
  return [portOf(databaseUrl, 5432), ...(redisUrl === null ? [] : [portOf(redisUrl, 6379)])];
}
