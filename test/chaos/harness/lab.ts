/**
 * Everything of one scenario: stores, two API processes with the scheduler role, two workers, a proxy between each process
 * and each store, a workload, and the client. The scenario breaks things; the lab heals them and collects the evidence.
 */
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { firstFreePort, randomPortRange } from '#scripts/process/ports.mjs';
import { signal } from '#scripts/process/pids.mjs';
import { run } from '#scripts/process/run.mjs';
import { makeTraversable } from '#scripts/stores/postgres.mjs';
import type { WriteRecord } from '../checker/evidence.js';
import { Auditor } from './audit.js';
import { ApiClient } from './client.js';
import { taskProcesses } from './markers.js';
import { PidBook } from './pid-book.js';
import { copyProduct, type Patch } from './product-copy.js';
import { FaultProxy } from './proxy.js';
import { Random } from './random.js';
import { Service } from './service.js';
import { PostgresStore, RedisStore } from './stores.js';
import { Timeline } from './timeline.js';
import { JobWriter, type JobSpec } from './workload.js';
import { Writers } from './writers.js';

export type Backend = 'redis' | 'postgres';

export interface LabOptions {
  readonly root: string;
  readonly seed: number;
  readonly backend: Backend;
  readonly redisServer: { binary: string; sharedLibraries: string | null };
  readonly patches: readonly Patch[];
  /** Statements that spoil the database once it is migrated. */
  readonly spoil?: readonly string[];
  /** Whether Redis keeps its data over a kill. */
  readonly redisKeepsData: boolean;
}

const API_ENTRY = 'apps/api/src/main.js';
const WORKER_ENTRY = 'apps/worker/src/main.js';
const MIGRATE_TIMEOUT_MS = 60_000;

export class Lab {
  readonly directory: string;
  readonly random: Random;
  readonly timeline = new Timeline();
  readonly writes: WriteRecord[] = [];
  readonly frozen: { from: number; until: number }[] = [];
  readonly auditor: Auditor;
  readonly postgres: PostgresStore;
  readonly redis: RedisStore | null;
  readonly jobs: JobWriter;
  readonly pids: PidBook;
  readonly markers: string;
  apis: Service[] = [];
  workers: Service[] = [];
  private constructed: { client: ApiClient; writers: Writers } | null = null;

  constructor(readonly options: LabOptions) {
    this.directory = mkdtempSync(join(tmpdir(), 'takt-chaos-'));
    makeTraversable(this.directory);
    this.pids = new PidBook(this.directory);
    this.random = new Random(options.seed);
    this.markers = join(this.directory, 'markers');
    const script = join(this.directory, 'task.sh');
    for (const name of ['markers', 'logs']) mkdirSync(join(this.directory, name));
    chmodSync(this.markers, 0o777);
    copyFileSync(join(options.root, 'test/chaos/harness/task.sh'), script);
    this.jobs = new JobWriter(script, this.markers);
    this.postgres = new PostgresStore(options.root, join(this.directory, 'pg'), this.pids);
    this.redis = options.backend === 'postgres' ? null : new RedisStore(options.redisServer, join(this.directory, 'redis'), this.pids, options.redisKeepsData);
    this.auditor = new Auditor(() => this.postgres.url());
  }

  get client(): ApiClient {
    return this.parts.client;
  }

  get writers(): Writers {
    return this.parts.writers;
  }

  get services(): Service[] {
    return [...this.apis, ...this.workers];
  }

  private get parts(): { client: ApiClient; writers: Writers } {
    if (this.constructed === null) throw new Error('The lab is not up');
    return this.constructed;
  }

  /** Brings everything up; resolves when all four processes are ready. */
  async start(): Promise<void> {
    copyProduct(this.options.root, join(this.directory, 'product'), this.options.patches);
    await Promise.all([this.postgres.start(), this.redis?.start()]);
    const admin = new Auditor(() => this.postgres.url('postgres'));
    await admin.rows('create database takt');
    await this.migrate();
    await this.auditor.install();
    for (const statement of this.options.spoil ?? []) await this.auditor.rows(statement);
    this.apis = [await this.service('api-1', API_ENTRY), await this.service('api-2', API_ENTRY)];
    this.workers = [await this.service('worker-1', WORKER_ENTRY), await this.service('worker-2', WORKER_ENTRY)];
    const [first, ...others] = this.services;
    await first?.start(); // it seeds the accounts
    await Promise.all(others.map(async (service) => service.start()));
    const client = new ApiClient(this.writes, this.apis.map(({ url }) => url));
    await client.logIn();
    this.constructed = { client, writers: new Writers(client, this.jobs, this.random) };
    this.timeline.note('up');
  }

