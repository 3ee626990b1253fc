/**
 * The whole pipeline in one process: the scheduler role and the workers as their composition roots wire them, on real
 * stores. Only two parts are the test's own: what runs the tasks, and the queues' namespace.
 */
import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { DynamicModule, INestApplicationContext, Provider } from '@nestjs/common';
import { TriggerJob } from '#application/executions/trigger-job.js';
import type { Caller } from '#application/identity/caller.js';
import { readEnvironment, type Environment } from '#config/environment.js';
import { newId, type ExecutionId, type JobId, type UserId } from '#domain/ids.js';
import { silentLogger } from '#observability/logger.js';
import { QueueBackend } from '#queue/queue-backend.js';
import { eventually } from '#testing/eventually.js';
import { openPlatform, type ExecutionRow, type Platform } from '#testing/platform.js';
import { ownPrefix, type BackendKind } from '#testing/queues.js';
import { redisUrl } from '#testing/stores.js';
import { TestTasks } from '#testing/tasks.js';
import { ApiSettings } from '../../apps/api/src/api-settings.js';
import { CoreModule } from '../../apps/api/src/core.module.js';
import { SchedulerRole } from '../../apps/api/src/scheduler/scheduler-role.js';
import { SchedulerRoleModule } from '../../apps/api/src/scheduler/scheduler-role.module.js';
import { WorkerModule } from '../../apps/worker/src/worker.module.js';
import { WorkerProcess } from '../../apps/worker/src/worker-process.js';

export interface PipelineOptions {
  /** A server of the test's own instead of the shared one. */
  readonly redisUrl?: string;
}

export interface WorkerOptions {
  readonly drainTimeoutMs?: number;
  readonly tasks?: TestTasks;
  readonly queues?: readonly string[];
  readonly concurrency?: Environment['workerConcurrency'];
}

export interface Role {
  /** Leaves in order. May be called twice. */
  stop(): Promise<void>;
}

const SYSTEM: Caller = {
  principal: { kind: 'user', userId: newId<UserId>(), username: 'tester', role: null, permissions: [], sessionId: null, apiKeyId: null },
  ip: null,
};

export class Pipeline {
  readonly tasks = new TestTasks();
  /** For looking into the queues. */
  readonly queues: QueueBackend;
  private readonly roles: Role[] = [];
  private readonly prefix = ownPrefix();
  private readonly environment: Environment;
  private api: INestApplicationContext | null = null;

  constructor(
    readonly kind: BackendKind,
    readonly platform: Platform,
    options: PipelineOptions,
  ) {
    this.environment = {
      ...readEnvironment({ DATABASE_URL: platform.url, JWT_SECRET: 'a secret of the tests that is long enough', DATABASE_POOL_SIZE: '5' }),
      redisUrl: kind === 'redis' ? (options.redisUrl ?? redisUrl()) : null,
      workerQueues: ['default'],
    };
    this.queues = this.openQueues();
  }

  /** Starts an instance with the scheduler role. */
  async scheduler(alarms: { timer: boolean; ticks: boolean } = { timer: true, ticks: true }): Promise<Role> {
    const core = replaced(CoreModule.with(new ApiSettings(this.environment, silentLogger(), alarms)), [this.ownQueues()]);
    const app = await open({ module: class SchedulerUnderTest {}, imports: [core, SchedulerRoleModule] });
    const role = app.get(SchedulerRole);
    await role.start();
    return this.keep(async () => {
      await role.stop();
      await app.close();
    });
  }

  /** Starts a worker, of the `default` queue unless told otherwise. */
  async worker(options: WorkerOptions = {}): Promise<Role> {
    const environment = {
      ...this.environment,
      drainTimeoutMs: options.drainTimeoutMs ?? 100,
      workerQueues: options.queues ?? this.environment.workerQueues,
      workerConcurrency: options.concurrency ?? this.environment.workerConcurrency,
    };
    const settings = { environment, log: silentLogger(), processEnvironment: {} };
    const executors = {
      registry: options.tasks ?? this.tasks,
      functions: { all: [] },
      supervisor: { close: () => Promise.resolve() },
      isolation: () => Promise.resolve('none'),
    };
    const own = [this.ownQueues(), { provide: 'Symbol(Executors)', useValue: executors }];
    const app = await open(replaced(WorkerModule.with(settings), own));
    await app.get(WorkerProcess).start();
    return this.keep(async () => app.close());
  }

