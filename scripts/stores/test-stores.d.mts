export interface RedisServerBinary {
  readonly binary: string;
  readonly sharedLibraries: string | null;
}

export interface TestStores {
  /** Superuser URL of the server's `postgres` database. */
  readonly databaseUrl: string;
  readonly redisUrl: string | null;
  readonly redisServer: RedisServerBinary | null;
  /** Where Redis comes from, or why there is none. */
  readonly redisReason: string;
  stop(): Promise<void>;
}

export function startTestStores(options: { root: string; download: boolean }): Promise<TestStores>;
export function storeVariables(stores: Pick<TestStores, 'databaseUrl' | 'redisUrl' | 'redisServer'>): Record<string, string>;
