import { Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { ExecutionRunner } from '#application/running/execution-runner.js';
import { StopReason } from '#application/running/executor.js';
import { LeaseKeeper } from '#application/running/lease-keeper.js';
import { LogShipper } from '#application/running/log-shipper.js';
import { RunningSet } from '#application/running/running-set.js';
import { Admission } from '#application/scheduling/admission.js';
import { Sender } from '#application/scheduling/planner.js';
import type { Environment } from '#config/environment.js';
import { SystemClock } from '#domain/clock.js';
import { newId, type ExecutionId, type WorkerId } from '#domain/ids.js';
import type { Logger } from '#observability/logger.js';
import { Metrics } from '#observability/metrics.js';
import { Database } from '#persistence/database.js';
import { PasswordHasher } from '#identity/passwords/password-hasher.js';
import { PostgresAccountEmails } from '#persistence/housekeeping/postgres-account-emails.js';
import { PostgresHousekeeping } from '#persistence/housekeeping/postgres-housekeeping.js';
import { PostgresAuditLog } from '#persistence/identity/postgres-audit-log.js';
import { PostgresUserRepository } from '#persistence/identity/postgres-user.repository.js';
import { NotificationListener } from '#persistence/listener.js';
import { CANCEL_CHANNEL } from '#persistence/notifications.js';
import { PostgresGateStore } from '#persistence/dependencies/postgres-gate-store.js';
import { PostgresTaskFunctionRepository } from '#persistence/registry/postgres-task-function.repository.js';
import { PostgresWorkerRegistry } from '#persistence/registry/postgres-worker-registry.js';
import { PostgresExecutionLedger } from '#persistence/running/postgres-execution-ledger.js';
import { PostgresOutbox } from '#persistence/scheduling/postgres-outbox.js';
import { PostgresPlanStore } from '#persistence/scheduling/postgres-plan-store.js';
import { BullmqDispatcher } from '#queue/bullmq-dispatcher.js';
import { QueueBackend } from '#queue/queue-backend.js';
import { KnownFunctions } from './consumers/known-functions.js';
import { QueueConsumers } from './consumers/queue-consumers.js';
import { createExecutors, fileStoreOf, type Executors } from './executors.js';
import { Heartbeat } from './heartbeat.js';
import { WorkerObserver } from './runner-observer.js';
import { describeWorker, registerUserFunctions } from './self-description.js';
import { WorkerProcess } from './worker-process.js';

/** Settings that the composition root hands over. */
export interface WorkerSettings {
  readonly environment: Environment;
  readonly log: Logger;
  /** The process's own variables, for the few that tasks may see. */
  readonly processEnvironment: Readonly<Record<string, string | undefined>>;
}

const SETTINGS = Symbol('WorkerSettings');
const EXECUTORS = Symbol('Executors');

/** Composition root of the worker: which adapter stands behind which port, and in what order things go down. */
@Module({})
export class WorkerModule {
  static with(settings: WorkerSettings): DynamicModule {
    return {
      module: WorkerModule,
      providers: [
        { provide: SETTINGS, useValue: settings },
        { provide: Database, useFactory: createDatabase, inject: [SETTINGS] },
        { provide: Metrics, useFactory: () => new Metrics({ service: 'worker' }) },
        { provide: QueueBackend, useFactory: createQueueBackend, inject: [SETTINGS] },
        { provide: EXECUTORS, useFactory: createExecutorsOf, inject: [SETTINGS, Database] },
        {
          provide: WorkerProcess,
          useFactory: createWorkerProcess,
          inject: [SETTINGS, Database, QueueBackend, EXECUTORS, Metrics],
        },
        {
          provide: ShutdownOrder,
          useFactory: (...parts: ConstructorParameters<typeof ShutdownOrder>) => new ShutdownOrder(...parts),
          inject: [WorkerProcess, QueueBackend, Database],
        },
      ],
    };
  }
}

/** The worker drains while its stores are still there. */
class ShutdownOrder implements OnApplicationShutdown {
  constructor(
    private readonly worker: WorkerProcess,
    private readonly queues: QueueBackend,
    private readonly database: Database,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    await this.worker.drain();
    await this.queues.close();
    await this.database.close();
  }
}

function createDatabase({ environment }: WorkerSettings): Database {
  return new Database({
    url: environment.databaseUrl,
    poolSize: environment.databasePoolSize,
    applicationName: 'takt-worker',
  });
}

function createQueueBackend({ environment, log }: WorkerSettings): QueueBackend {
  const { redisUrl, databaseUrl } = environment;
  return new QueueBackend(
    redisUrl === null ? { kind: 'postgres', url: databaseUrl } : { kind: 'redis', url: redisUrl },
    (error) => {
      log.warn('queue.error', { error });
    },
  );
}

async function createExecutorsOf(settings: WorkerSettings, database: Database): Promise<Executors> {
  const { environment, processEnvironment, log } = settings;
  const services = {
    housekeeping: new PostgresHousekeeping(database),
    users: new PostgresUserRepository(database),
    fileStore: fileStoreOf(environment),
    fileRoots: environment.fileRoots,
    accountEmails: new PostgresAccountEmails(database),
    audit: new PostgresAuditLog(database),
    passwords: new PasswordHasher(),
    clock: new SystemClock(),
  };
  return createExecutors(environment, services, processEnvironment, log);
}

function createWorkerProcess(
  { environment, log }: WorkerSettings,
  database: Database,
  queues: QueueBackend,
  executors: Executors,
  metrics: Metrics,
): WorkerProcess {
  const id = newId<WorkerId>();
  const clock = new SystemClock();
  const running = new RunningSet();
  const ledger = new PostgresExecutionLedger(database);
  const taskFunctions = new PostgresTaskFunctionRepository(database);
  const observer = new WorkerObserver(log, metrics, running);
  const sender = new Sender(new BullmqDispatcher(queues), new PostgresOutbox(database), {
    dispatchFailed: (error, items) => {
      log.warn('queue.dispatch_failed', { error, items });
    },
  });
  const logs = new LogShipper(ledger, clock, (error) => {
    log.warn('execution.log_failed', { error });
  });
  const runner = new ExecutionRunner({
    workerId: id,
    ledger,
    admission: new Admission(new PostgresPlanStore(database), new PostgresGateStore(database), sender),
    sender,
    executor: executors.registry,
    logs,
    running,
    clock,
    observer,
  });
  const registry = new PostgresWorkerRegistry(database);
  const consumers = new QueueConsumers(queues, runner, taskFunctions, new KnownFunctions(executors.registry.taskFunctions, registry), {
    queues: environment.workerQueues,
    concurrency: environment.workerConcurrency,
  });
  return new WorkerProcess({
    describe: async () => {
      await registerUserFunctions(taskFunctions, executors);
      return describeWorker({ id, environment, executors, queues: await consumers.wantedQueues() });
    },
    consumers,
    runner,
    running,
    leases: new LeaseKeeper(ledger, running, clock, (error) => {
      log.warn('worker.renewal_failed', { error });
    }),
    heartbeat: new Heartbeat(registry, consumers, running, log, metrics),
    cancellations: listenForCancellations(environment, running, log),
    executors: executors.registry,
    supervisor: executors.supervisor,
    logs,
    log,
    drainTimeoutMs: environment.drainTimeoutMs,
  });
}

function listenForCancellations(environment: Environment, running: RunningSet, log: Logger): NotificationListener {
  return new NotificationListener({
    url: environment.databaseUrl,
    applicationName: 'takt-worker-listener',
    channels: {
      [CANCEL_CHANNEL]: (payload) => {
        for (const id of payload.split(',')) {
          running.stop(id as ExecutionId, new StopReason('cancelled', 'cancelled on request'));
        }
      },
    },
    onConnected: () => undefined,
    onError: (error) => {
      log.warn('worker.listener_lost', { error });
    },
  });
}
