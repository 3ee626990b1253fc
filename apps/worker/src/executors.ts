import { readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import type { Environment } from '#config/environment.js';
import { VERSION } from '#domain/version.js';
import { ExecutorRegistry } from '#executors/executor-registry.js';
import { FunctionExecutor } from '#executors/functions/function.executor.js';
import { FunctionRegistry } from '#executors/functions/function-registry.js';
import { loadTaskFunctions } from '#executors/functions/load-task-functions.js';
import type { EgressPolicyOptions } from '#executors/http/egress-policy.js';
import { HttpExecutor } from '#executors/http/http.executor.js';
import { demandIsolation, testIsolation } from '#executors/process/isolation-self-test.js';
import { ProcessSupervisor } from '#executors/process/process-supervisor.js';
import { taskUser } from '#executors/process/task-user.js';
import { PythonExecutor } from '#executors/python/python.executor.js';
import { ShellExecutor } from '#executors/shell/shell.executor.js';
import type { Logger } from '#observability/logger.js';
import type { TaskServices } from './functions/task-services.js';

/** Everything that runs tasks in this process. */
export interface Executors {
  readonly registry: ExecutorRegistry;
  readonly functions: FunctionRegistry<TaskServices>;
  readonly supervisor: ProcessSupervisor;
  /**
   * What was found out about the processes of tasks, in a word or two.
   * @throws IsolationTooWeak when it is less than the configuration asks for
   */
  readonly isolation: () => Promise<string>;
}

/** A fork bomb ends here. Counts all tasks of the machine; as the worker's own user it would count that one's other programs too. */
const OF_ITS_OWN_USER = { processes: 1_024 } as const;

/** Where the worker's task functions live: a file added here is a function added. */
const FUNCTIONS_FOLDER = new URL('./functions/', import.meta.url);

/**
 * Makes the executors.
 *
 * @param workerEnvironment the process's environment, of which tasks see the few variables that are safe
 * @throws when the user of tasks does not exist or cannot be taken on, when a task function cannot be loaded or two have the same name
 */
export async function createExecutors(
  environment: Environment,
  services: TaskServices,
  workerEnvironment: Readonly<Record<string, string | undefined>>,
  log: Logger,
): Promise<Executors> {
  const runAs = taskUser(environment.taskUser, { uid: process.getuid?.() ?? null }, usersOfMachine());
  const supervisor = new ProcessSupervisor({
    workerEnvironment,
    limits: { ...(runAs === null ? {} : OF_ITS_OWN_USER), ...environment.taskLimits },
    ...(runAs === null ? {} : { runAs }),
    onEvent: ({ event, ...fields }) => {
      log.info(event, fields);
    },
  });
  const functions = new FunctionRegistry(await loadTaskFunctions<TaskServices>(FUNCTIONS_FOLDER));
  const registry = new ExecutorRegistry([
    new FunctionExecutor(functions, services),
    new ShellExecutor(supervisor),
    new PythonExecutor(supervisor, environment.localMode ? {} : { fileRoots: environment.fileRoots }),
    new HttpExecutor({ egress: egressOf(environment), version: VERSION }),
  ]);
  const isolation = async (): Promise<string> => {
    const report = await testIsolation(supervisor);
    demandIsolation(report.level, environment.taskMinIsolation);
    if (!report.separateUser) return report.level;
    return `${report.level}, own user${report.noNewPrivileges ? '' : ', privileges can be gained'}`;
  };
  return { registry, functions, supervisor, isolation };
}

/** Where there are no users there is nothing to look up. */
function usersOfMachine(): string {
  try {
    return readFileSync('/etc/passwd', 'utf8');
  } catch {
    return '';
  }
}

/** Where the platform's own file functions keep their files. */
export function fileStoreOf(environment: Environment): { store: string; pending: string } {
  return { store: join(environment.home, 'files', 'store'), pending: join(environment.home, 'files', 'pending') };
}

function egressOf(environment: Environment): EgressPolicyOptions {
  const { httpEgress: mode, httpEgressAllow: allowedRanges, port, extraPorts, admin } = environment;
  return {
    mode,
    allowedRanges,
    blockedPorts: storePorts(environment),
    ownPorts: [port, ...extraPorts.ports, ...(admin.enabled ? [admin.port] : [])],
    ownAddresses: Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map(({ address }) => address)),
  };
}

/** Ports of our own stores: no task has any business there, not even where private addresses are allowed. */
function storePorts({ databaseUrl, redisUrl }: Environment): number[] {
  const portOf = (url: string, otherwise: number): number => Number(new URL(url).port) || otherwise;
  return [portOf(databaseUrl, 5432), ...(redisUrl === null ? [] : [portOf(redisUrl, 6379)])];
}
