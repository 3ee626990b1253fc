import { hostname, networkInterfaces } from 'node:os';
import { CATALOGUE } from '#application/task-functions/catalogue.js';
import type { TaskFunctionRepository } from '#application/task-functions/task-function.repository.js';
import type { WorkerDescription } from '#application/workers/worker-registry.js';
import type { Environment } from '#config/environment.js';
import type { WorkerId } from '#domain/ids.js';
import { VERSION } from '#domain/version.js';
import type { Executors } from './executors.js';

/** What this worker says of itself in the registry. */
export async function describeWorker(about: {
  readonly id: WorkerId;
  readonly environment: Environment;
  readonly executors: Executors;
  readonly queues: readonly string[];
}): Promise<WorkerDescription> {
  const host = hostname();
  return {
    id: about.id,
    name: about.environment.workerName ?? `${host}-${String(process.pid)}`,
    hostname: host,
    ipAddress: ownAddress(),
    pid: process.pid,
    version: VERSION,
    queues: about.queues,
    taskTypes: about.executors.registry.taskFunctions,
    concurrency: about.environment.workerConcurrency.total,
    isolation: await about.executors.isolation(),
  };
}

/** Makes the functions that were added to this worker known to the platform. */
export async function registerUserFunctions(
  taskFunctions: TaskFunctionRepository,
  executors: Executors,
): Promise<void> {
  const shipped = new Set(CATALOGUE.map(({ name }) => name));
  await taskFunctions.register(executors.functions.all.filter(({ name }) => !shipped.has(name)));
}

/** The first address by which other machines could reach this one. */
function ownAddress(): string {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return addresses.find((address) => address.family === 'IPv4' && !address.internal)?.address ?? '127.0.0.1';
}
