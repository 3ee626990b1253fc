import { Global, Module, type DynamicModule, type OnApplicationShutdown, type Provider } from '@nestjs/common';
import { CancelExecution } from '#application/executions/cancel-execution.js';
import { ChangeExecutions } from '#application/executions/change-executions.js';
import { RerunExecution } from '#application/executions/rerun-execution.js';
import { ChangeJobs } from '#application/jobs/change-jobs.js';
import { ExecutionReader } from '#application/executions/execution-reader.js';
import { ExecutionRepository } from '#application/executions/execution.repository.js';
import { TriggerJob } from '#application/executions/trigger-job.js';
import { TriggerStore } from '#application/executions/trigger-store.js';
import { ApiKeyRepository } from '#application/identity/api-key.repository.js';
import { AuditLog } from '#application/identity/audit-log.js';
import { AuditTrail } from '#application/identity/audit-trail.js';
import { LoginFailures } from '#application/identity/login-failures.js';
import { ListedUsers } from '#application/identity/listed-users.js';
import { ShowOwnAccount } from '#application/identity/own-account.js';
import { SessionRepository } from '#application/identity/session.repository.js';
import { UserDirectory } from '#application/identity/user-directory.js';
import { UserRepository } from '#application/identity/user.repository.js';
import { JobReader } from '#application/jobs/job-reader.js';
import { JobWriter } from '#application/jobs/job-writer.js';
import { JobRepository } from '#application/jobs/job.repository.js';
import { ChangeWatch } from '#application/live/change-watch.js';
import { FingerprintSource } from '#application/live/fingerprint-source.js';
import { MemoryRateLimiter } from '#application/rate-limiting/memory-rate-limiter.js';
import { RateLimiter } from '#application/rate-limiting/rate-limiter.js';
import { ResilientRateLimiter } from '#application/rate-limiting/resilient-rate-limiter.js';
import { Admission } from '#application/scheduling/admission.js';
import { Backlog } from '#application/scheduling/backlog.js';
import { Dispatcher } from '#application/scheduling/dispatcher.js';
import { GateStore } from '#application/scheduling/gate-store.js';
import { LeaseStore } from '#application/scheduling/leadership.js';
import { MaintenanceStore } from '#application/scheduling/maintenance.js';
import { Outbox } from '#application/scheduling/outbox.js';
import { PlanStore } from '#application/scheduling/plan-store.js';
import { Sender } from '#application/scheduling/planner.js';
import { PreviewSchedule } from '#application/scheduling/preview-schedule.js';
import { RegistrationStore, ScheduleRegistrar } from '#application/scheduling/schedule-registrar.js';
import { SchedulerRegistry } from '#application/scheduling/scheduler-status.js';
import { PlatformStatistics } from '#application/statistics/platform-statistics.js';
import { BrokerQueues } from '#application/queues/broker-queues.js';
import { QueueLoads } from '#application/queues/queue-loads.js';
import { QueueReader } from '#application/queues/queue-reader.js';
import { PlatformFacts } from '#application/system/platform-facts.js';
import { PlatformHealth } from '#application/system/platform-health.js';
import { StoreHealth } from '#application/system/store-health.js';
import { ArgumentValidator } from '#application/task-functions/argument-validator.js';
import { TaskFunctionRepository } from '#application/task-functions/task-function.repository.js';
import { WorkerReader } from '#application/workers/worker-reader.js';
import { WorkerRegistry } from '#application/workers/worker-registry.js';
import { WorkerRuns } from '#application/workers/worker-runs.js';
import { OverviewRepository } from '#application/overview/overview.repository.js';
import { SeriesRepository } from '#application/series/series.repository.js';
import { ShowTimeline } from '#application/timeline/show-timeline.js';
import { TimelineStore } from '#application/timeline/timeline-store.js';
import { StatisticsRepository } from '#application/statistics/statistics.repository.js';
import { Clock, SystemClock } from '#domain/clock.js';
import { VERSION } from '#domain/version.js';
import { checkArguments } from '#executors/parameters/check-arguments.js';
import { IdentityOptions } from '#identity/identity-options.js';
import { Logger } from '#observability/logger.js';
import { Metrics } from '#observability/metrics.js';
import { Database } from '#persistence/database.js';
import { PostgresGateStore } from '#persistence/dependencies/postgres-gate-store.js';
import { PostgresExecutionRepository } from '#persistence/executions/postgres-execution.repository.js';
import { PostgresTriggerStore } from '#persistence/executions/postgres-trigger-store.js';
import { PostgresApiKeyRepository } from '#persistence/identity/postgres-api-key.repository.js';
import { PostgresAuditLog } from '#persistence/identity/postgres-audit-log.js';
import { PostgresAuditTrail } from '#persistence/identity/postgres-audit-trail.js';
import { PostgresLoginFailures } from '#persistence/identity/postgres-login-failures.js';
import { PostgresSessionRepository } from '#persistence/identity/postgres-session.repository.js';
import { PostgresUserDirectory } from '#persistence/identity/postgres-user-directory.js';
import { PostgresUserRepository } from '#persistence/identity/postgres-user.repository.js';
import { PostgresJobRepository } from '#persistence/jobs/postgres-job.repository.js';
import { PostgresFingerprintSource } from '#persistence/live/postgres-fingerprint-source.js';
import { PostgresQueueLoads } from '#persistence/queues/postgres-queue-loads.js';
import { PostgresRateLimiter } from '#persistence/rate-limiting/postgres-rate-limiter.js';
import { PostgresSchedulerRegistry } from '#persistence/registry/postgres-scheduler-registry.js';
import { PostgresTaskFunctionRepository } from '#persistence/registry/postgres-task-function.repository.js';
import { PostgresWorkerRegistry } from '#persistence/registry/postgres-worker-registry.js';
import { PostgresWorkerRuns } from '#persistence/registry/postgres-worker-runs.js';
import { PostgresBacklog } from '#persistence/scheduling/postgres-backlog.js';
import { PostgresLeaseStore } from '#persistence/scheduling/postgres-lease-store.js';
import { PostgresMaintenanceStore } from '#persistence/scheduling/postgres-maintenance-store.js';
import { PostgresOutbox } from '#persistence/scheduling/postgres-outbox.js';
import { PostgresPlanStore } from '#persistence/scheduling/postgres-plan-store.js';
import { PostgresRegistrationStore } from '#persistence/scheduling/postgres-registration-store.js';
import { PostgresPlatformStatistics } from '#persistence/statistics/postgres-platform-statistics.js';
import { PostgresStatisticsRepository } from '#persistence/statistics/postgres-statistics.repository.js';
import { BullmqBrokerQueues } from '#queue/bullmq-broker-queues.js';
import { PostgresOverviewRepository } from '#persistence/overview/postgres-overview.repository.js';
import { PostgresSeriesRepository } from '#persistence/series/postgres-series.repository.js';
import { PostgresTimelineStore } from '#persistence/timeline/postgres-timeline-store.js';
import { BullmqDispatcher } from '#queue/bullmq-dispatcher.js';
import { BullmqScheduleRegistrar } from '#queue/bullmq-schedule-registrar.js';
import { QueueBackend } from '#queue/queue-backend.js';
import { RedisRateLimiter } from '#queue/redis-rate-limiter.js';
import { ApiSettings } from './api-settings.js';
import { made } from './made.js';
import { HealthProbes } from './ops/health-probe.js';
import { ProbedPlatformHealth } from './ops/probed-platform-health.js';
import { ProbedStoreHealth } from './ops/probed-store-health.js';
import { ReadinessCheck } from './ops/readiness.js';
import { SchedulerProbe } from './ops/scheduler.probe.js';
import { DatabaseProbe, QueueProbe } from './ops/store.probes.js';
import { WorkersProbe } from './ops/workers.probe.js';
import { AnonymousAccess } from './security/anonymous-access.js';

