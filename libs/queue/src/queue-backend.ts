/**
 * The one place that knows which store BullMQ runs on. With a Redis URL queues live in Redis (production); without one they
 * live in BullMQ's own schema of our Postgres, so that one database is all that a laptop needs. Everything else in this
 * library asks here for queues and workers and cannot tell the difference.
 *
 * Producers must fail fast: an API call may not hang because Redis is away, so their connection does not queue commands
 * while it is down, and `reachable` is asked before BullMQ, which would wait for a connection without a limit. Consumers must be patient: they reconnect for ever. Both give a silent
 * socket up after `SOCKET_TIMEOUT_MS`, since a half-open connection is otherwise never noticed (BullMQ's blocking read
 * returns within 10 s).
 */
import { once } from 'node:events';
import { createPostgresBackend, Queue, withBackend, Worker, type Job, type QueueOptions, type WorkerOptions } from 'bullmq';
import type { Redis, RedisOptions } from 'ioredis';
import { CorkedRedis } from './corked-redis.js';
import { withDeadline } from './deadline.js';
import { scheduleRepeatStrategy } from './repeat-strategy.js';

export type QueueBackendOptions =
  | {
      readonly kind: 'redis';
      readonly url: string;
      /** Namespace of all keys. @default 'takt' */
      readonly prefix?: string;
    }
  | {
      readonly kind: 'postgres';
      readonly url: string;
      /** Connections that each queue and each worker keeps at most. @default 3 */
      readonly poolSize?: number;
    };

/** BullMQ's schema in our database, in the mode without Redis. */
export const POSTGRES_QUEUE_SCHEMA = 'bullmq';

const SOCKET_TIMEOUT_MS = 15_000;
/** Below the time within which the API promises an answer, and long for a healthy server. */
const COMMAND_TIMEOUT_MS = 3_000;
const CONNECT_TIMEOUT_MS = 5_000;
const LONGEST_RECONNECT_MS = 1_000;
/** For one queue or worker to close, in order or by force. */
const CLOSE_TIMEOUT_MS = 2_500;
/** Longer than a reconnection takes at its slowest. */
const READY_TIMEOUT_MS = 1_500;
const POSTGRES_POOL_SIZE = 3;

export type Consumer<Data> = (job: Job<Data>) => Promise<void>;

/** What stops with a backend: queues, workers, connections. */
interface Closable {
  close(force?: boolean): Promise<unknown>;
}

type ScriptCommand = (key: string, argument: number) => Promise<unknown>;

const PostgresQueues = withBackend(createPostgresBackend);

export class QueueBackend {
  readonly kind: QueueBackendOptions['kind'];
  private readonly queues = new Map<string, Queue>();
  private readonly open: Closable[] = [];
  private readonly connections: Redis[] = [];
  private producer: Redis | null = null;
  private consumer: Redis | null = null;
  private becomingReady: Promise<unknown> | null = null;

  constructor(
    private readonly options: QueueBackendOptions,
    private readonly onError: (error: unknown) => void,
  ) {
    this.kind = options.kind;
  }

  /** The queue of this name, made at first use; for adding and looking. */
  queue(name: string): Queue {
    const known = this.queues.get(name);
    if (known !== undefined) return known;
    const queue = this.makeQueue(name);
    queue.on('error', this.onError);
    this.queues.set(name, queue);
    this.open.push(queue);
    if (this.kind === 'postgres') void this.keepIfReady(name, queue);
    return queue;
  }

  /** BullMQ remembers for ever that its first look at Postgres failed; the next one who asks gets a new queue. */
  private async keepIfReady(name: string, queue: Queue): Promise<void> {
    try {
      await queue.waitUntilReady();
    } catch (error) {
      this.onError(error);
      this.queues.delete(name);
      this.open.splice(this.open.indexOf(queue), 1);
      await this.closeSoon(queue);
    }
  }

  /** A worker that takes jobs of the queue as soon as `run()` is called on it. */
  worker<Data>(name: string, consume: Consumer<Data>, options: Partial<WorkerOptions>): Worker<Data> {
    const worker = this.makeWorker(name, consume, options);
    worker.on('error', this.onError);
    this.open.push(worker);
    return worker;
  }

  /**
   * Calls the queues, but not for ever: a store that is away must not hold anybody.
   *
   * @throws DomainError `QUEUE_UNAVAILABLE` when the store cannot be reached, the call fails or takes longer than `ms`
   */
  async within<Result>(ms: number, call: () => Promise<Result>): Promise<Result> {
    return withDeadline(ms, async () => {
      await this.reachable();
      return call();
    });
  }

  /** Answers when the store behind the queues does. @throws DomainError `QUEUE_UNAVAILABLE` */
  async ping(): Promise<void> {
    await this.within(COMMAND_TIMEOUT_MS, async () => {
      if (this.options.kind === 'redis') await this.producerConnection().ping();
      else await this.queue('ticks').getJobSchedulersCount();
    });
  }