  /** Starts a job by hand, as the API does. */
  async trigger(jobId: JobId): Promise<ExecutionId> {
    if (this.api === null) {
      const settings = new ApiSettings(this.environment, silentLogger());
      const app = await open({ module: class ApiUnderTest {}, imports: [replaced(CoreModule.with(settings), [this.ownQueues()])] });
      this.api = app;
      this.keep(async () => app.close());
    }
    return (await this.api.get(TriggerJob).execute(jobId, SYSTEM)).executionId;
  }

  /** Waits until the job's ledger looks as `check` wants it, and returns it. */
  async ledger(jobId: JobId, check: (rows: ExecutionRow[]) => boolean | undefined, withinMs = 8_000): Promise<ExecutionRow[]> {
    return eventually(
      async () => {
        const rows = await this.platform.rows(jobId);
        if (check(rows) !== true) throw new Error(`the ledger is still: ${rows.map(shortly).join(', ') || 'empty'}`);
        return rows;
      },
      { withinMs },
    );
  }

  /** Ids of the jobs that the queue has a job scheduler for. */
  async registered(): Promise<string[]> {
    const schedulers = await this.queues.queue('ticks').getJobSchedulers();
    return schedulers.map(({ key }) => key).filter((key) => key !== 'takt-memory-mark').sort();
  }

  async close(): Promise<void> {
    for (const role of this.roles.reverse()) await role.stop();
    await this.queues.close();
    await this.platform.close();
  }

  private keep(stop: () => Promise<void>): Role {
    let stopping: Promise<void> | null = null;
    const role = { stop: async (): Promise<void> => (stopping ??= stop()) };
    this.roles.push(role);
    return role;
  }

  private ownQueues(): Provider {
    return { provide: QueueBackend, useFactory: () => this.openQueues() };
  }

  private openQueues(): QueueBackend {
    const { redisUrl: url, databaseUrl } = this.environment;
    return new QueueBackend(
      url === null ? { kind: 'postgres', url: databaseUrl } : { kind: 'redis', url, prefix: this.prefix },
      () => undefined,
    );
  }
}

export async function openPipeline(kind: BackendKind, options: PipelineOptions = {}): Promise<Pipeline> {
  return new Pipeline(kind, await openPlatform({ poolSize: 5 }), options);
}

function shortly({ status, reason, hold, attempt }: ExecutionRow): string {
  return `${status}${reason === null ? '' : ` ${reason}`}${hold === null ? '' : ` held for ${hold}`} #${String(attempt)}`;
}

async function open(module: DynamicModule): Promise<INestApplicationContext> {
  return NestFactory.createApplicationContext(module, { logger: false, abortOnError: false });
}

/** The module with other providers behind some of its tokens; a token that is a symbol is named by its text. */
function replaced(module: DynamicModule, own: readonly Provider[]): DynamicModule {
  const tokenOf = (provider: Provider): unknown => ('provide' in provider ? provider.provide : provider);
  const nameOf = (token: unknown): unknown => (typeof token === 'symbol' ? token.toString() : token);
  const pending = new Map(own.map((provider) => [tokenOf(provider), provider]));
  const providers = (module.providers ?? []).map((provider) => {
    const token = tokenOf(provider);
    const substitute = pending.get(nameOf(token));
    if (substitute === undefined) return provider;
    pending.delete(nameOf(token));
    return { ...(substitute as object), provide: token } as Provider;
  });
  if (pending.size > 0) throw new Error(`The module provides no ${[...pending.keys()].map(String).join(', ')}`);
  return { ...module, providers };
}