/** An adapter on our database behind its port. */
function onDatabase<Port>(
  port: abstract new (...args: never[]) => Port,
  adapter: new (database: Database) => Port,
): Provider {
  return { provide: port, inject: [Database], useFactory: (database: Database) => new adapter(database) };
}

/** An adapter on the queues behind its port. */
function onQueues<Port>(
  port: abstract new (...args: never[]) => Port,
  adapter: new (backend: QueueBackend) => Port,
): Provider {
  return { provide: port, inject: [QueueBackend], useFactory: (backend: QueueBackend) => new adapter(backend) };
}

const foundations: Provider[] = [
  { provide: Clock, useClass: SystemClock },
  { provide: Logger, inject: [ApiSettings], useFactory: (settings: ApiSettings) => settings.log },
  { provide: Metrics, useFactory: () => new Metrics({ service: 'api' }) },
  { provide: Database, inject: [ApiSettings], useFactory: createDatabase },
  { provide: QueueBackend, inject: [ApiSettings], useFactory: createQueueBackend },
  { provide: IdentityOptions, inject: [ApiSettings], useFactory: createIdentityOptions },
  { provide: AnonymousAccess, inject: [ApiSettings], useFactory: createAnonymousAccess },
  { provide: PlatformFacts, inject: [ApiSettings, QueueBackend], useFactory: createPlatformFacts },
];