  /**
   * Runs a Lua script on one key of our namespace; Redis keeps the script and is sent its hash. Only on Redis.
   *
   * @param call `name` must be unique in the process
   */
  async runScript(call: { name: string; script: string; key: string; argument: number }): Promise<unknown> {
    const connection = this.producerConnection() as Redis & Record<string, ScriptCommand | undefined>;
    if (connection[call.name] === undefined) connection.defineCommand(call.name, { numberOfKeys: 1, lua: call.script });
    return connection[call.name]?.(`${this.prefix()}:${call.key}`, call.argument);
  }

  /** Closes workers and queues, each within `CLOSE_TIMEOUT_MS`, then the connections. Nothing runs in the workers any more. */
  async close(): Promise<void> {
    await Promise.all(this.open.map(async (closable) => this.closeSoon(closable)));
    for (const connection of this.connections) connection.disconnect();
  }

  /** BullMQ waits for its store; a store that is away must not keep the process alive. */
  private async closeSoon(closable: Closable): Promise<void> {
    await withDeadline(CLOSE_TIMEOUT_MS, async () => closable.close()).catch(async (error: unknown) => {
      this.onError(error);
      await withDeadline(CLOSE_TIMEOUT_MS, async () => closable.close(true)).catch(this.onError);
    });
  }

  /** Resolves when producers can reach the store, at the latest after `READY_TIMEOUT_MS`. @throws Error when they cannot */
  private async reachable(): Promise<void> {
    if (this.options.kind === 'postgres') return;
    const connection = this.producerConnection();
    if (connection.status === 'ready') return;
    // Callers that come together wait together: a listener each would be hundreds while Redis is away.
    this.becomingReady ??= once(connection, 'ready', { signal: AbortSignal.timeout(READY_TIMEOUT_MS) }).finally(() => {
      this.becomingReady = null;
    });
    await this.becomingReady.catch(() => {
      throw new Error('Redis cannot be reached');
    });
  }

  private makeQueue(name: string): Queue {
    const settings = { settings: { repeatStrategy: scheduleRepeatStrategy } };
    if (this.options.kind === 'postgres') {
      const queue: unknown = new PostgresQueues.Queue(name, { connection: this.postgresConnection(), ...settings });
      return queue as Queue;
    }
    const options: QueueOptions = {
      connection: this.producerConnection(),
      prefix: this.prefix(),
      ...settings,
    };
    return new Queue(name, options);
  }

  private makeWorker<Data>(name: string, consume: Consumer<Data>, options: Partial<WorkerOptions>): Worker<Data> {
    const common = { autorun: false, ...options, settings: { repeatStrategy: scheduleRepeatStrategy } };
    const processor = async (job: Job<Data>): Promise<void> => consume(job);
    if (this.options.kind === 'postgres') {
      const { connection: _connection, ...rest } = common;
      const worker: unknown = new PostgresQueues.Worker(name, processor, {
        ...rest,
        connection: this.postgresConnection(),
      });
      return worker as Worker<Data>;
    }
    return new Worker<Data>(name, processor, {
      ...common,
      connection: this.consumerConnection(),
      prefix: this.prefix(),
    });
  }

  private prefix(): string {
    return (this.options.kind === 'redis' ? this.options.prefix : undefined) ?? 'takt';
  }

  private postgresConnection(): { connectionString: string; schema: string; max: number; keepAlive: boolean } {
    if (this.options.kind !== 'postgres') throw new Error('Not on Postgres');
    return {
      connectionString: this.options.url,
      schema: POSTGRES_QUEUE_SCHEMA,
      max: this.options.poolSize ?? POSTGRES_POOL_SIZE,
      keepAlive: true,
    };
  }

  private producerConnection(): Redis {
    this.producer ??= this.connect({
      maxRetriesPerRequest: 1,
      enableOfflineQueue: false,
      commandTimeout: COMMAND_TIMEOUT_MS,
    });
    return this.producer;
  }

  private consumerConnection(): Redis {
    this.consumer ??= this.connect({ maxRetriesPerRequest: null });
    return this.consumer;
  }

  private connect(options: RedisOptions): Redis {
    if (this.options.kind !== 'redis') throw new Error('Not on Redis');
    const connection = new CorkedRedis(this.options.url, {
      connectTimeout: CONNECT_TIMEOUT_MS,
      socketTimeout: SOCKET_TIMEOUT_MS,
      retryStrategy: (times) => Math.min(times * 50, LONGEST_RECONNECT_MS),
      ...options,
    });
    connection.on('error', this.onError);
    this.connections.push(connection);
    return connection;
  }
}