  /** Creates the jobs. @returns their ids by name */
  async load(specs: readonly JobSpec[]): Promise<Map<string, string>> {
    const ids = await Promise.all(specs.map(async ({ name, body }) => [name, await this.client.create(body)] as const));
    this.timeline.note(`${String(specs.length)} jobs`);
    return new Map(ids);
  }

  /** Freezes a process and keeps in mind for how long. @returns what thaws it */
  freeze(service: Service): () => void {
    const span = { from: Date.now(), until: Number.POSITIVE_INFINITY };
    service.freeze();
    this.timeline.note(`${service.name} frozen`);
    if (this.workers.includes(service)) this.frozen.push(span);
    return () => {
      span.until = Date.now();
      service.thaw();
      this.timeline.note(`${service.name} thawed`);
    };
  }

  /** Makes everything whole again: stores, connections, processes. */
  async heal(): Promise<void> {
    if (!this.postgres.isUp) await this.postgres.start();
    if (this.redis !== null && !this.redis.isUp) await this.redis.start();
    for (const { options } of this.services) {
      options.postgres.heal();
      options.redis?.heal();
    }
    await Promise.all(this.services.map(async (service) => service.resurrect()));
    this.timeline.note('healed');
  }

  /** Also when the scenario broke before it could. */
  async stopWriters(): Promise<void> {
    await this.constructed?.writers.stop();
  }

  /** Ends and removes everything. @returns processes that had to be killed */
  async remove(keep: boolean): Promise<number> {
    for (const service of this.services) {
      service.kill();
      service.thaw();
    }
    await this.redis?.kill().catch(() => undefined);
    await this.postgres.stop().catch(() => undefined);
    const killed = this.pids.killAll() + this.killTasks();
    for (const { options } of this.services) await Promise.all([options.postgres.close(), options.redis?.close()]);
    this.pids.close();
    if (!keep) rmSync(this.directory, { recursive: true, force: true, maxRetries: 3 });
    return killed;
  }

  /** Processes of tasks that got away: a defect, and not to be left behind all the same. */
  private killTasks(): number {
    const ours = new Set(this.writes.map(({ jobId }) => jobId));
    const left = taskProcesses((jobId) => jobId !== '' && ours.has(jobId));
    for (const { pid } of left) signal(pid, 'SIGKILL');
    return left.length;
  }

  private async migrate(): Promise<void> {
    const product = join(this.directory, 'product');
    const env = { ...this.baseEnvironment(), DATABASE_URL: this.postgres.url() };
    const done = await run(process.execPath, [join(product, 'dist/apps/api/src/migrate.js')], { cwd: product, env, timeoutMs: MIGRATE_TIMEOUT_MS });
    if (done.code !== 0) throw new Error(`The migration failed: ${done.output}`);
  }

  private async service(name: string, entry: string): Promise<Service> {
    const postgres = await FaultProxy.to(this.postgres.listensOn);
    const redis = this.redis === null ? null : await FaultProxy.to(this.redis.listensOn);
    const port = entry === API_ENTRY ? await firstFreePort(randomPortRange()) : null;
    const env = {
      ...this.baseEnvironment(),
      DATABASE_URL: this.postgres.url('takt', postgres.port),
      ...(redis === null ? {} : { REDIS_URL: `redis://127.0.0.1:${String(redis.port)}` }),
      ...(port === null ? {} : { PORT: String(port) }),
    };
    return new Service({
      name,
      entry,
      env,
      postgres,
      redis,
      port,
      pids: this.pids,
      productDirectory: join(this.directory, 'product'),
      logDirectory: join(this.directory, 'logs'),
    });
  }

  private baseEnvironment(): Record<string, string> {
    return {
      PATH: process.env['PATH'] ?? '/usr/bin:/bin',
      HOME: this.directory,
      HOST: '127.0.0.1',
      EXTRA_PORTS: '',
      TAKT_HOME: join(this.directory, 'home'),
      JWT_SECRET: 'chaos-chaos-chaos-chaos-chaos-chaos-chaos',
      RATE_LIMIT_ENABLED: 'false',
      DATABASE_POOL_SIZE: '10',
      LOG_FORMAT: 'json',
      TASK_USER: 'auto', // as root, tasks are another user's, as in production
    };
  }
}