const adapters: Provider[] = [
  onDatabase(JobRepository, PostgresJobRepository),
  onDatabase(ExecutionRepository, PostgresExecutionRepository),
  onDatabase(TriggerStore, PostgresTriggerStore),
  onDatabase(TaskFunctionRepository, PostgresTaskFunctionRepository),
  onDatabase(SchedulerRegistry, PostgresSchedulerRegistry),
  onDatabase(WorkerRegistry, PostgresWorkerRegistry),
  onDatabase(PlanStore, PostgresPlanStore),
  onDatabase(GateStore, PostgresGateStore),
  onDatabase(Outbox, PostgresOutbox),
  onDatabase(Backlog, PostgresBacklog),
  onDatabase(LeaseStore, PostgresLeaseStore),
  onDatabase(MaintenanceStore, PostgresMaintenanceStore),
  onDatabase(RegistrationStore, PostgresRegistrationStore),
  onDatabase(StatisticsRepository, PostgresStatisticsRepository),
  onDatabase(UserRepository, PostgresUserRepository),
  onDatabase(SessionRepository, PostgresSessionRepository),
  onDatabase(ApiKeyRepository, PostgresApiKeyRepository),
  onDatabase(AuditLog, PostgresAuditLog),
  onDatabase(LoginFailures, PostgresLoginFailures),
  onDatabase(PlatformStatistics, PostgresPlatformStatistics),
  onDatabase(WorkerRuns, PostgresWorkerRuns),
  onDatabase(UserDirectory, PostgresUserDirectory),
  onDatabase(AuditTrail, PostgresAuditTrail),
  onDatabase(QueueLoads, PostgresQueueLoads),
  onDatabase(FingerprintSource, PostgresFingerprintSource),
  onQueues(BrokerQueues, BullmqBrokerQueues),
  onDatabase(OverviewRepository, PostgresOverviewRepository),
  onDatabase(TimelineStore, PostgresTimelineStore),
  onDatabase(SeriesRepository, PostgresSeriesRepository),
  onQueues(Dispatcher, BullmqDispatcher),
  onQueues(ScheduleRegistrar, BullmqScheduleRegistrar),
  { provide: RateLimiter, inject: [ApiSettings, Database, QueueBackend, Clock], useFactory: createRateLimiter },
];

const useCases: Provider[] = [
  { provide: ArgumentValidator, useFactory: () => new ArgumentValidator(checkArguments) },
  { provide: Sender, inject: [Dispatcher, Outbox, Logger], useFactory: createSender },
  made(Admission, [PlanStore, GateStore, Sender]),
  made(PreviewSchedule, [Clock]),
  made(JobReader, [JobRepository, ExecutionRepository, TaskFunctionRepository, StatisticsRepository]),
  made(JobWriter, [JobRepository, TaskFunctionRepository, ArgumentValidator, AuditLog]),
  made(TriggerJob, [TriggerStore, Sender, AuditLog, JobRepository, TaskFunctionRepository, ArgumentValidator]),
  made(WorkerReader, [WorkerRegistry, PlatformStatistics, WorkerRuns]),
  made(QueueReader, [QueueLoads, BrokerQueues]),
  { provide: ChangeWatch, inject: [FingerprintSource, Clock, Logger], useFactory: createChangeWatch },
  made(ExecutionReader, [ExecutionRepository]),
  made(ShowTimeline, [TimelineStore]),
  made(RerunExecution, [ExecutionRepository, TriggerJob, AuditLog]),
  made(ChangeExecutions, [CancelExecution, RerunExecution]),
  made(ChangeJobs, [JobRepository, JobWriter, TriggerJob]),
  made(CancelExecution, [ExecutionRepository, AuditLog]),
  made(ShowOwnAccount, [UserRepository]),
  made(ListedUsers, [UserDirectory]),
  { provide: HealthProbes, inject: [Database, QueueBackend, SchedulerRegistry, Backlog], useFactory: createProbes },
  { provide: StoreHealth, inject: [Database, QueueBackend, Clock], useFactory: createStoreHealth },
  { provide: PlatformHealth, inject: [HealthProbes, WorkerRegistry, Backlog, Clock], useFactory: createPlatformHealth },
];

