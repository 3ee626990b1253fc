import type { RedisServerBinary } from './test-stores.mjs';

export interface RedisHandle {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  stop(): Promise<void>;
  kill(): Promise<void>;
}

export function startRedis(
  server: RedisServerBinary,
  options?: { port?: number; directory?: string; flags?: string[] },
): Promise<RedisHandle>;
export function redisCommand(port: number, command: string): Promise<string>;
