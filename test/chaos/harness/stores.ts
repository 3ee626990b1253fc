/**
 * PostgreSQL and Redis of one scenario: started, killed, started again on the same port with the same data. Commits are
 * synchronous (a killed server keeps what it acknowledged); only the disk's own caches are trusted, as nobody pulls a plug.
 */
import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { commandLine, signal, stopProcess } from '#scripts/process/pids.mjs';
import { randomPortRange } from '#scripts/process/ports.mjs';
import { run } from '#scripts/process/run.mjs';
import { makeTraversable, startPostgres, type PostgresHandle } from '#scripts/stores/postgres.mjs';
import { redisCommand, startRedis, type RedisHandle } from '#scripts/stores/redis.mjs';
import type { PidBook } from './pid-book.js';

const PASSWORD = 'chaos-only';
const SETTINGS = { fsync: 'off', full_page_writes: 'off', max_wal_size: '1GB', max_connections: '300' };

export class PostgresStore {
  private handle: PostgresHandle | null = null;
  private port: number | null = null;

  constructor(
    private readonly root: string,
    private readonly directory: string,
    private readonly pids: PidBook,
  ) {
    makeTraversable(directory);
  }

  /** Begins with a copy of another server's data, which must be stopped. */
  copyFrom(other: string): void {
    cpSync(join(other, 'data'), this.data, { recursive: true, preserveTimestamps: true });
    void run('chown', ['-R', '--reference', join(other, 'data'), this.data], { timeoutMs: 10_000 });
  }

  get data(): string {
    return join(this.directory, 'data');
  }

  async start(): Promise<void> {
    this.handle = await startPostgres({
      root: this.root,
      dataDirectory: this.data,
      password: PASSWORD,
      logFile: join(this.directory, 'postgres.log'),
      ports: this.port === null ? randomPortRange() : [this.port],
      settings: SETTINGS,
      volatile: true,
    });
    this.port = this.handle.port;
    this.pids.add(this.handle.pid, this.data);
  }

  /** `kill -9` of the server and all its processes. */
  async kill(): Promise<void> {
    if (this.handle === null) return;
    const { pid } = this.handle;
    const { output } = await run('pgrep', ['-P', String(pid)], { timeoutMs: 5_000 });
    const children = output.split('\n').map(Number).filter((child) => child > 0 && commandLine(child).startsWith('postgres'));
    signal(pid, 'SIGKILL');
    for (const child of children) signal(child, 'SIGKILL');
    await this.handle.exited;
    this.handle = null;
  }

  async stop(): Promise<void> {
    await this.handle?.stop();
    this.handle = null;
  }

  get isUp(): boolean {
    return this.handle !== null;
  }

  /** Of the given database, not through any proxy. */
  url(database = 'takt', port = this.port): string {
    return `postgresql://takt:${PASSWORD}@127.0.0.1:${String(port)}/${database}`;
  }

  get listensOn(): number {
    if (this.port === null) throw new Error('PostgreSQL was never started');
    return this.port;
  }
}

export class RedisStore {
  private handle: RedisHandle | null = null;
  private port: number | undefined;

  constructor(
    private readonly server: { binary: string; sharedLibraries: string | null },
    private readonly directory: string,
    private readonly pids: PidBook,
    private readonly keepsData: boolean,
  ) {
    if (!existsSync(directory)) mkdirSync(directory, { recursive: true });
  }

  async start(): Promise<void> {
    const flags = this.keepsData ? ['--appendonly', 'yes', '--appendfsync', 'always'] : [];
    this.handle = await startRedis(this.server, { directory: this.directory, flags, ...(this.port === undefined ? {} : { port: this.port }) });
    this.port = this.handle.port;
    this.pids.add(this.handle.pid, 'redis');
  }

  async kill(): Promise<void> {
    if (this.handle !== null) await stopProcess(this.handle.pid, [{ name: 'SIGKILL', graceMs: 5_000 }]);
    this.handle = null;
  }

  async command(command: string): Promise<string> {
    return redisCommand(this.listensOn, command);
  }

  get isUp(): boolean {
    return this.handle !== null;
  }

  get listensOn(): number {
    if (this.port === undefined) throw new Error('Redis was never started');
    return this.port;
  }
}