/** Closes the stores when everything that uses them is down: Nest shuts global modules down last. */
class Stores implements OnApplicationShutdown {
  constructor(
    private readonly queues: QueueBackend,
    private readonly database: Database,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    await this.queues.close();
    await this.database.close();
  }
}

/** Everything below the dialects: ports with their adapters, and the use cases made of them. */
@Global()
@Module({})
export class CoreModule {
  static with(settings: ApiSettings): DynamicModule {
    const providers: Provider[] = [
      { provide: ApiSettings, useValue: settings },
      ...foundations,
      ...adapters,
      ...useCases,
    ];
    const exported = providers.map((provider) => ('provide' in provider ? provider.provide : provider));
    return {
      module: CoreModule,
      providers: [...providers, made(Stores, [QueueBackend, Database])],
      exports: exported,
    };
  }
}

function createDatabase({ environment }: ApiSettings): Database {
  return new Database({
    url: environment.databaseUrl,
    poolSize: environment.databasePoolSize,
    applicationName: 'takt-api',
  });
}

function createQueueBackend({ environment, log }: ApiSettings): QueueBackend {
  const { redisUrl, databaseUrl } = environment;
  return new QueueBackend(
    redisUrl === null ? { kind: 'postgres', url: databaseUrl } : { kind: 'redis', url: redisUrl },
    (error) => {
      log.warn('queue.error', { error });
    },
  );
}

function createIdentityOptions({ environment }: ApiSettings): IdentityOptions {
  return new IdentityOptions({
    accessTokens: { secret: environment.jwtSecret },
    localMode: environment.localMode,
  });
}

function createAnonymousAccess({ environment }: ApiSettings): AnonymousAccess {
  return new AnonymousAccess({
    open: environment.timer4taskerAnonymous ? ['timer4tasker'] : [],
    loopbackOnly: environment.localMode,
  });
}

function createPlatformFacts({ environment }: ApiSettings, queues: QueueBackend): PlatformFacts {
  return new PlatformFacts({
    version: VERSION,
    queueBackend: queues.kind,
    mode: environment.localMode ? 'local' : 'production',
    environmentLabel: environment.environmentLabel,
    metrics: environment.metricsEnabled,
  });
}

function createProbes(database: Database, queues: QueueBackend, scheduler: SchedulerRegistry, backlog: Backlog): HealthProbes {
  return new HealthProbes([new DatabaseProbe(database), new QueueProbe(queues), new SchedulerProbe(scheduler, backlog)]);
}

function createStoreHealth(database: Database, queues: QueueBackend, clock: Clock): StoreHealth {
  const probes = new HealthProbes([new DatabaseProbe(database), new QueueProbe(queues)]);
  return new ProbedStoreHealth(new ReadinessCheck(probes, clock));
}

function createPlatformHealth(ready: HealthProbes, workers: WorkerRegistry, backlog: Backlog, clock: Clock): PlatformHealth {
  const probes = new HealthProbes([...ready.probes, new WorkersProbe(workers, backlog)]);
  return new ProbedPlatformHealth(new ReadinessCheck(probes, clock), clock);
}

/** In Redis where there is one, else in Postgres; in this process alone while that store is away. */
function createRateLimiter(settings: ApiSettings, database: Database, queues: QueueBackend, clock: Clock): RateLimiter {
  const { log, rateLimitDeadlineMs } = settings;
  const shared = queues.kind === 'redis' ? new RedisRateLimiter(queues) : new PostgresRateLimiter(database, clock);
  const observer = {
    lost: (error: unknown): void => {
      log.warn('rate_limit.store_lost', { error });
    },
    found: (): void => {
      log.info('rate_limit.store_found');
    },
  };
  return new ResilientRateLimiter(shared, new MemoryRateLimiter(clock), clock, observer, rateLimitDeadlineMs);
}

function createChangeWatch(source: FingerprintSource, clock: Clock, log: Logger): ChangeWatch {
  return new ChangeWatch(source, clock, {
    lost: (error) => {
      log.warn('stream.store_lost', { error });
    },
    found: () => {
      log.info('stream.store_found');
    },
  });
}

function createSender(dispatcher: Dispatcher, outbox: Outbox, log: Logger): Sender {
  return new Sender(dispatcher, outbox, {
    dispatchFailed: (error, items) => {
      log.warn('queue.dispatch_failed', { error, items });
    },
  });
}
